package dev.rigwright.engine;

import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.AgendaFilter;
import org.kie.api.runtime.rule.Match;

/**
 * Fires the rules of a session within bounds. A rule that concludes what it matches itself would
 * otherwise never end; it is named, with the file and line where it stands.
 */
final class Firing implements AgendaFilter {

  /**
   * What one session may take.
   *
   * @param most firings
   * @param longest that it may match and fire, in time of the processor: a machine that slept, or
   *     had much else to do, says nothing about rules
   */
  record Bounds(int most, Duration longest) {

    /**
     * What every decision may take. The shipped rules fire some thousands of times; a hundred times
     * as many is no advice any more. They take some milliseconds; the seconds leave room for a
     * first decision on a cold and busy machine.
     */
    static final Bounds SHIPPED = new Bounds(500_000, Duration.ofSeconds(30));
  }

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final KieSession session;
  private final AgendaFilter filter;
  private final int most;
  private final long nanos;
  private final long start = System.nanoTime();
  private final long startOfProcessor = ofProcessor();
  private final Map<String, int[]> fired = new HashMap<>();
  private String last;
  private int[] times;
  private int count;
  private long before = start;
  private long until;
  private long slowest;
  private String slow;
  private boolean over;

  private Firing(KieSession session, AgendaFilter filter, Bounds bounds) {
    this.session = session;
    this.filter = filter;
    this.most = bounds.most();
    this.nanos = bounds.longest().toNanos();
    this.until = start + nanos;
  }

  /** What this thread has taken of a processor; the time on the wall where nobody counts that. */
  private static long ofProcessor() {
    return THREADS.isCurrentThreadCpuTimeSupported()
        ? THREADS.getCurrentThreadCpuTime()
        : System.nanoTime();
  }

  /**
   * Fires all rules.
   *
   * @throws RulebookException naming the rule that fired most, or took longest to match, where they
   *     do not come to an end. The engine matches a rule in one go, so that one which is slow to
   *     match is named only when it is through.
   */
  static void fire(Rulebook rulebook, KieSession session, Bounds bounds) {
    fire(rulebook, session, match -> true, bounds);
  }

  /** Fires the rules that a filter lets through, within the shipped bounds. */
  static void fire(Rulebook rulebook, KieSession session, AgendaFilter filter) {
    fire(rulebook, session, filter, Bounds.SHIPPED);
  }

  /** Fires the rules that a filter lets through. */
  static void fire(Rulebook rulebook, KieSession session, AgendaFilter filter, Bounds bounds) {
    Firing firing = new Firing(session, filter, bounds);
    session.fireAllRules(firing);
    firing.judge(rulebook);
  }

  @Override
  public boolean accept(Match match) {
    if (over || !filter.accept(match)) {
      return false;
    }
    String rule = match.getRule().getName();
    long now = System.nanoTime();
    // The engine matches a rule just before it fires it for the first time.
    if (now - before > slowest) {
      slowest = now - before;
      slow = rule;
    }
    before = now;
    // A rule mostly fires for all its matches at once.
    if (!rule.equals(last)) {
      last = rule;
      times = fired.computeIfAbsent(rule, name -> new int[1]);
    }
    times[0]++;
    count++;
    if (count > most || now - until > 0 && tooLong(now)) {
      over = true;
      session.halt();
      return false;
    }
    return true;
  }

  /** Whether it took too long; asked when it must have, if nothing else kept the processor. */
  private boolean tooLong(long now) {
    long left = nanos - (ofProcessor() - startOfProcessor);
    until = now + left;
    return left < 0;
  }

  private void judge(Rulebook rulebook) {
    long now = System.nanoTime();
    long took = now - start;
    if (fired.isEmpty() || !over && (now - until <= 0 || !tooLong(now))) {
      return;
    }
    if (count <= most && slowest > took / 2) {
      throw RulebookException.of(
          rulebook.rule(slow),
          "The rule (%s) ran away: it took %,d ms to match, of %,d ms; a decision may take %,d ms. Maybe its patterns share no binding, so that every combination of facts is tried."
              .formatted(slow, slowest / 1_000_000, took / 1_000_000, nanos / 1_000_000));
    }
    String rule =
        Collections.max(fired.keySet(), Comparator.comparingInt(name -> fired.get(name)[0]));
    throw RulebookException.of(
        rulebook.rule(rule),
        "The rule (%s) ran away: it fired %,d times of %,d in %,d ms; a decision may take %,d firings and %,d ms. Maybe it concludes what it matches itself."
            .formatted(rule, fired.get(rule)[0], count, took / 1_000_000, most, nanos / 1_000_000));
  }
}
