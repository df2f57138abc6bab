package dev.rigwright.facts;

import dev.rigwright.domain.BandwidthRow;
import dev.rigwright.domain.CapacityRow;
import dev.rigwright.domain.CardCount;
import dev.rigwright.domain.Circuit;
import dev.rigwright.domain.Claim;
import dev.rigwright.domain.ClaimSubject;
import dev.rigwright.domain.FigureRow;
import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.GuideCard;
import dev.rigwright.domain.GuidePrice;
import dev.rigwright.domain.LatencyLimit;
import dev.rigwright.domain.Model;
import dev.rigwright.domain.Offer;
import dev.rigwright.domain.Part;
import dev.rigwright.domain.Platform;
import dev.rigwright.domain.PolicyFigures;
import dev.rigwright.domain.PricedPart;
import dev.rigwright.domain.PsuRow;
import dev.rigwright.domain.RamRow;
import dev.rigwright.domain.Service;
import dev.rigwright.domain.SizeRow;
import dev.rigwright.domain.Tier;
import dev.rigwright.domain.TierMachine;
import dev.rigwright.domain.TierOption;
import dev.rigwright.domain.UseCase;
import dev.rigwright.domain.VramRow;
import dev.rigwright.domain.Yardstick;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that is known before anybody asks: catalogue, guide, constants. Immutable; one hash
 * names its content.
 *
 * @param statements what claims state in figures, beside the guide's tables
 * @param yardstick what they are tried with
 * @param figureRows where the figures come from
 * @param overlaid the rows that are not the shipped ones, such as {@code gpus/my-card}
 * @param files what was read, own rows included, by file name, in the order in which it is hashed
 */
public record Facts(
    List<Gpu> gpus,
    List<Model> models,
    List<Service> services,
    List<Part> parts,
    List<Offer> offers,
    List<GuidePrice> guidePrices,
    List<Platform> platforms,
    List<Claim> claims,
    List<ClaimSubject> claimSubjects,
    List<Tier> tiers,
    List<TierOption> tierOptions,
    List<TierMachine> tierMachines,
    List<VramRow> vramRows,
    List<RamRow> ramRows,
    List<PsuRow> psuRows,
    List<BandwidthRow> bandwidthRows,
    List<GuideCard> guideCards,
    List<CapacityRow> capacityRows,
    List<Object> statements,
    Yardstick yardstick,
    List<SizeRow> sizes,
    PolicyFigures figures,
    List<FigureRow> figureRows,
    List<CardCount> cardCounts,
    List<LatencyLimit> latencyLimits,
    List<Circuit> circuits,
    List<PricedPart> pricedParts,
    Map<String, Gpu> gpuById,
    Map<String, Model> modelById,
    Map<String, Service> serviceById,
    Map<String, Claim> claimById,
    List<String> overlaid,
    Map<String, byte[]> files,
    String hash) {

  public Facts {
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
  }

  /** How long people wait for a first answer, in seconds; null where a use case has no limit. */
  public Double latencySeconds(UseCase useCase) {
    return latencyLimits.stream()
        .filter(limit -> limit.useCase() == useCase)
        .map(LatencyLimit::seconds)
        .findFirst()
        .orElse(null);
  }

  /** The same facts with other claims of the same numbers. */
  public Facts withClaims(List<Claim> judged) {
    return new Facts(
        gpus,
        models,
        services,
        parts,
        offers,
        guidePrices,
        platforms,
        judged,
        claimSubjects,
        tiers,
        tierOptions,
        tierMachines,
        vramRows,
        ramRows,
        psuRows,
        bandwidthRows,
        guideCards,
        capacityRows,
        statements,
        yardstick,
        sizes,
        figures,
        figureRows,
        cardCounts,
        latencyLimits,
        circuits,
        pricedParts,
        gpuById,
        modelById,
        serviceById,
        byId(judged),
        overlaid,
        files,
        hash);
  }

  private static Map<String, Claim> byId(List<Claim> claims) {
    Map<String, Claim> byId = new LinkedHashMap<>();
    claims.forEach(claim -> byId.put(claim.id(), claim));
    return Collections.unmodifiableMap(byId);
  }

  /** What the guide's statements are tried on, beside the facts for the rules. */
  public List<Object> forTrials() {
    List<Object> all = new ArrayList<>(statements);
    all.add(yardstick);
    all.addAll(models);
    return all;
  }

  /** All of it, as facts for the rules, in a fixed order. */
  public List<Object> forRules() {
    List<Object> all = new ArrayList<>();
    all.add(figures);
    for (List<?> list :
        List.of(
            cardCounts,
            latencyLimits,
            circuits,
            gpus,
            offers,
            pricedParts,
            platforms,
            claims,
            claimSubjects,
            tiers,
            tierMachines,
            guidePrices,
            vramRows,
            ramRows,
            psuRows,
            bandwidthRows,
            guideCards,
            capacityRows,
            sizes)) {
      all.addAll(list);
    }
    return all;
  }
}
