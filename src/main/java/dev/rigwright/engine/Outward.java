package dev.rigwright.engine;

import dev.rigwright.domain.Breadth;
import dev.rigwright.domain.Conclusion;
import dev.rigwright.domain.Exclusion;
import dev.rigwright.domain.Outcome;
import dev.rigwright.domain.Rejection;
import dev.rigwright.domain.Requirement;
import dev.rigwright.facts.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/**
 * Goes outward from the present value of one number of a requirement, and decides again wherever a
 * comparison of the rules turns out otherwise, and nowhere else: between two such values the same
 * rules match the same facts, so that the decision is the same. {@link Comparisons} says how they
 * are found.
 *
 * <p>Where a rule compares or concludes something that cannot be computed outside the engine, every
 * single value is decided for instead, up to {@value #MOST_ONE_BY_ONE} of them; it is said. Where a
 * comparison may turn out otherwise and back again between two values that are looked at ({@link
 * Trends}), the estimates that it rests on are watched value by value ({@link Watched}). Where that
 * is not enough, or goes too far, what is found is a claim only; {@link #reach} and {@link
 * #nearest} decide for every value as far as they are told to, and say how far that was.
 */
public final class Outward {

  /** So many values are decided for where there is no other way. */
  static final int MOST_ONE_BY_ONE = 2000;

  /** So far it is looked on each side for the nearest value, and so many times as far then. */
  private static final long FIRST_LOOK = 64;

  private static final long FURTHER = 8;

  private final Advisor advisor;
  private final Dial dial;
  private final LongFunction<Requirement> reading;
  private final Map<String, RuleParts> rules;
  private final Trends trends;
  private final boolean watching;
  private final SortedSet<String> unproven;

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
    Trends plain = new Trends(rules, dial.field(), false);
    Trends watched = new Trends(rules, dial.field(), true);
    this.unproven = dial.few() ? new TreeSet<>() : plain.unproven();
    this.watching = !unproven.isEmpty() && watched.unproven().isEmpty();
    this.trends = watching ? watched : plain;
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

  Dial dial() {
    return dial;
  }

  /** The requirement as it would be read at another value. */
  LongFunction<Requirement> reading() {
    return reading;
  }

  Map<String, RuleParts> rules() {
    return rules;
  }

  Trends trends() {
    return trends;
  }

  /** Whether estimates have to be watched, and whether that is enough. */
  boolean watching() {
    return watching;
  }

  /** Rules of which, unless estimates are watched, two ends do not say what is between them. */
  SortedSet<String> unproven() {
    return unproven;
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
    Walk.End end =
        new Walk(this, start, up, most)
            .go(
                up ? dial.most() : dial.least(),
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
    long proven = end.unproven().isEmpty() ? last : end.certain();
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

  Point at(long value, SortedSet<String> turning) {
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
   * The nearest value at which something is so.
   *
   * @param point the decision there; null where there is no such value
   * @param from at no value from here to {@code to} is it so, but at that of the point: certain
   * @param oneByOne rules for which every value had to be tried, so that it was looked no further
   * @param unproven rules of which a comparison may turn out otherwise and back again at a value
   *     that is nearer and not certain; empty where there is none
   */
  public record Nearest(
      Point point,
      long from,
      long to,
      int decisions,
      SortedSet<String> oneByOne,
      SortedSet<String> unproven) {}

  /**
   * Looks for the nearest value at which something is so, on both sides; of two that are as near,
   * for the larger.
   *
   * @param most for so many values on each side is decided in order to prove what was found
   */
  public Nearest nearest(Point start, Predicate<Standing> wanted, int most) {
    if (wanted.test(start.standing())) {
      return new Nearest(start, start.at(), start.at(), 0, new TreeSet<>(), new TreeSet<>());
    }
    Side above = new Side(this, start, true, most);
    Side below = new Side(this, start, false, most);
    long far = FIRST_LOOK;
    while (true) {
      // What is found on one side says how far to look on the other.
      above.to(Math.min(dial.most(), start.at() + far), wanted);
      boolean nearer = above.point() != null;
      below.to(
          Math.max(
              dial.least(), nearer ? 2 * start.at() - above.point().at() + 1 : start.at() - far),
          wanted);
      if (nearer || below.point() != null || above.done() && below.done()) {
        break;
      }
      far *= FURTHER;
    }
    boolean again = true;
    for (int tried = 0; tried < most && again; tried++) {
      again = above.decide(below, wanted) | below.decide(above, wanted);
    }
    Point nearest = above.nearest(below);
    SortedSet<String> oneByOne = new TreeSet<>();
    SortedSet<String> unproven = new TreeSet<>();
    for (Side side : List.of(above, below)) {
      if (!side.covers(nearest)) {
        oneByOne.addAll(side.end().oneByOne());
        unproven.addAll(side.end().unproven());
      }
    }
    return new Nearest(
        nearest,
        below.certain(),
        above.certain(),
        above.decisions() + below.decisions(),
        oneByOne,
        unproven);
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
