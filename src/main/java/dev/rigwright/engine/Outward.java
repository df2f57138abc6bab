package dev.rigwright.engine;

import dev.rigwright.domain.Breadth;
import dev.rigwright.domain.Conclusion;
import dev.rigwright.domain.Exclusion;
import dev.rigwright.domain.Outcome;
import dev.rigwright.domain.Rejection;
import dev.rigwright.domain.Requirement;
import dev.rigwright.facts.BadInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;

/**
 * Goes outward from the present value of one number of a requirement, and decides again wherever a
 * comparison of the rules turns out otherwise, and nowhere else: between two such values the same
 * rules match the same facts, so that the decision is the same. {@link Comparisons} says how they
 * are found.
 *
 * <p>Where a rule compares or concludes something that cannot be computed outside the engine, every
 * single value is decided for instead, up to {@value #MOST_ONE_BY_ONE} of them; it is said. Where a
 * comparison may turn out otherwise and back again between two values that are looked at ({@link
 * Trends}), what is found is a claim only; {@link #reach} decides for every value as far as it is
 * told to, and says how far that was.
 */
public final class Outward {

  /** So many values are decided for where there is no other way. */
  static final int MOST_ONE_BY_ONE = 2000;

  private final Advisor advisor;
  private final Dial dial;
  private final LongFunction<Requirement> reading;
  private final Map<String, RuleParts> rules;
  private final Trends trends;

  /**
   * A way outward.
   *
   * @param reading the requirement as it would be read with the number at another value, with all
   *     defaults that depend on it
   */
  public Outward(Advisor advisor, Dial dial, LongFunction<Requirement> reading) {
    this.advisor = advisor;
    this.dial = dial;
    this.reading = reading;
    this.rules = RuleParts.of(advisor.rulebook());
    this.trends = new Trends(rules, dial.field());
  }

  /**
   * A decision at a value.
   *
   * @param turning the rules whose comparisons turn there; empty for the first
   */
  public record Point(
      long at, Requirement requirement, Standing standing, SortedSet<String> turning, Facts facts) {

    /** What stands, by pass. */
    record Facts(List<Pass> passes) {}
  }

  /** What a rule says against cards. */
  public record Objection(String rule, String says) {}

  /** What rules say at a point against cards that were recommended at another. */
  public List<Objection> against(Point point, Standing other) {
    Map<String, Objection> against = new TreeMap<>();
    List<Pass> passes = point.facts().passes();
    for (Object fact : passes.get(passes.size() - 1).facts()) {
      boolean barred =
          fact instanceof Exclusion exclusion && other.barred().contains(exclusion.bars())
              || fact instanceof Rejection rejection && rejection.subject().equals(other.id());
      if (barred) {
        Conclusion said = (Conclusion) fact;
        String wording = advisor.rulebook().rule(said.rule()).says();
        against.put(
            said.rule(), new Objection(said.rule(), Wording.render(wording, said.values())));
      }
    }
    return List.copyOf(against.values());
  }

  /** What is done at each value that is decided for. */
  public interface Visit {
    /** Whether to go on. */
    boolean on(Point point);
  }

  /**
   * How far it went.
   *
   * @param reached the last value for which it is known what would be said
   * @param decisions how many were made
   * @param oneByOne rules for which every value had to be tried; empty where none
   * @param each the value up to which every single one was decided for
   * @param unproven rules of which a comparison may turn out otherwise between two values that were
   *     looked at
   */
  public record End(
      long reached,
      int decisions,
      SortedSet<String> oneByOne,
      long each,
      SortedSet<String> unproven) {}

  /**
   * How far the same is recommended.
   *
   * @param last the last value with which it is, as far as is known
   * @param other the decision at the next; null where there is none, or where it was looked no
   *     further
   * @param oneByOne rules for which every value had to be tried, up to the last
   * @param proven the value up to which it is certain: {@code last}, unless there are {@code
   *     unproven}
   * @param unproven rules of which a comparison may turn out otherwise and back again beyond that
   */
  public record Reach(
      long last,
      Point other,
      int decisions,
      SortedSet<String> oneByOne,
      long proven,
      SortedSet<String> unproven) {}

  /**
   * Goes outward until something else is recommended.
   *
   * @param most for so many values is decided in order to prove what was found
   */
  public Reach reach(Point start, boolean up, int most) {
    List<Point> others = new ArrayList<>();
    End end =
        walk(
            start,
            up,
            point -> {
              if (!point.standing().same(start.standing())) {
                others.add(point);
              }
              return others.isEmpty();
            });
    long way = up ? 1 : -1;
    Point other = others.isEmpty() ? null : others.get(0);
    long last = other == null ? end.reached() : other.at() - way;
    int decisions = end.decisions();
    long proven = end.unproven().isEmpty() ? last : end.each();
    if (Math.abs(proven - start.at()) > Math.abs(last - start.at())) {
      proven = last;
    }
    for (int tried = 0; proven != last && tried < most; tried++) {
      Point point = at(proven + way);
      decisions++;
      if (!point.standing().same(start.standing())) {
        other = point;
        last = proven;
      } else {
        proven += way;
      }
    }
    return new Reach(
        last,
        other,
        decisions,
        end.oneByOne(),
        proven,
        proven == last ? new TreeSet<>() : end.unproven());
  }

  /** The decision at a value. */
  public Point at(long value) {
    return at(value, new TreeSet<>());
  }

