package dev.rigwright.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * One reason why a conclusion stands: a match of a rule over facts.
 *
 * @param rule the rule's id
 * @param facts what its condition matched, in the order of its patterns
 * @param how how the match came about; null where it was not asked for
 */
public record Ground(String rule, List<Object> facts, How how) {

  public Ground {
    facts = List.copyOf(facts);
  }

  /**
   * All facts that it rests on: what was matched, and, where it is known, what fulfilled an {@code
   * exists} and what was accumulated. Each once.
   */
  public List<Object> restsOn() {
    if (how == null || how.witnesses().isEmpty() && how.gathered().isEmpty()) {
      return facts;
    }
    Set<Object> all = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Object> ordered = new ArrayList<>();
    List<Object> rest = new ArrayList<>(facts);
    rest.addAll(how.witnesses());
    how.gathered().forEach(rest::addAll);
    for (Object fact : rest) {
      if (all.add(fact)) {
        ordered.add(fact);
      }
    }
    return ordered;
  }
}
