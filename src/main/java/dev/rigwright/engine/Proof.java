package dev.rigwright.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Why everything stands that a decision rests on, read from the engine's truth maintenance: for
 * each concluded fact its grounds, down to the requirement and the rows of the catalogue, which
 * have none.
 */
public final class Proof {

  private final Map<Object, List<Ground>> grounds;

  Proof(Map<Object, List<Ground>> grounds) {
    this.grounds = Collections.unmodifiableMap(grounds);
  }

  /** The grounds of a fact; empty for a fact that nobody concluded. */
  public List<Ground> grounds(Object fact) {
    return grounds.getOrDefault(fact, List.of());
  }

  /** Whether a rule concluded the fact. */
  public boolean concluded(Object fact) {
    return grounds.containsKey(fact);
  }

  /** All concluded facts that the decision rests on, in an order that carries no meaning. */
  public List<Object> conclusions() {
    return List.copyOf(grounds.keySet());
  }

  /** The facts that nobody concluded and on which a fact rests in the end. */
  public List<Object> leaves(Object fact) {
    List<Object> leaves = new ArrayList<>();
    collect(fact, leaves, new IdentityHashMap<>());
    return leaves;
  }

  private void collect(Object fact, List<Object> leaves, Map<Object, Boolean> seen) {
    if (seen.put(fact, true) != null) {
      return;
    }
    List<Ground> why = grounds.get(fact);
    if (why == null) {
      leaves.add(fact);
      return;
    }
    for (Ground ground : why) {
      for (Object below : ground.restsOn()) {
        collect(below, leaves, seen);
      }
    }
  }
}
