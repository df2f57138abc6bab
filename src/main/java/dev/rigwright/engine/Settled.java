package dev.rigwright.engine;

import dev.rigwright.rulebook.loops.Memory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.kie.api.runtime.ClassObjectFilter;
import org.kie.api.runtime.KieSession;

/** What stands once all rules have run, wherever they ran. */
interface Settled {

  /** All facts of a type. */
  <T> List<T> all(Class<T> type);

  /** The rules by which a fact stands; none for one that nobody concluded. */
  List<String> rules(Object fact);

  /** What stands in a session of the engine, as long as it stands there. */
  static Settled of(KieSession session) {
    ProofReader proofs = new ProofReader(session);
    return new Settled() {
      @Override
      public <T> List<T> all(Class<T> type) {
        Collection<?> objects = session.getObjects(new ClassObjectFilter(type));
        List<T> all = new ArrayList<>(objects.size());
        objects.forEach(object -> all.add(type.cast(object)));
        return all;
      }

      @Override
      public List<String> rules(Object fact) {
        return proofs.rules(fact);
      }
    };
  }

  /** What stands where the rules ran as loops. */
  static Settled of(Memory memory) {
    return new Settled() {
      @Override
      public <T> List<T> all(Class<T> type) {
        return memory.all(type);
      }

      @Override
      public List<String> rules(Object fact) {
        return memory.rules(fact);
      }
    };
  }
}
