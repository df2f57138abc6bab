package dev.rigwright.report;

import dev.rigwright.domain.Origin;
import dev.rigwright.domain.PartKind;
import dev.rigwright.domain.PriceBasis;
import dev.rigwright.engine.Decision.PartView;
import dev.rigwright.engine.Decision.Recommendation;
import java.util.ArrayList;
import java.util.List;

/** The parts list of a machine. */
final class Purchases {

  private Purchases() {}

  static Purchase of(Material material, Recommendation machine) {
    List<Purchase.Row> rows = new ArrayList<>();
    for (PartView part : machine.parts()) {
      boolean estimate =
          part.priceBasis() == PriceBasis.INDICATIVE || part.priceBasis() == PriceBasis.GUIDE;
      rows.add(
          new Purchase.Row(
              part.name(),
              part.quantity(),
              part.origin() == Origin.OWNED,
              part.condition(),
              part.kind() == PartKind.GPU,
              part.lowUsd(),
              part.priceUsd(),
              part.highUsd(),
              estimate,
              references(material, part)));
    }
    return new Purchase(
        rows, machine.totalLowUsd(), machine.totalUsd(), machine.totalHighUsd(), note(machine));
  }

  /** The rule that chose it; where the guide did, its statement. */
  private static References references(Material material, PartView part) {
    References claims = References.claims(part.sources());
    if (material.toTheLetter()) {
      return claims.first(2);
    }
    boolean says =
        part.origin() != Origin.OWNED || part.because().stream().noneMatch(Purchases::isScore);
    return !says || part.because().isEmpty()
        ? References.NONE
        : References.rule(part.because().get(0), List.of());
  }

  /** What a machine as a whole was picked by says nothing of a part that is there anyway. */
  private static boolean isScore(String rule) {
    return rule.startsWith("value/");
  }

  private static String note(Recommendation machine) {
    if (machine.totalUsd() == 0) {
      return "All of it is owned.";
    }
    return Prose.range(machine.totalLowUsd(), machine.totalHighUsd())
        + " USD at the prices we know"
        + (machine.oldestPriceAsOf() == null
            ? "."
            : "; the oldest is from " + machine.oldestPriceAsOf() + ".");
  }
}
