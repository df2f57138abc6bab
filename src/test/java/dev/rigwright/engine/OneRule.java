package dev.rigwright.engine;

import dev.rigwright.rulebook.Rulebook;
import java.util.Collection;
import java.util.List;
import org.kie.api.runtime.KieSession;

/** What one rule concludes over facts among which its own conclusions already stand. */
final class OneRule {

  private OneRule() {}

  static List<Object> conclusions(Rulebook whole, Rulebook rulebook, Collection<?> facts) {
    KieSession session = rulebook.base().newKieSession();
    try {
      facts.forEach(fact -> session.insert(own(whole, rulebook, fact)));
      session.fireAllRules();
      Proof proof = new ProofReader(session).read(session.getObjects());
      return proof.conclusions();
    } finally {
      session.dispose();
    }
  }

  /** Each rulebook has classes of its own for the types that rule files declare. */
  private static Object own(Rulebook whole, Rulebook rulebook, Object fact) {
    if (fact.getClass().getName().startsWith("dev.rigwright")) {
      return fact;
    }
    String type = fact.getClass().getSimpleName();
    return SingleRule.declared(
        rulebook, type, whole.base().getFactType("rigwright", type).getAsMap(fact));
  }
}
