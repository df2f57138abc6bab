package dev.rigwright.engine;

import dev.rigwright.domain.Build;
import dev.rigwright.domain.Finalist;
import dev.rigwright.domain.Label;
import dev.rigwright.domain.Outcome;
import dev.rigwright.domain.Pick;
import dev.rigwright.domain.Recommended;
import dev.rigwright.domain.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.kie.api.runtime.ClassObjectFilter;
import org.kie.api.runtime.KieSession;

/**
 * Whether a pass of the rules has an answer, and which; all that looking for a change needs.
 *
 * @param recommended null where nothing is
 * @param picks what won under each label
 */
record Glance(Outcome verdict, Build recommended, Map<Label, Finalist> picks) {

  static Glance of(KieSession session) {
    List<Verdict> verdicts = all(session, Verdict.class);
    if (verdicts.isEmpty()) {
      throw new IllegalStateException("No rule says a verdict. Maybe rules/picks is incomplete.");
    }
    Map<Label, Finalist> picks = new EnumMap<>(Label.class);
    List<Pick> won = all(session, Pick.class);
    if (!won.isEmpty()) {
      for (Finalist finalist : all(session, Finalist.class)) {
        for (Pick pick : won) {
          if (pick.build().equals(finalist.id())) {
            picks.put(pick.label(), finalist);
          }
        }
      }
    }
    List<Recommended> recommended = all(session, Recommended.class);
    return new Glance(
        verdicts.get(0).outcome(),
        recommended.isEmpty() ? null : recommended.get(0).build(),
        picks);
  }

  /** What stands of a type. */
  static <T> List<T> all(KieSession session, Class<T> type) {
    Collection<?> objects = session.getObjects(new ClassObjectFilter(type));
    List<T> all = new ArrayList<>(objects.size());
    objects.forEach(object -> all.add(type.cast(object)));
    return all;
  }

  boolean feasible() {
    return verdict != Outcome.INFEASIBLE;
  }
}
