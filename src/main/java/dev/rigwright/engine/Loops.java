package dev.rigwright.engine;

import dev.rigwright.rulebook.loops.LoopBase;
import dev.rigwright.rulebook.loops.LoopRules;
import dev.rigwright.rulebook.loops.Memory;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Passes of the rules as loops over a catalogue, once so many are asked for that writing them pays
 * off.
 */
final class Loops {

  /** Writing and compiling them takes as long as some hundred passes of the engine. */
  private static final int WORTH_IT = 200;

  private final LoopRules rules;
  private final List<Object> catalogue;
  private final long longestNanos;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile LoopBase base;

  Loops(LoopRules rules, List<Object> catalogue, Firing.Bounds bounds) {
    this.rules = rules;
    this.catalogue = catalogue;
    this.longestNanos = bounds.longest().toNanos();
  }

  /**
   * What stands when the rules have run.
   *
   * @param glance whether nobody hears what rules only say
   * @return null where a session of the engine has to be asked: too little was asked for so far,
   *     rules cannot be written, or one of them failed, of which the engine tells more
   */
  Memory pass(List<Object> given, boolean glance) {
    LoopBase over = base;
    if (over == null && rules.cannot() == null && worthIt()) {
      over = opened();
    }
    if (over == null) {
      return null;
    }
    try {
      return over.pass(given, glance, System.nanoTime() + longestNanos);
    } catch (RuntimeException | LinkageError failed) {
      return null;
    }
  }

  private boolean worthIt() {
    return rules.atHand() || asked.incrementAndGet() == WORTH_IT;
  }

  private synchronized LoopBase opened() {
    if (base == null) {
      base = rules.over(catalogue, longestNanos);
    }
    return base;
  }
}
