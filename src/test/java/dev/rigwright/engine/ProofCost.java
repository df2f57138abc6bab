package dev.rigwright.engine;

import dev.rigwright.domain.Breadth;
import dev.rigwright.domain.Requirement;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;

/** What reading a decision's proof takes, apart from the decision. */
public final class ProofCost {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ProofCost() {}

  /**
   * The processor time of reading the proof of one decision, as deciding reads it.
   *
   * @param requirement one that names its models
   */
  public static long nanos(Advisor advisor, Requirement requirement) {
    return advisor.session(
        requirement,
        new Breadth(false),
        session -> {
          long start = THREADS.getCurrentThreadCpuTime();
          ProofReader proofs = new ProofReader(session);
          List<Object> roots =
              proofs.concluded().stream()
                  .filter(fact -> Assembly.ROOTS.contains(fact.getClass()))
                  .toList();
          Proof proof = proofs.read(roots);
          long nanos = THREADS.getCurrentThreadCpuTime() - start;
          if (proof.conclusions().size() < roots.size()) {
            throw new IllegalStateException("A root has no ground.");
          }
          return nanos;
        });
  }
}
