package dev.rigwright.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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

  /** So many matched facts are looked through one by one for one that is there already. */
  private static final int FEW = 12;

  private final Map<Object, BeliefSet<?>> concluded = new IdentityHashMap<>();

  ProofReader(KieSession session) {
    for (FactHandle handle : session.getFactHandles()) {
      if (((InternalFactHandle) handle).getEqualityKey()
              instanceof TruthMaintenanceSystemEqualityKey key
          && key.getBeliefSet() != null
          && key.getBeliefSet().getFirst() != null) {
        concluded.put(((InternalFactHandle) handle).getObject(), key.getBeliefSet());
      }
    }
  }

  /** All facts that rules concluded. */
  Collection<Object> concluded() {
    return concluded.keySet();
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
    Map<Object, List<Ground>> grounds = new IdentityHashMap<>(concluded.size());
    Deque<Object> open = new ArrayDeque<>(facts);
    while (!open.isEmpty()) {
      Object fact = open.poll();
      BeliefSet<?> beliefs = concluded.get(fact);
      if (beliefs == null || grounds.containsKey(fact)) {
        continue;
      }
      List<Ground> why = grounds(beliefs, how);
      grounds.put(fact, why);
      for (Ground ground : why) {
        open.addAll(ground.restsOn());
      }
    }
    return new Proof(grounds);
  }

  private List<Ground> grounds(BeliefSet<?> beliefs, boolean how) {
    List<Ground> grounds = new ArrayList<>(1);
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
  private static List<Object> evidence(Match match) {
    List<Object> matches = match.getObjects();
    List<Object> ordered = new ArrayList<>(matches.size());
    Set<Object> many = null;
    for (Object matched : matches) {
      // What is only absent leaves the engine's own mark in the match; absence is no fact.
      if (matched instanceof Collection<?> gathered) {
        if (many == null && ordered.size() + gathered.size() > FEW) {
          many = Collections.newSetFromMap(new IdentityHashMap<>());
          many.addAll(ordered);
        }
        for (Object fact : gathered) {
          add(ordered, many, fact);
        }
      } else if (!(matched instanceof InitialFactImpl)) {
        add(ordered, many, matched);
      }
    }
    return ordered;
  }

  /**
   * Adds a fact that is not there yet.
   *
   * @param many the same facts as a set, where they are too many to look through; else null
   */
  private static void add(List<Object> ordered, Set<Object> many, Object fact) {
    if (many != null) {
      if (many.add(fact)) {
        ordered.add(fact);
      }
      return;
    }
    for (Object other : ordered) {
      if (other == fact) {
        return;
      }
    }
    ordered.add(fact);
  }
}
