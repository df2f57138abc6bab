package dev.rigwright.engine;

import dev.rigwright.domain.Candidate;
import dev.rigwright.domain.Exclusion;
import dev.rigwright.domain.Rejection;
import dev.rigwright.engine.Outline.Picked;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.kie.api.runtime.KieSession;

/**
 * Which rules a decision rests on.
 *
 * @param rules those in its proof, its exclusions and rejections included
 * @param bars those that speak against some cards
 */
public record Trace(SortedSet<String> rules, SortedSet<String> bars) {

  static Trace of(KieSession session, Picked cards) {
    ProofReader reader = new ProofReader(session);
    List<Object> roots = new ArrayList<>();
    SortedSet<String> bars = new TreeSet<>();
    for (Object fact : reader.concluded()) {
      if (Assembly.ROOTS.contains(fact.getClass())) {
        roots.add(fact);
      }
      if (cards != null
          && fact instanceof Exclusion exclusion
          && (exclusion.bars().equals(cards.cards())
              || exclusion.bars().equals(cards.plainCards())
              || exclusion.bars().equals(Candidate.buyingKey(cards.gpu())))) {
        bars.add(exclusion.rule());
      }
      if (cards != null
          && fact instanceof Rejection rejection
          && rejection.subject().equals(cards.cards())) {
        bars.add(rejection.rule());
      }
    }
    Proof proof = reader.read(roots);
    SortedSet<String> rules = new TreeSet<>();
    for (Object fact : proof.conclusions()) {
      proof.grounds(fact).forEach(ground -> rules.add(ground.rule()));
    }
    return new Trace(rules, bars);
  }
}
