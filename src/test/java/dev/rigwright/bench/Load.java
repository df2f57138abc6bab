package dev.rigwright.bench;

import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;

/** Requirements, and what deciding each of them makes the rules do. */
final class Load {

  /** One pass of the rules: what was in the session before they fired. */
  record Pass(List<Object> known, List<Object> given) {

    /** The requirement that the pass was made for. */
    Requirement requirement() {
      return given.stream()
          .filter(Requirement.class::isInstance)
          .map(Requirement.class::cast)
          .findFirst()
          .orElseThrow();
    }
  }

  /** A requirement with all passes that its decision takes, those of its relaxations included. */
  record Asked(Requirement requirement, List<Pass> passes) {}

  private final List<Asked> asked;
  private final int threads;

  /** Decides each once, and keeps what the rules were given. */
  Load(Advisor advisor, List<Requirement> requirements, int threads) {
    this.threads = threads;
    this.asked =
        requirements.stream()
            .parallel()
            .map(
                requirement -> {
                  List<Pass> passes = new ArrayList<>();
                  advisor
                      .telling((known, given) -> passes.add(new Pass(known, List.copyOf(given))))
                      .decide(requirement);
                  return new Asked(requirement, passes);
                })
            .toList();
  }

  /** The requirements, in their order. */
  List<Asked> asked() {
    return asked;
  }

  /** How many passes they take together. */
  int passes() {
    return asked.stream().mapToInt(one -> one.passes().size()).sum();
  }

  /** Does something for each of them, on so many threads. */
  void each(Consumer<Asked> work) {
    AtomicInteger next = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(
            pool.submit(
                () -> {
                  for (int at = next.getAndIncrement();
                      at < asked.size();
                      at = next.getAndIncrement()) {
                    work.accept(asked.get(at));
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    } finally {
      pool.shutdown();
    }
  }

  /**
   * A session in which the catalogue stands, and what follows from it, for one pass after another.
   */
  static final class Standing {
    private final KieSession session;

    Standing(Advisor advisor, List<Object> known) {
      session = advisor.rulebook().base().newKieSession();
      known.forEach(session::insert);
      session.fireAllRules();
    }

    /** Fires the rules over a pass and takes it out again; returns how many fired. */
    int fire(Pass pass) {
      List<FactHandle> handles = new ArrayList<>();
      pass.given().forEach(fact -> handles.add(session.insert(fact)));
      int fired = session.fireAllRules();
      handles.forEach(session::delete);
      session.fireAllRules();
      return fired;
    }
  }

  /** Fires all rules over a pass, and nothing more; returns how many fired. */
  static int fire(KieBase base, Pass pass) {
    KieSession session = base.newKieSession();
    try {
      pass.known().forEach(session::insert);
      pass.given().forEach(session::insert);
      return session.fireAllRules();
    } finally {
      session.dispose();
    }
  }
}
