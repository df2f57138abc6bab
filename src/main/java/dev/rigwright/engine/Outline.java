package dev.rigwright.engine;

import dev.rigwright.domain.Build;
import dev.rigwright.domain.Caution;
import dev.rigwright.domain.Claim;
import dev.rigwright.domain.Conclusion;
import dev.rigwright.domain.Conflict;
import dev.rigwright.domain.Finalist;
import dev.rigwright.domain.GuideBuild;
import dev.rigwright.domain.GuidePick;
import dev.rigwright.domain.Label;
import dev.rigwright.domain.Outcome;
import dev.rigwright.domain.Pick;
import dev.rigwright.domain.Recommended;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Verdict;
import dev.rigwright.facts.Facts;
import dev.rigwright.rulebook.Rulebook;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a decision comes to, without its proof, its estimates and what would relax it: enough to
 * tell whether two rulebooks answer alike, at a fraction of the cost.
 *
 * @param asked the requirement with the model that it was decided for
 * @param picked null where nothing is recommended
 * @param warnings what is said, by rule and subject
 * @param conflicts what is said, by rule and claim
 */
public record Outline(
    Requirement asked,
    Outcome verdict,
    Picked picked,
    SortedMap<String, String> warnings,
    SortedMap<String, String> conflicts) {

  /**
   * What is recommended.
   *
   * @param label such as {@code best-value}
   * @param cards with their condition where they are bought, such as {@code 2x rtx-3090 used}
   * @param plainCards without it
   */
  public record Picked(String label, String cards, String plainCards, String gpu, long totalUsd) {}

  static Outline of(Rulebook rulebook, Facts facts, Requirement requirement, Settled settled) {
    Outcome outcome = null;
    for (Verdict verdict : settled.all(Verdict.class)) {
      outcome = verdict.outcome();
    }
    Label label = null;
    for (Recommended recommended : settled.all(Recommended.class)) {
      label = recommended.label();
    }
    GuidePick guide = null;
    for (GuidePick pick : settled.all(GuidePick.class)) {
      guide = pick;
    }
    Map<Label, Pick> picks = new HashMap<>();
    settled.all(Pick.class).forEach(pick -> picks.put(pick.label(), pick));
    Map<String, Build> builds = new HashMap<>();
    settled.all(Finalist.class).forEach(one -> builds.put(one.id(), one.build()));
    settled.all(GuideBuild.class).forEach(one -> builds.put("guide " + one.id(), one.build()));
    SortedMap<String, String> warnings = new TreeMap<>();
    for (Caution caution : settled.all(Caution.class)) {
      warnings.merge(
          caution.rule() + " " + caution.subject(),
          says(rulebook, caution),
          (one, other) -> one.compareTo(other) <= 0 ? one : other);
    }
    SortedMap<String, String> conflicts = new TreeMap<>();
    for (Conflict conflict : settled.all(Conflict.class)) {
      Claim claim = facts.claimById().get(conflict.subject());
      conflicts.put(
          conflict.rule() + " guide#" + claim.id(),
          claim.status().word() + ": " + says(rulebook, conflict));
    }
    if (outcome == null) {
      throw new IllegalStateException("No rule says a verdict. Maybe rules/picks is incomplete.");
    }
    Build build = null;
    if (outcome != Outcome.INFEASIBLE && label != null) {
      build =
          label == Label.GUIDE
              ? builds.get("guide " + guide.build())
              : builds.get(picks.get(label).build());
    }
    Picked picked =
        build == null
            ? null
            : new Picked(
                label.word(),
                build.condition() == null
                    ? build.cards()
                    : build.cards() + " " + build.condition().word(),
                build.cards(),
                build.gpu(),
                build.totalUsd());
    return new Outline(requirement, outcome, picked, warnings, conflicts);
  }

  private static String says(Rulebook rulebook, Conclusion conclusion) {
    return Wording.render(rulebook.rule(conclusion.rule()).says(), conclusion.values());
  }
}
