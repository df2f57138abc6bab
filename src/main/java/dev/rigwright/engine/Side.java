package dev.rigwright.engine;

import dev.rigwright.engine.Outward.Point;
import dev.rigwright.engine.Walk.End;
import java.util.function.Predicate;

/** The search for the nearest value at which something is so, on one side of the present one. */
final class Side {
  private final Outward outward;
  private final Dial dial;
  private final Point start;
  private final boolean up;
  private final Walk walk;
  private End end;
  private Point point;
  private long certain;
  private int decisions;

  Side(Outward outward, Point start, boolean up, int most) {
    this.outward = outward;
    this.dial = outward.dial();
    this.start = start;
    this.up = up;
    this.walk = new Walk(outward, start, up, most);
  }

  /** Goes on to a value, or to the first before it at which it is so. */
  void to(long until, Predicate<Standing> wanted) {
    end =
        walk.go(
            until,
            at -> {
              point = wanted.test(at.standing()) ? at : null;
              return point == null;
            });
    decisions = end.decisions();
    certain = end.unproven().isEmpty() ? end.reached() : end.certain();
    if (point != null && certain == point.at()) {
      certain -= up ? 1 : -1;
    }
  }

  Point nearest(Side other) {
    return point == null || other.point != null && far(other.point.at()) < far(point.at())
        ? other.point
        : point;
  }

  private long far(long value) {
    return Math.abs(value - start.at());
  }

  /** What was found on this side; null for nothing. */
  Point point() {
    return point;
  }

  /** The value up to which it is certain that nothing was missed. */
  long certain() {
    return certain;
  }

  int decisions() {
    return decisions;
  }

  /** Whether there is nothing more to look for: it was found, or here it ends. */
  boolean done() {
    return point != null || end.reached() == (up ? dial.most() : dial.least()) || stuck();
  }

  /** Whether every value had to be tried, and no more are. */
  private boolean stuck() {
    return !end.oneByOne().isEmpty() && decisions >= Outward.MOST_ONE_BY_ONE;
  }

  /** How the way ended. */
  End end() {
    return end;
  }

  /** Whether all values of this side are certain that are nearer than one. */
  boolean covers(Point nearest) {
    return certain == (up ? dial.most() : dial.least())
        || nearest != null && far(certain) >= far(nearest.at()) - 1;
  }

  /** Decides for the next value that is not certain; says whether there was one. */
  boolean decide(Side other, Predicate<Standing> wanted) {
    if (end.unproven().isEmpty() || covers(nearest(other))) {
      return false;
    }
    Point next = outward.at(certain + (up ? 1 : -1));
    decisions++;
    if (wanted.test(next.standing())) {
      point = next;
    } else {
      certain = next.at();
    }
    return true;
  }
}
