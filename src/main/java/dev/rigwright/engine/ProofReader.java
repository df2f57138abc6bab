package dev.rigwright.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drools.base.reteoo.InitialFactImpl;
import org.drools.core.common.InternalFactHandle;
import org.drools.tms.SimpleMode;
import org.drools.tms.TruthMaintenanceSystemEqualityKey;
import org.drools.tms.beliefsystem.BeliefSet;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;
import org.kie.api.runtime.rule.Match;

/** Reads the grounds of facts from a session's truth maintenance, before the session is closed. */
final class ProofReader {

  private final Map<Object, InternalFactHandle> handles = new IdentityHashMap<>();

  ProofReader(KieSession session) {
    for (FactHandle handle : session.getFactHandles()) {
      InternalFactHandle internal = (InternalFactHandle) handle;
      handles.put(internal.getObject(), internal);
    }
  }

  /** All facts that stand in the session. */
  Collection<Object> facts() {
    return handles.keySet();
  }

  /** The grounds of some facts and of everything below them. */
  Proof read(Collection<?> facts) {
    return read(facts, false);
  }

  /**
   * The same.
   *
   * @param how whether each ground also says how it came about; the proof then goes on below what
   *     fulfilled an {@code exists}
   */
  Proof read(Collection<?> facts, boolean how) {
    Map<Object, List<Ground>> grounds = new IdentityHashMap<>();
    Deque<Object> open = new ArrayDeque<>(facts);
    while (!open.isEmpty()) {
      Object fact = open.poll();
      if (grounds.containsKey(fact)) {
        continue;
      }
      List<Ground> why = grounds(fact, how);
      if (why.isEmpty()) {
        continue;
      }
      grounds.put(fact, why);
      why.forEach(ground -> open.addAll(ground.restsOn()));
    }
    return new Proof(grounds);
  }

  private List<Ground> grounds(Object fact, boolean how) {
    InternalFactHandle handle = handles.get(fact);
    if (handle == null
        || !(handle.getEqualityKey() instanceof TruthMaintenanceSystemEqualityKey key)
        || key.getBeliefSet() == null) {
      return List.of();
    }
    List<Ground> grounds = new ArrayList<>();
    BeliefSet<?> beliefs = key.getBeliefSet();
    for (Object mode = beliefs.getFirst();
        mode instanceof SimpleMode simple;
        mode = simple.getNext()) {
      Match match = simple.getObject().getJustifier();
      grounds.add(
          new Ground(
              match.getRule().getName(), evidence(match), how ? MatchReader.how(match) : null));
    }
    return grounds;
  }

  /**
   * The matched facts; what an accumulate gathered stands in its result and is taken from there.
   */
  private List<Object> evidence(Match match) {
    Set<Object> facts = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
    List<Object> ordered = new ArrayList<>();
    for (Object matched : match.getObjects()) {
      for (Object fact : matched instanceof Collection<?> gathered ? gathered : List.of(matched)) {
        // What is only absent leaves the engine's own mark in the match; absence is no fact.
        if (!(fact instanceof InitialFactImpl) && facts.add(fact)) {
          ordered.add(fact);
        }
      }
    }
    return ordered;
  }
}
