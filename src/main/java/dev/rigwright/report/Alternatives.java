package dev.rigwright.report;

import dev.rigwright.domain.Label;
import dev.rigwright.engine.Decision.Recommendation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What else there is, in a line each: what it is the best in, and how it differs from the pick. */
final class Alternatives {

  private final Recommendation pick;

  private Alternatives(Recommendation pick) {
    this.pick = pick;
  }

  static Section of(Material material) {
    Recommendation pick = material.decision().recommendation();
    return new Section(
        "ALTERNATIVES",
        pick == null
            ? List.of()
            : new Alternatives(pick).entries(material.decision().alternatives()));
  }

  private List<Entry> entries(List<Recommendation> alternatives) {
    Map<String, List<Recommendation>> bySubstance = new LinkedHashMap<>();
    alternatives.stream()
        .sorted(Comparator.comparing(each -> !each.label().equals(Label.BEST_VALUE.word())))
        .forEach(
            each ->
                bySubstance.computeIfAbsent(substance(each), key -> new ArrayList<>()).add(each));
    List<Recommendation> same = bySubstance.remove(substance(pick));
    if (same != null) {
      same.removeIf(each -> each.label().equals(pick.label()));
    }
    List<Entry> entries = new ArrayList<>();
    for (List<Recommendation> alike : bySubstance.values()) {
      String also =
          alike.size() == 1 ? "." : "; also " + superlatives(alike.subList(1, alike.size())) + ".";
      entries.add(Entry.of(label(alike.get(0)), text(alike.get(0)) + also, references(alike)));
    }
    if (same != null && !same.isEmpty()) {
      entries.add(
          Entry.of(
              "",
              "The pick is also " + superlatives(same) + " that meets the need.",
              references(same)));
    }
    return entries;
  }

  /** What a buyer would get: two answers with the same parts at the same price are one. */
  private static String substance(Recommendation machine) {
    return Material.subjects(machine.gpus())
        + " "
        + machine.gpus().stream().map(cards -> String.valueOf(cards.condition())).toList()
        + " "
        + machine.parts().stream().map(part -> part.id()).sorted().toList()
        + " "
        + machine.totalUsd();
  }

  private static References references(List<Recommendation> alike) {
    References references = References.NONE;
    for (Recommendation each : alike) {
      if (!each.because().isEmpty()) {
        references = references.and(References.rule(each.because().get(0), List.of()));
      }
    }
    return references;
  }

  private static String label(Recommendation alternative) {
    if (alternative.label().startsWith("guide")) {
      return "Guide's other";
    }
    return alternative.label().equals(Label.BEST_VALUE.word())
        ? "Best value"
        : Prose.capital(alternative.label());
  }

  private static String superlatives(List<Recommendation> same) {
    List<String> words =
        same.stream()
            .map(Recommendation::label)
            .map(label -> label.equals(Label.BEST_VALUE.word()) ? "best value" : label)
            .map(label -> "the " + label)
            .toList();
    return words.size() == 1
        ? words.get(0)
        : String.join(", ", words.subList(0, words.size() - 1))
            + " and "
            + words.get(words.size() - 1);
  }

  /** Price, then whatever differs. */
  private String text(Recommendation other) {
    List<String> parts = new ArrayList<>();
    String price = Prose.difference(other.totalUsd(), pick.totalUsd());
    parts.add(Prose.usd(other.totalUsd()) + (price == null ? "" : " (" + price + ")"));
    speed(parts, other);
    free(parts, other);
    watts(parts, other);
    return Prose.cards(other.gpus()) + ": " + String.join(", ", parts);
  }

  private void speed(List<String> parts, Recommendation other) {
    Double speed = other.speed() == null ? null : other.speed().tokensPerSecond();
    Double own = pick.speed() == null ? null : pick.speed().tokensPerSecond();
    if (speed != null && !speed.equals(own)) {
      parts.add(Prose.tenths(speed) + " tokens a second");
    }
  }

  private void free(List<String> parts, Recommendation other) {
    Double free = free(other);
    if (free != null && !free.equals(free(pick))) {
      parts.add(free < 0 ? Prose.gib(-free) + " too small" : Prose.gib(free) + " free");
    }
  }

  private static Double free(Recommendation machine) {
    return machine.memory() == null
        ? null
        : Math.round((machine.memory().availableGib() - machine.memory().needGib()) * 10) / 10.0;
  }

  private void watts(List<String> parts, Recommendation other) {
    Integer watts = other.power() == null ? null : other.power().systemWatts();
    Integer own = pick.power() == null ? null : pick.power().systemWatts();
    if (watts != null && !watts.equals(own)) {
      parts.add(Prose.number(watts) + " W");
    }
  }
}
