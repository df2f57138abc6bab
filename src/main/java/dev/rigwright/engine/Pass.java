package dev.rigwright.engine;

import dev.rigwright.domain.Requirement;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.drools.base.reteoo.InitialFactImpl;
import org.drools.core.common.InternalFactHandle;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;
import org.kie.api.runtime.rule.Match;

/**
 * What stands at the end of one pass of the rules, and the matches that concluded it; it outlives
 * the session.
 *
 * @param requirement with the models that the pass was made for
 * @param made by fact, the same object; empty for what nobody concluded
 */
record Pass(Requirement requirement, List<Object> facts, Map<Object, List<Made>> made) {

  /**
   * A match that concluded a fact.
   *
   * @param matched what its patterns and accumulations matched, in the order of the text
   */
  record Made(String rule, List<Object> matched) {

    static Made of(Match match) {
      List<Object> matched = new ArrayList<>(match.getObjects());
      // A condition that begins with an absence leaves the engine's own mark.
      matched.removeIf(fact -> fact instanceof InitialFactImpl);
      return new Made(match.getRule().getName(), matched);
    }
  }

  static Pass of(Requirement requirement, KieSession session) {
    List<Object> facts = new ArrayList<>();
    Map<Object, List<Made>> made = new IdentityHashMap<>();
    for (FactHandle handle : session.getFactHandles()) {
      Object fact = ((InternalFactHandle) handle).getObject();
      facts.add(fact);
      List<Match> matches = ProofReader.matches(handle);
      if (!matches.isEmpty()) {
        made.put(fact, matches.stream().map(Made::of).toList());
      }
    }
    return new Pass(requirement, facts, made);
  }
}
