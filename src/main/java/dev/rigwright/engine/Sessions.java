package dev.rigwright.engine;

import dev.rigwright.rulebook.Rulebook;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import org.kie.api.KieServices;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.KieSessionConfiguration;
import org.kie.api.runtime.conf.KeepReferenceOption;
import org.kie.api.runtime.rule.FactHandle;

/**
 * Sessions in which the catalogue stands, with all that follows from it alone. A requirement's
 * facts are put into one that is idle, and taken out again with all that followed from them; truth
 * maintenance leaves the session as it was. That costs half of what a session of its own does.
 *
 * <p>Any number of threads may use it; each has a session to itself meanwhile.
 */
final class Sessions {

  /**
   * So many requirements one session sees. It holds no more after them than before; a new one from
   * time to time keeps what the engine counts upwards far from any end.
   */
  private static final int MOST_USES = 20_000;

  /** The engine holds every session that is not closed, and with it rules and catalogue. */
  private static final Cleaner CLEANER = Cleaner.create();

  private static final class Standing {
    private final KieSession session;
    private int uses;

    private Standing(KieSession session) {
      this.session = session;
    }
  }

  private final Rulebook rulebook;
  private final List<Object> catalogue;
  private final Firing.Bounds bounds;
  private final Deque<Standing> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean retired;

  /**
   * Sessions over rules and a catalogue.
   *
   * @param bounds of each pass
   */
  Sessions(Rulebook rulebook, List<Object> catalogue, Firing.Bounds bounds) {
    this.rulebook = rulebook;
    this.catalogue = catalogue;
    this.bounds = bounds;
    CLEANER.register(this, new Leaving(idle));
  }

  /**
   * Closes what stands idle, and what is in use when its use ends: others are asked from now on.
   * Whoever still asks gets an answer, from a session that the cleaner closes.
   */
  void retire() {
    retired = true;
    new Leaving(idle).run();
  }

  /** Closes what stands idle once nobody can ask any more. */
  private record Leaving(Deque<Standing> idle) implements Runnable {
    @Override
    public void run() {
      for (Standing last = idle.poll(); last != null; last = idle.poll()) {
        last.session.dispose();
      }
    }
  }

  /**
   * What is made of a session in which some facts stand beside the catalogue and all rules fired.
   */
  <T> T with(List<?> facts, Function<KieSession, T> use) {
    boolean late = retired;
    Standing standing = idle.poll();
    if (standing == null) {
      standing = new Standing(fresh());
    }
    KieSession session = standing.session;
    boolean whole = false;
    try {
      List<FactHandle> handles = new ArrayList<>(facts.size());
      for (Object fact : facts) {
        handles.add(session.insert(fact));
      }
      Firing.fire(rulebook, session, bounds);
      T made = use.apply(session);
      handles.forEach(session::delete);
      Firing.fire(rulebook, session, bounds);
      standing.uses++;
      whole = standing.uses < MOST_USES && (late || !retired);
      return made;
    } finally {
      // What went wrong in a session may stand there still.
      if (whole) {
        idle.push(standing);
      } else {
        session.dispose();
      }
    }
  }

  private KieSession fresh() {
    KieSessionConfiguration configuration = KieServices.Factory.get().newKieSessionConfiguration();
    // The rules may outlive this catalogue; they must not hold it.
    configuration.setOption(KeepReferenceOption.NO);
    KieSession session = rulebook.base().newKieSession(configuration, null);
    catalogue.forEach(session::insert);
    Firing.fire(rulebook, session, bounds);
    return session;
  }
}
