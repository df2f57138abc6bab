package dev.rigwright.web.page;

import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.PolicyFigures;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Decision;
import dev.rigwright.engine.Decision.Cards;
import dev.rigwright.engine.Decision.Recommendation;
import dev.rigwright.estimate.Speed;
import dev.rigwright.facts.Facts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The values that an estimated figure of a machine was made from, and where they come from.
 *
 * @param values each a sentence
 * @param sources as rows of facts cite them
 */
record Grounds(List<String> values, List<String> sources) {

  static final Grounds NONE = new Grounds(List.of(), List.of());

  /** Those of its speed. */
  static Grounds speed(Recommendation machine, Facts facts) {
    if (machine.speed() == null || machine.speed().tokensPerSecond() == null) {
      return NONE;
    }
    PolicyFigures figures = facts.figures();
    List<String> values = new ArrayList<>();
    Set<String> sources = new LinkedHashSet<>();
    for (Cards cards : machine.gpus()) {
      Gpu gpu = facts.gpuById().get(cards.id());
      Double usable = Speed.usableBandwidth(gpu, figures);
      if (usable != null) {
        values.add(
            text(
                "%s: %,.1f GB/s of memory bandwidth, of which decoding reaches %,.0f GB/s.",
                gpu.label(), gpu.bandwidthGbPerSecond(), usable));
      }
      sources.add(gpu.source());
    }
    values.add(text("The band is %.0f %% to either side.", 100 * figures.speedBandShare()));
    values.add("How sure the estimate is: " + machine.speed().confidence() + ".");
    sources.addAll(rows(facts, "decodeBandwidthShare", "speedBandShare"));
    return new Grounds(values, List.copyOf(sources));
  }

  /** Those of its power and what that costs. */
  static Grounds power(Recommendation machine, Decision decision, Facts facts) {
    Integer watts = machine.power() == null ? null : machine.power().systemWatts();
    if (watts == null) {
      return NONE;
    }
    double efficiency = facts.figures().psuEfficiency();
    List<String> values = new ArrayList<>();
    Set<String> sources = new LinkedHashSet<>();
    int cardsWatts = 0;
    for (Cards cards : machine.gpus()) {
      Gpu gpu = facts.gpuById().get(cards.id());
      if (gpu.tdpWatts() == null) {
        return NONE;
      }
      cardsWatts += cards.count() * gpu.tdpWatts();
      values.add(
          text(
              "%s: %s%,d W of board power.",
              gpu.label(), cards.count() == 1 ? "" : cards.count() + " x ", gpu.tdpWatts()));
      sources.add(gpu.source());
    }
    long loadWatts = Math.round(watts * efficiency);
    values.add(
        text(
            "Processor and the rest of the machine: %,d W; together %,d W.",
            loadWatts - cardsWatts, loadWatts));
    values.add(
        text(
            "The supply gives %.0f %% of what it takes from the wall: %,d W there.",
            100 * efficiency, watts));
    Requirement asked = decision.requirement();
    values.add(
        text(
            "%s hours a day at full load, %s USD per kWh.",
            plain(asked.hoursPerDay()), plain(asked.electricityUsdPerKwh())));
    sources.addAll(rows(facts, "restOfMachineWatts", "psuEfficiency"));
    for (Requirement.Assumption assumption : decision.assumptions()) {
      sources.addAll(rows(facts, assumption.field()));
    }
    return new Grounds(values, List.copyOf(sources));
  }

  private static List<String> rows(Facts facts, String... names) {
    List<String> wanted = List.of(names);
    return facts.figureRows().stream()
        .filter(row -> wanted.contains(row.name()))
        .map(row -> "%s (%s, %s)".formatted(row.source(), row.meaning(), row.asOf()))
        .toList();
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? text("%.0f", value) : String.valueOf(value);
  }

  private static String text(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
