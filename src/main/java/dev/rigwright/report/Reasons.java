package dev.rigwright.report;

import dev.rigwright.domain.CoolingNeed;
import dev.rigwright.domain.Outcome;
import dev.rigwright.domain.PartKind;
import dev.rigwright.domain.PsuFloor;
import dev.rigwright.domain.RamFloor;
import dev.rigwright.domain.StorageFloor;
import dev.rigwright.engine.Decision.PartView;
import dev.rigwright.engine.Decision.Recommendation;
import dev.rigwright.engine.Ground;
import dev.rigwright.rulebook.RuleInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Why this machine: what its rules say of themselves, and for the parts around the card the largest
 * of the needs that decided how large they are, read from the proof.
 */
final class Reasons {

  /** The rule whose reason speaks of a figure that the report can compute. */
  static final String BEST_VALUE = "value/best";

  /** The rule that says why nothing is bought. */
  static final String KEEP = "verdict/keep";

  private static final Set<PartKind> NEEDED =
      Set.of(PartKind.RAM, PartKind.PSU, PartKind.STORAGE, PartKind.COOLER, PartKind.CASE);

  private final Material material;
  private final Recommendation pick;
  private final List<Entry> entries = new ArrayList<>();

  private Reasons(Material material, Recommendation pick) {
    this.material = material;
    this.pick = pick;
  }

  static Section of(Material material) {
    Recommendation pick = material.decision().recommendation();
    return new Section("WHY", pick == null ? List.of() : new Reasons(material, pick).entries());
  }

  private List<Entry> entries() {
    pick();
    if (!material.toTheLetter()) {
      platform();
      needs();
    }
    return entries;
  }

  private void pick() {
    List<String> sentences = new ArrayList<>();
    References references = References.NONE;
    List<String> rules = new ArrayList<>(pick.because());
    if (material.decision().verdict() == Outcome.KEEP) {
      rules.remove(BEST_VALUE);
      rules.add(0, KEEP);
    }
    for (String rule : rules) {
      RuleInfo info = material.rule(rule);
      if (info != null) {
        String because = Prose.sentence(info.because());
        sentences.add(rule.equals(BEST_VALUE) ? valued(because) : because);
        references =
            references.and(
                material.toTheLetter()
                    ? References.rule(rule, pick.claims())
                    : material.references(rule));
      }
    }
    entries.add(Entry.of("Pick", String.join(" ", sentences), references));
  }

  /** With the figure that the reason speaks of. */
  private String valued(String because) {
    if (pick.speed() == null || pick.speed().tokensPerSecond() == null || pick.totalUsd() == 0) {
      return because;
    }
    return "Best value: "
        + Prose.tenths(pick.speed().tokensPerSecond() * 1000 / pick.totalUsd())
        + " "
        + Prose.small(because);
  }

  /** What chose the parts whose size nothing has to decide. */
  private void platform() {
    Map<String, String> rules = new LinkedHashMap<>();
    for (PartView part : pick.parts()) {
      if (part.kind() != PartKind.GPU && !NEEDED.contains(part.kind())) {
        part.because().stream()
            .filter(rule -> !pick.because().contains(rule))
            .forEach(rule -> rules.put(rule, "Platform"));
      }
    }
    rules.forEach((rule, label) -> add(label, "", rule));
  }

  private void needs() {
    largest("RAM", PartKind.RAM, RamFloor.class, floor -> true, RamFloor::gib, " GB at least: ");
    largest(
        "Drive",
        PartKind.STORAGE,
        StorageFloor.class,
        floor -> true,
        StorageFloor::gb,
        " GB at least: ");
    largest(
        "Supply",
        PartKind.PSU,
        PsuFloor.class,
        floor -> isPicked(floor.cards()),
        PsuFloor::watts,
        " W at least: ");
    if (has(PartKind.CASE)) {
      rules(fact -> fact instanceof CoolingNeed need && isPicked(need.cards()))
          .forEach(rule -> add("Cooling", "", rule));
    }
  }

  private <T> void largest(
      String label,
      PartKind kind,
      Class<T> type,
      Predicate<T> isOfPick,
      ToLongFunction<T> size,
      String unit) {
    OptionalLong largest =
        conclusions().stream()
            .filter(fact -> type.isInstance(fact) && isOfPick.test(type.cast(fact)))
            .mapToLong(fact -> size.applyAsLong(type.cast(fact)))
            .max();
    if (largest.isPresent() && has(kind)) {
      String figure = Prose.number(largest.getAsLong()) + unit;
      rules(
              fact ->
                  type.isInstance(fact)
                      && isOfPick.test(type.cast(fact))
                      && size.applyAsLong(type.cast(fact)) == largest.getAsLong())
          .stream()
          .limit(1)
          .forEach(rule -> add(label, figure, rule));
    }
  }

  /** The conclusions of the proof, in no order. */
  private List<Object> conclusions() {
    return material.decision().proof() == null
        ? List.of()
        : material.decision().proof().conclusions();
  }

  /** The rules by which some of the conclusions stand, in the order of their names. */
  private List<String> rules(Predicate<Object> of) {
    return conclusions().stream()
        .filter(of)
        .flatMap(fact -> material.decision().proof().grounds(fact).stream())
        .map(Ground::rule)
        .distinct()
        .sorted()
        .toList();
  }

  private boolean isPicked(String cards) {
    return Material.subjects(pick.gpus()).contains(cards);
  }

  private boolean has(PartKind kind) {
    return pick.parts().stream().anyMatch(part -> part.kind() == kind);
  }

  private void add(String label, String figure, String rule) {
    RuleInfo info = material.rule(rule);
    if (info != null) {
      String because = Prose.sentence(info.because());
      entries.add(
          Entry.of(
              label,
              figure.isEmpty() ? because : figure + Prose.small(because),
              material.references(rule)));
    }
  }
}
