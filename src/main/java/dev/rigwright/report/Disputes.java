package dev.rigwright.report;

import dev.rigwright.domain.Claim;
import dev.rigwright.domain.ClaimStatus;
import dev.rigwright.domain.ClaimSubject;
import dev.rigwright.engine.Decision.Disagreement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where the guide and published figures disagree, both sides word for word: what is contradicted
 * before what the guide says in two ways, and what is about these cards and this model before the
 * rest. On a screen, statements that the same figures answer stand once.
 */
final class Disputes {

  private static final int ON_SCREEN = 5;
  private static final int NEAR = 3;
  private static final int AT_LEAST = 2;

  private final Material material;
  private final Nearness nearness;

  Disputes(Material material) {
    this.material = material;
    this.nearness = new Nearness(material);
  }

  static Section of(Material material) {
    return new Section("THE GUIDE AND THE FIGURES", new Disputes(material).entries());
  }

  private List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    if (material.toTheLetter()) {
      return entries;
    }
    List<Disagreement> shown = shown();
    shown.forEach(each -> add(entries, each));
    long more =
        sorted().stream()
            .filter(each -> shown.stream().noneMatch(first -> covers(first, each)))
            .count();
    if (more > 0) {
      entries.add(
          Entry.of("", "and " + more + " more: rigwright advise FILE --format markdown has all."));
    }
    return entries;
  }

  private List<Disagreement> sorted() {
    return material.decision().conflicts().stream()
        .sorted(
            Comparator.comparing((Disagreement each) -> !contradicted(each))
                .thenComparing(each -> -relevance(each)))
        .toList();
  }

  /** Those that stand word for word: all of them on paper. */
  List<Disagreement> shown() {
    List<Disagreement> shown = new ArrayList<>();
    for (Disagreement each : sorted()) {
      boolean covered = shown.stream().anyMatch(first -> covers(first, each));
      if (!material.onScreen() || !covered && !isEnough(shown, each)) {
        shown.add(each);
      }
    }
    return shown;
  }

  /**
   * Whether who reads the first knows the other: it is the same, or answered by the same figures.
   */
  static boolean covers(Disagreement first, Disagreement other) {
    return first == other || sameDispute(first, other);
  }

  /** On a screen two stand in any case, and as many more as are about this purchase. */
  private boolean isEnough(List<Disagreement> shown, Disagreement next) {
    return shown.size() >= ON_SCREEN || shown.size() >= AT_LEAST && relevance(next) < NEAR;
  }

  private void add(List<Entry> entries, Disagreement each) {
    entries.add(Entry.of("Guide", Prose.sentence(each.guideSays())));
    Claim claim = material.claim(each.claims().get(0));
    String safer =
        claim == null || claim.safer() == null || contradicted(each)
            ? ""
            : " We take the safer side: " + Prose.sentence(claim.safer());
    entries.add(
        Entry.of(
            contradicted(each) ? "Figures" : "But",
            Prose.sentence(each.figuresSay()) + safer,
            References.all(
                each.rule(), each.claims(), material.onScreen() ? List.of() : each.sources())));
  }

  private static boolean contradicted(Disagreement each) {
    return each.status().equals(ClaimStatus.CONTRADICTED.word());
  }

  /** Whether the first names the other's statement and the same publications answer both. */
  private static boolean sameDispute(Disagreement first, Disagreement other) {
    return first.claims().contains(other.claims().get(0))
        && published(first).equals(published(other))
        && !published(first).isEmpty();
  }

  private static List<String> published(Disagreement each) {
    return each.sources().stream().filter(source -> !source.startsWith("guide#")).toList();
  }

  /** How near a statement is to these cards, this model and this budget. */
  private int relevance(Disagreement each) {
    int relevance = 0;
    for (ClaimSubject subject : material.about(each.claims().get(0))) {
      relevance +=
          switch (subject.kind()) {
            case "gpu", "gpus" -> isOfAnyCards(subject) ? 4 : 0;
            case "vramGib" -> isOfAnyCards(subject) ? 3 : 0;
            case "sizeB" -> nearness.isNear(subject) ? 4 : -4;
            case "tier" -> tier(subject);
            default -> 0;
          };
    }
    return relevance;
  }

  private int tier(ClaimSubject subject) {
    if (material.decision().tier() == null) {
      return 0;
    }
    return nearness.isNear(subject) ? 1 : -2;
  }

  /** Whether it is about the machine shown, or about what the guide would give. */
  private boolean isOfAnyCards(ClaimSubject subject) {
    return nearness.isOfPick(subject)
        || material.decision().guidePick() != null
            && nearness.isOf(subject, material.decision().guidePick().gpus());
  }
}
