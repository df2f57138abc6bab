package dev.rigwright.engine;

import dev.rigwright.engine.Outward.Point;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The way outward from a point, from one value at which a comparison turns to the next. Where two
 * ends do not say what is between them, estimates are watched on the way; that it is not certain
 * what was passed over is said.
 */
final class Walk {

  /** For each value that may be decided for, so many may be watched. */
  private static final int WATCHED_PER_DECISION = 500;

  /** What is done at each value that is decided for. */
  interface Visit {
    /** Whether to go on. */
    boolean on(Point point);
  }

  /**
   * How far it went.
   *
   * @param reached the last value for which it is known what would be said
   * @param decisions how many were made
   * @param oneByOne rules for which every value had to be tried; empty where none
   * @param certain the value up to which nothing was passed over
   * @param unproven rules of which a comparison may turn out otherwise between two values that were
   *     looked at
   */
  record End(
      long reached,
      int decisions,
      SortedSet<String> oneByOne,
      long certain,
      SortedSet<String> unproven) {}

  private final Outward outward;
  private final long way;
  private final SortedSet<String> oneByOne = new TreeSet<>();
  private final SortedSet<String> doubtful = new TreeSet<>();
  private Point base;
  private long certain;
  private long watches;
  private long returns;
  private long step = 1;
  private int decisions;

  /**
   * A way.
   *
   * @param most where estimates have to be watched, it is for as many values as take about as long
   *     as so many decisions
   */
  Walk(Outward outward, Point start, boolean up, int most) {
    this.outward = outward;
    this.way = up ? 1 : -1;
    this.base = start;
    this.certain = start.at();
    this.watches = (long) most * WATCHED_PER_DECISION;
    this.returns = most;
    if (!outward.watching()) {
      doubtful.addAll(outward.unproven());
    }
  }

  /**
   * Goes on, from where it ended before.
   *
   * @param end where it ends at the latest
   */
  End go(long end, Visit visit) {
    while (base.at() != end) {
      Turning turning = new Turning(outward, base);
      Long next = null;
      long checked = base.at();
      while (next == null && checked != end) {
        long to = checked + way * Math.min(step, Math.abs(end - checked));
        if (outward.dial().few()) {
          next = base.at() + way;
        } else {
          next = next(turning, checked, to);
          checked = to;
        }
        oneByOne.addAll(turning.unreadable());
        if (!turning.unreadable().isEmpty()) {
          next = base.at() + way;
        }
        doubtful.addAll(turning.tooClose());
        if (next == null) {
          step = Math.min(4 * step, 1L << 40);
          certain = doubtful.isEmpty() ? checked : certain;
        }
      }
      if (next == null) {
        return ended(end);
      }
      if (!oneByOne.isEmpty() && decisions >= Outward.MOST_ONE_BY_ONE) {
        return ended(base.at());
      }
      step = Math.max(1, Math.abs(next - base.at()));
      if (doubtful.isEmpty() || certain == base.at() && step == 1) {
        certain = next;
      }
      base = outward.at(next, new TreeSet<>(turning.rules()));
      decisions++;
      if (!visit.on(base)) {
        return ended(base.at());
      }
    }
    return ended(end);
  }

  private End ended(long reached) {
    return new End(reached, decisions, oneByOne, certain, doubtful);
  }

  /** The next value to decide for, looking on from one value to another; null for none. */
  private Long next(Turning turning, long from, long to) {
    Long first = turning.next(to);
    boolean seen = first != null && Math.abs(first - base.at()) <= Math.abs(from - base.at());
    if (seen || !outward.watching() || !doubtful.isEmpty()) {
      // What is seen only from further out turns nothing: it was taken to be open, not more.
      return first;
    }
    long until = first == null ? to : first;
    long far = Math.min(watches, Math.abs(until - from));
    watches -= far;
    Long back = far == 0 ? null : turning.turnsBack(from + way * far);
    if (back == null && from + way * far != until) {
      long sure = from + way * far;
      Long within = far == 0 ? null : turning.next(sure);
      return within != null ? within : doubt(sure, turning.next(to));
    }
    if (back != null && --returns < 0) {
      return doubt(base.at(), first);
    }
    if (back == null && first == null) {
      return null;
    }
    // Two ends say what is between them only as far as each figure goes one way.
    long next = back == null ? first : back;
    Long before = next == base.at() + way ? null : turning.next(next - way);
    if (before == null && back != null) {
      turning.rules().clear();
    }
    return before == null ? (Long) next : before;
  }

  /** Watches no more: what is found from here on is not certain. */
  private Long doubt(long sure, Long found) {
    certain = sure;
    doubtful.addAll(outward.unproven());
    return found;
  }
}
