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

  private final KieSession session;

  ProofReader(KieSession session) {
    this.session = session;
  }

  /** All facts that rules concluded. */
  List<Object> concluded() {
    List<Object> concluded = new ArrayList<>();
    for (FactHandle handle : session.getFactHandles()) {
      if (beliefs(handle) != null) {
        concluded.add(((InternalFactHandle) handle).getObject());
      }
    }
    return concluded;
  }

  /** What a fact rests on; null where nobody concluded it. */
  private static BeliefSet<?> beliefs(FactHandle handle) {
    return handle != null
            && ((InternalFactHandle) handle).getEqualityKey()
                instanceof TruthMaintenanceSystemEqualityKey key
            && key.getBeliefSet() != null
            && key.getBeliefSet().getFirst() != null
        ? key.getBeliefSet()
        : null;
  }

  /**
   * The rules by which a fact stands, in the order in which they concluded it; none for a fact that
   * nobody concluded. Cheaper than its proof.
   */
  List<String> rules(Object fact) {
    return matches(session.getFactHandle(fact)).stream()
        .map(match -> match.getRule().getName())
        .toList();
  }

  /** The matches by which a fact stands; none for a fact that nobody concluded. */
  static List<Match> matches(FactHandle handle) {
    BeliefSet<?> beliefs = beliefs(handle);
    return beliefs == null ? List.of() : matches(beliefs);
  }

  private static List<Match> matches(BeliefSet<?> beliefs) {
    List<Match> matches = new ArrayList<>(1);
    for (Object mode = beliefs.getFirst();
        mode instanceof SimpleMode simple;
        mode = simple.getNext()) {
      matches.add(simple.getObject().getJustifier());
    }
    return matches;
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
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> open = new ArrayDeque<>();
    for (Object fact : facts) {
      if (seen.add(fact)) {
        open.add(fact);
      }
    }
    while (!open.isEmpty()) {
      Object fact = open.poll();
      BeliefSet<?> beliefs = beliefs(session.getFactHandle(fact));
      if (beliefs == null) {
        continue;
      }
      List<Ground> why = grounds(beliefs, how);
      grounds.put(fact, why);
      for (Ground ground : why) {
        for (Object below : ground.restsOn()) {
          if (seen.add(below)) {
            open.add(below);
          }
        }
      }
    }
    return new Proof(grounds);
  }

  private List<Ground> grounds(BeliefSet<?> beliefs, boolean how) {
    List<Ground> grounds = new ArrayList<>(1);
    for (Match match : matches(beliefs)) {
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
