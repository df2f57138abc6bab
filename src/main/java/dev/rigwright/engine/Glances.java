package dev.rigwright.engine;

import dev.rigwright.domain.Finalist;
import dev.rigwright.domain.FitVerdict;
import dev.rigwright.domain.PartChoice;
import dev.rigwright.domain.Pick;
import dev.rigwright.domain.Recommended;
import dev.rigwright.domain.Score;
import dev.rigwright.domain.Shell;
import dev.rigwright.domain.Sizing;
import dev.rigwright.domain.SupplyChoice;
import dev.rigwright.domain.Verdict;
import dev.rigwright.domain.Workload;
import dev.rigwright.rulebook.DecidingRules;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.kie.api.runtime.KieSession;

/**
 * Passes of the rules for those who only ask whether there is an answer, and which machine it is.
 * The rules that warn and advise are a third of the work and nobody hears them; where many ask,
 * they are left out.
 */
final class Glances {

  /** What is looked at, by {@link Glance} and by {@link Assembly#cheapest}. */
  static final Set<Class<?>> WANTED =
      Set.of(
          Verdict.class,
          Pick.class,
          Finalist.class,
          Recommended.class,
          Score.class,
          Shell.class,
          PartChoice.class,
          SupplyChoice.class,
          Sizing.class,
          FitVerdict.class,
          Workload.class);

  /** Copying them takes as long as some hundred passes; a single answer is over before. */
  private static final int WORTH_IT = 200;

  private final DecidingRules rules;
  private final List<Object> catalogue;
  private final Firing.Bounds bounds;
  private final Sessions whole;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile Sessions deciding;
  private volatile boolean retired;

  /**
   * Passes over rules and a catalogue.
   *
   * @param rules those that are enough
   * @param whole sessions of all the rules
   */
  Glances(DecidingRules rules, List<Object> catalogue, Firing.Bounds bounds, Sessions whole) {
    this.rules = rules;
    this.catalogue = catalogue;
    this.bounds = bounds;
    this.whole = whole;
  }

  /** What is made of a session in which facts stand and the rules that decide fired. */
  <T> T with(List<?> facts, Function<KieSession, T> use) {
    if (deciding == null && (rules.copied() || asked.incrementAndGet() == WORTH_IT)) {
      open();
    }
    Sessions sessions = deciding;
    return (sessions == null ? whole : sessions).with(facts, use);
  }

  private synchronized void open() {
    if (deciding == null && !retired) {
      deciding = new Sessions(rules.rulebook(), rules.base(), catalogue, bounds);
    }
  }

  /** Closes what stands idle; whoever still asks is answered. */
  synchronized void retire() {
    retired = true;
    Sessions sessions = deciding;
    if (sessions != null) {
      sessions.retire();
    }
  }
}
