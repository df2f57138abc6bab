package dev.rigwright.report;

import dev.rigwright.domain.Claim;
import dev.rigwright.domain.ClaimSubject;
import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.Outcome;
import dev.rigwright.domain.Policy;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Decision;
import dev.rigwright.engine.Decision.Cards;
import dev.rigwright.engine.Decision.Recommendation;
import dev.rigwright.facts.Facts;
import dev.rigwright.rulebook.RuleInfo;
import dev.rigwright.rulebook.Rulebook;
import java.util.ArrayList;
import java.util.List;

/** What a report is made of, with the questions that several of its parts ask. */
public record Material(Decision decision, Facts facts, Rulebook rulebook, Extent extent) {

  /** How much is shown. */
  public enum Extent {
    /** The most telling of each kind. */
    SCREEN,
    /** All that fits on paper. */
    PAPER,
    /** All of it, where what is left out stands beside it, each with its own reasons. */
    PAGE
  }

  Requirement requirement() {
    return decision.requirement();
  }

  boolean toTheLetter() {
    return decision.policy() == Policy.GUIDE;
  }

  boolean infeasible() {
    return decision.verdict() == Outcome.INFEASIBLE;
  }

  boolean onScreen() {
    return extent == Extent.SCREEN;
  }

  /**
   * The machine that the report is about: the pick, else the nearest; null where there is neither.
   */
  Recommendation shown() {
    if (decision.recommendation() != null) {
      return decision.recommendation();
    }
    return decision.alternatives().isEmpty() ? null : decision.alternatives().get(0);
  }

  /** The alternative of that label, or null. */
  Recommendation alternative(String label) {
    for (Recommendation alternative : decision.alternatives()) {
      if (alternative.label().equals(label)) {
        return alternative;
      }
    }
    return null;
  }

  /** What the rule says of itself, as far as this rulebook knows it. */
  RuleInfo rule(String id) {
    return rulebook.rules().get(id);
  }

  /** A rule by which a line stands, with the statements of the guide that it names. */
  References references(String rule) {
    RuleInfo info = rule(rule);
    return References.rule(rule, info == null ? List.of() : info.sources());
  }

  Claim claim(String source) {
    return facts.claimById().get(source.substring(source.indexOf('#') + 1));
  }

  /** What a statement of the guide is about. */
  List<ClaimSubject> about(String source) {
    String id = source.substring(source.indexOf('#') + 1);
    return facts.claimSubjects().stream().filter(subject -> subject.claimId().equals(id)).toList();
  }

  Gpu gpu(String id) {
    return facts.gpuById().get(id);
  }

  /** Memory of all cards together, in GiB; 0 where it is not known. */
  double vramGib(List<Cards> cards) {
    double sum = 0;
    for (Cards card : cards) {
      Gpu gpu = gpu(card.id());
      sum += gpu == null || gpu.vramGib() == null ? 0 : card.count() * gpu.vramGib();
    }
    return sum;
  }

  /** How exclusions name cards: {@code rtx-4090} or {@code 2x rtx-4090}. */
  static List<String> subjects(List<Cards> cards) {
    List<String> subjects = new ArrayList<>();
    cards.forEach(card -> subjects.add(Prose.times(card.count()) + card.id()));
    return subjects;
  }
}
