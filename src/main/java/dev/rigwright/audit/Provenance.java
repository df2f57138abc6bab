package dev.rigwright.audit;

import dev.rigwright.audit.Why.Row;
import dev.rigwright.domain.BandwidthRow;
import dev.rigwright.domain.CapacityRow;
import dev.rigwright.domain.CardCount;
import dev.rigwright.domain.Circuit;
import dev.rigwright.domain.Claim;
import dev.rigwright.domain.ClaimSubject;
import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.GuideCard;
import dev.rigwright.domain.GuidePrice;
import dev.rigwright.domain.HoldsRow;
import dev.rigwright.domain.LatencyLimit;
import dev.rigwright.domain.Model;
import dev.rigwright.domain.Offer;
import dev.rigwright.domain.OverheadRow;
import dev.rigwright.domain.Part;
import dev.rigwright.domain.Platform;
import dev.rigwright.domain.PolicyFigures;
import dev.rigwright.domain.PricedPart;
import dev.rigwright.domain.PsuRow;
import dev.rigwright.domain.RamRow;
import dev.rigwright.domain.Service;
import dev.rigwright.domain.SizeRow;
import dev.rigwright.domain.SlotRow;
import dev.rigwright.domain.SpecRow;
import dev.rigwright.domain.SpeedRow;
import dev.rigwright.domain.Tier;
import dev.rigwright.domain.TierMachine;
import dev.rigwright.domain.VramRow;
import dev.rigwright.domain.Yardstick;
import dev.rigwright.engine.Property;
import dev.rigwright.facts.Facts;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where facts are written down that nobody concluded: file, row, day, source. */
final class Provenance {

  private static final Map<Class<?>, String> FILES =
      Map.ofEntries(
          Map.entry(Gpu.class, "catalog/gpus.json"),
          Map.entry(Model.class, "catalog/models.json"),
          Map.entry(Service.class, "catalog/services.json"),
          Map.entry(Part.class, "catalog/parts.json"),
          Map.entry(Offer.class, "catalog/offers.json"),
          Map.entry(GuidePrice.class, "catalog/offers.json"),
          Map.entry(Platform.class, "catalog/platforms.json"),
          Map.entry(Claim.class, "guide/claims.json"),
          Map.entry(ClaimSubject.class, "guide/claims.json"),
          Map.entry(Tier.class, "guide/tiers.json"),
          Map.entry(TierMachine.class, "guide/tiers.json"),
          Map.entry(VramRow.class, "guide/limits.json"),
          Map.entry(RamRow.class, "guide/limits.json"),
          Map.entry(PsuRow.class, "guide/limits.json"),
          Map.entry(BandwidthRow.class, "guide/limits.json"),
          Map.entry(CapacityRow.class, "guide/limits.json"),
          Map.entry(GuideCard.class, "guide/limits.json"),
          Map.entry(HoldsRow.class, "guide/limits.json"),
          Map.entry(SpeedRow.class, "guide/limits.json"),
          Map.entry(SpecRow.class, "guide/limits.json"),
          Map.entry(OverheadRow.class, "guide/limits.json"),
          Map.entry(SlotRow.class, "guide/limits.json"),
          Map.entry(Yardstick.class, "guide/limits.json"),
          Map.entry(SizeRow.class, "guide/sizes.json"),
          Map.entry(CardCount.class, "policy.json"),
          Map.entry(LatencyLimit.class, "policy.json"),
          Map.entry(Circuit.class, "policy.json"));

  private final Facts facts;

  Provenance(Facts facts) {
    this.facts = facts;
  }

  /**
   * The rows that a fact was read from; none for one that comes from the requirement.
   *
   * @param used the fields that were read of it, which choose among the figures of {@code
   *     policy.json}; all figures where none is named
   */
  List<Row> rows(Object fact, String name, Set<String> used) {
    if (fact instanceof PolicyFigures) {
      return facts.figureRows().stream()
          .filter(row -> used.isEmpty() || used.contains(row.name()))
          .map(
              row ->
                  new Row(
                      "facts/policy.json",
                      row.name(),
                      row.asOf(),
                      row.confidence(),
                      row.source(),
                      row.meaning()))
          .toList();
    }
    if (fact instanceof PricedPart priced) {
      return List.of(
          row(priced.part(), priced.part().id()),
          row(priced.offer(), priced.offer().itemId() + " " + priced.offer().condition()));
    }
    return FILES.containsKey(fact.getClass()) ? List.of(row(fact, name)) : List.of();
  }

  private Row row(Object fact, String name) {
    Object asOf = value(fact, "asOf");
    Object confidence = value(fact, "confidence");
    Object source = value(fact, "source");
    if (fact instanceof TierMachine machine) {
      // A machine is a part of its tier, whose row has the day; its cards name their claims.
      asOf =
          facts.tiers().stream()
              .filter(tier -> tier.id().equals(machine.tier()))
              .map(Tier::asOf)
              .findFirst()
              .orElse(null);
      source = String.join(", ", machine.cardClaims());
    }
    if (fact instanceof ClaimSubject subject) {
      Claim claim = facts.claimById().get(subject.claimId());
      asOf = claim == null ? null : claim.asOf();
      source = claim == null ? null : claim.source();
    }
    return new Row(
        "facts/" + FILES.get(fact.getClass()),
        name,
        text(asOf),
        text(confidence),
        text(source),
        fact instanceof Claim claim ? standing(claim) : text(value(fact, "note")));
  }

  /** What a claim says, and by what its status stands. */
  private static String standing(Claim claim) {
    return claim.quoted() == null
        ? "%s (%s)".formatted(claim.says(), claim.status())
        : "%s (%s by what the rules of rules/claims computed of the catalogue, %s by published figures alone: %s)"
            .formatted(
                claim.says(), claim.status(), claim.quoted(), String.join(" ", claim.computed()));
  }

  private static Object value(Object fact, String field) {
    Property.Value value = Property.of(fact, field);
    return value == null ? null : value.value();
  }

  private static String text(Object value) {
    return value == null ? null : value.toString();
  }
}
