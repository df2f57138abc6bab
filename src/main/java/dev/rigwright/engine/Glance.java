package dev.rigwright.engine;

import dev.rigwright.domain.Build;
import dev.rigwright.domain.Finalist;
import dev.rigwright.domain.FitVerdict;
import dev.rigwright.domain.Label;
import dev.rigwright.domain.Outcome;
import dev.rigwright.domain.PartChoice;
import dev.rigwright.domain.Pick;
import dev.rigwright.domain.Recommended;
import dev.rigwright.domain.Score;
import dev.rigwright.domain.Shell;
import dev.rigwright.domain.Sizing;
import dev.rigwright.domain.SupplyChoice;
import dev.rigwright.domain.Verdict;
import dev.rigwright.domain.Workload;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a pass of the rules has an answer, and which; all that looking for a change needs.
 *
 * @param recommended null where nothing is
 * @param picks what won under each label
 */
record Glance(Outcome verdict, Build recommended, Map<Label, Finalist> picks) {

  /** What is looked at, here and by {@link Assembly#cheapest}. */
  static final Set<Class<?>> WANTED =
      Set.of(
          Verdict.class,
          Pick.class,
          Finalist.class,
          Recommended.class,
          Score.class,
          Shell.class,
          PartChoice.class,
          SupplyChoice.class,
          Sizing.class,
          FitVerdict.class,
          Workload.class);

  static Glance of(Settled settled) {
    List<Verdict> verdicts = settled.all(Verdict.class);
    if (verdicts.isEmpty()) {
      throw new IllegalStateException("No rule says a verdict. Maybe rules/picks is incomplete.");
    }
    Map<Label, Finalist> picks = new EnumMap<>(Label.class);
    List<Pick> won = settled.all(Pick.class);
    if (!won.isEmpty()) {
      for (Finalist finalist : settled.all(Finalist.class)) {
        for (Pick pick : won) {
          if (pick.build().equals(finalist.id())) {
            picks.put(pick.label(), finalist);
          }
        }
      }
    }
    List<Recommended> recommended = settled.all(Recommended.class);
    return new Glance(
        verdicts.get(0).outcome(),
        recommended.isEmpty() ? null : recommended.get(0).build(),
        picks);
  }

  boolean feasible() {
    return verdict != Outcome.INFEASIBLE;
  }
}