  private Point at(long value, SortedSet<String> turning) {
    Requirement requirement = reading.apply(value);
    List<Pass> passes = new ArrayList<>();
    Standing standing = null;
    for (Requirement tried : advisor.tried(requirement)) {
      Pass pass = advisor.session(tried, new Breadth(false), session -> Pass.of(tried, session));
      passes.add(pass);
      standing = Standing.of(pass);
      if (standing.verdict() != Outcome.INFEASIBLE) {
        break;
      }
    }
    return new Point(value, requirement, standing, turning, new Point.Facts(passes));
  }

  /**
   * Goes from a point to the end of the dial.
   *
   * @param up whether to larger values
   */
  public End walk(Point start, boolean up, Visit visit) {
    long end = up ? dial.most() : dial.least();
    SortedSet<String> oneByOne = new TreeSet<>();
    SortedSet<String> unproven = new TreeSet<>(dial.few() ? Set.of() : trends.unproven());
    Point base = start;
    long each = start.at();
    long step = 1;
    int decisions = 0;
    while (base.at() != end) {
      Turning turning = new Turning(base);
      Long next = null;
      long checked = base.at();
      while (next == null && checked != end) {
        long left = Math.abs(end - checked);
        checked += (up ? 1 : -1) * Math.min(step, left);
        next = dial.few() ? (Long) (base.at() + (up ? 1 : -1)) : turning.next(checked);
        if (!turning.unreadable.isEmpty()) {
          oneByOne.addAll(turning.unreadable);
          next = base.at() + (up ? 1 : -1);
        }
        if (next == null) {
          step = Math.min(4 * step, 1L << 40);
        }
      }
      unproven.addAll(turning.tooClose);
      if (next == null) {
        return new End(end, decisions, oneByOne, each, unproven);
      }
      if (!oneByOne.isEmpty() && decisions >= MOST_ONE_BY_ONE) {
        return new End(base.at(), decisions, oneByOne, each, unproven);
      }
      step = Math.max(1, Math.abs(next - base.at()));
      if (each == base.at() && step == 1) {
        each = next;
      }
      base = at(next, new TreeSet<>(turning.rules));
      decisions++;
      if (!visit.on(base)) {
        return new End(base.at(), decisions, oneByOne, each, unproven);
      }
    }
    return new End(end, decisions, oneByOne, each, unproven);
  }

  /** Where the comparisons of a point turn. */
  private final class Turning {
    private final Point base;
    private final List<Comparisons> comparisons = new ArrayList<>();
    private final SortedSet<String> rules = new TreeSet<>();
    private final SortedSet<String> unreadable = new TreeSet<>();
    private final SortedSet<String> tooClose = new TreeSet<>();

    Turning(Point base) {
      this.base = base;
      if (!dial.few()) {
        for (Pass pass : base.facts().passes()) {
          Map<Long, Requirement> turned = new HashMap<>();
          Retold retold =
              new Retold(
                  Outward.this.rules,
                  pass,
                  dial.field(),
                  value -> turned.computeIfAbsent(value, v -> dial.turned(pass.requirement(), v)),
                  base.at());
          comparisons.add(new Comparisons(Outward.this.rules, pass, retold, trends, base.at()));
        }
      }
    }

    Long next(long to) {
      Long next = defaults(to);
      for (Comparisons each : comparisons) {
        Long own = each.next(next == null ? to : next);
        unreadable.addAll(each.unreadable());
        tooClose.addAll(each.tooClose());
        if (own != null) {
          if (next == null || !own.equals(next)) {
            rules.clear();
          }
          next = own;
          rules.addAll(each.turning());
        }
      }
      return next;
    }

    /** Where the reader of requirements would put in something else. */
    private Long defaults(long to) {
      if (alike(to)) {
        return null;
      }
      long near = base.at();
      long far = to;
      while (Math.abs(far - near) > 1) {
        long middle = near + (far - near) / 2;
        if (alike(middle)) {
          near = middle;
        } else {
          far = middle;
        }
      }
      return far;
    }

    private boolean alike(long value) {
      Requirement read = reading.apply(value);
      Requirement turned = dial.turned(base.requirement(), value);
      return read.engine() == turned.engine()
          && read.scope() == turned.scope()
          && read.kvCache() == turned.kvCache()
          && read.models().equals(turned.models())
          && read.contextTokens() == turned.contextTokens();
    }
  }

  /**
   * A dial within the values that the reader takes.
   *
   * @param reading refuses the others with a {@link BadInputException}
   */
  public static Dial accepted(Dial dial, LongFunction<Requirement> reading) {
    return dial.gaps()
        ? dial.within(gap(dial, -1, reading), gap(dial, 1, reading))
        : dial.within(
            edge(dial.now(), dial.least(), reading), edge(dial.now(), dial.most(), reading));
  }

  /** The last value before the first that is refused. */
  private static long gap(Dial dial, int way, LongFunction<Requirement> reading) {
    long at = dial.now();
    while (at + way >= dial.least() && at + way <= dial.most() && takes(at + way, reading)) {
      at += way;
    }
    return at;
  }

  private static long edge(long taken, long end, LongFunction<Requirement> reading) {
    if (takes(end, reading)) {
      return end;
    }
    long near = taken;
    long far = end;
    while (Math.abs(far - near) > 1) {
      long middle = near + (far - near) / 2;
      if (takes(middle, reading)) {
        near = middle;
      } else {
        far = middle;
      }
    }
    return near;
  }

  private static boolean takes(long value, LongFunction<Requirement> reading) {
    try {
      reading.apply(value);
      return true;
    } catch (BadInputException refused) {
      return false;
    }
  }
}
