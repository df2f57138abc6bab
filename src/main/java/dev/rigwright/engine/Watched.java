package dev.rigwright.engine;

import dev.rigwright.domain.CardLoad;
import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.PolicyFigures;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Sizing;
import dev.rigwright.domain.Workload;
import dev.rigwright.estimate.Speed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;

/**
 * Memory and speed on all cards of a pass, estimated for every value of a number from the present
 * one outward, as long as the same rules match. With each value a model may be placed otherwise, so
 * that of no figure can it be said beforehand which way it goes; but it can be looked at, much
 * faster than a decision is made. Up to where a figure turns back, or the kind of split changes,
 * each goes one way, so that what compares it turns at most once.
 */
final class Watched {

  /** What of an estimate rules may compare, each by itself; not a number where it is unknown. */
  private static final Map<String, ToDoubleFunction<Sizing>> FIGURES =
      Map.ofEntries(
          Map.entry("kvCacheBytes", Sizing::kvCacheBytes),
          Map.entry("overheadBytes", Sizing::overheadBytes),
          Map.entry("needBytes", Sizing::needBytes),
          Map.entry("needGib", Sizing::needGib),
          Map.entry("leftBytes", Sizing::leftBytes),
          Map.entry("missingBytes", Sizing::missingBytes),
          Map.entry("missingGib", Sizing::missingGib),
          Map.entry("marginPercent", Sizing::marginPercent),
          Map.entry("tokensPerSecond", one -> known(one.tokensPerSecond())),
          Map.entry("totalTokensPerSecond", one -> known(one.totalTokensPerSecond())),
          Map.entry("promptTokensPerSecond", one -> known(one.promptTokensPerSecond())),
          Map.entry("firstTokenSeconds", one -> known(one.firstTokenSeconds())),
          Map.entry("lastFirstTokenSeconds", one -> known(one.lastFirstTokenSeconds())),
          Map.entry("fullContextTokensPerSecond", one -> known(one.fullContextTokensPerSecond())));

  /** What stays as long as no split changes. */
  private static final Set<String> STAYS =
      Set.of("cards", "gpu", "count", "weightsBytes", "availableBytes", "availableGib", "split");

  /** What hangs on the memory of each card, and on nothing else of the cards. */
  static final Set<String> MEMORY =
      Set.of(
          "kvCacheBytes",
          "overheadBytes",
          "needBytes",
          "needGib",
          "leftBytes",
          "missingBytes",
          "missingGib",
          "marginPercent");

  private static final List<ToDoubleFunction<Sizing>> ALL = List.copyOf(FIGURES.values());

  private final List<Course> courses = new ArrayList<>();
  private final Retold retold;
  private long at;

  /**
   * The estimates of a pass.
   *
   * @param requirement the pass's own with another value
   * @param from the value that they stand for
   */
  Watched(
      Map<String, RuleParts> rules,
      Pass pass,
      String field,
      LongFunction<Requirement> requirement,
      long from) {
    this.retold = new Retold(rules, pass, field, requirement, from);
    this.at = from;
    for (Object fact : pass.facts()) {
      if (fact instanceof Sizing sizing) {
        courses.add(new Course(sizing, retold.arguments(fact)));
      }
    }
  }

  /** How a part of an estimate follows a number, between two places where one turns back. */
  static Trend trend(String part) {
    return STAYS.contains(part)
        ? Trend.CONSTANT
        : FIGURES.containsKey(part) ? Trend.ONE_WAY : Trend.UNKNOWN;
  }

  /** Whether two estimates of one workload have the same figure whatever the number is. */
  static boolean inStep(Sizing one, Sizing other, String figure) {
    return MEMORY.contains(figure)
        && one.count() == other.count()
        && one.onCards().size() == one.count()
        && room(one).equals(room(other));
  }

  private static List<Long> room(Sizing sizing) {
    return sizing.onCards().stream().map(CardLoad::availableBytes).toList();
  }

  private static double known(Double figure) {
    return figure == null ? Double.NaN : figure;
  }

  /**
   * Goes on to a value, looking at each.
   *
   * @return the first at which a figure turns back or a split changes; null where there is none
   */
  Long turnsBack(long to) {
    long way = Long.signum(to - at);
    while (at != to) {
      at += way;
      retold.forget();
      for (Course course : courses) {
        if (!course.goesOn()) {
          return at;
        }
      }
    }
    return null;
  }

  /** One estimate, as far as it was watched. */
  private final class Course {
    private final Sizing fact;
    private final Object[] from;
    private final double[] last = new double[ALL.size()];
    private final int[] ways = new int[ALL.size()];

    /**
     * The course of an estimate.
     *
     * @param from what it was made from; null where that is not plain
     */
    Course(Sizing fact, Object[] from) {
      this.fact = fact;
      this.from = from;
      for (int i = 0; i < last.length; i++) {
        last[i] = ALL.get(i).applyAsDouble(fact);
      }
    }

    /** The estimate; null where there is none. */
    private Sizing now() {
      return from != null
              && retold.at(from[3], at) instanceof Workload workload
              && retold.at(from[4], at) instanceof Requirement requirement
          ? Speed.size(
              (String) from[0],
              (Gpu) from[1],
              (Integer) from[2],
              workload,
              requirement,
              (PolicyFigures) from[5])
          : null;
    }

    /** Whether each figure goes the way that it went, and the rest stays. */
    boolean goesOn() {
      Sizing now = now();
      if (now == null || now.split() != fact.split()) {
        return false;
      }
      for (int i = 0; i < last.length; i++) {
        double figure = ALL.get(i).applyAsDouble(now);
        if (Double.isNaN(figure) != Double.isNaN(last[i])) {
          return false;
        }
        int way = figure > last[i] ? 1 : figure < last[i] ? -1 : 0;
        if (way != 0) {
          if (ways[i] == -way) {
            return false;
          }
          ways[i] = way;
        }
        last[i] = figure;
      }
      return true;
    }
  }
}
