package dev.rigwright.engine;

import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Outward.Point;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Where the comparisons of a point turn. */
final class Turning {
  private final Outward outward;
  private final Point base;
  private final List<Comparisons> comparisons = new ArrayList<>();
  private final List<Watched> estimates = new ArrayList<>();
  private final SortedSet<String> rules = new TreeSet<>();
  private final SortedSet<String> unreadable = new TreeSet<>();
  private final SortedSet<String> tooClose = new TreeSet<>();

  Turning(Outward outward, Point base) {
    this.outward = outward;
    Dial dial = outward.dial();
    this.base = base;
    if (!dial.few()) {
      for (Pass pass : base.facts().passes()) {
        Map<Long, Requirement> turned = new HashMap<>();
        Retold retold =
            new Retold(
                outward.rules(),
                pass,
                dial.field(),
                value -> turned.computeIfAbsent(value, v -> dial.turned(pass.requirement(), v)),
                base.at());
        comparisons.add(
            new Comparisons(outward.rules(), pass, retold, outward.trends(), base.at()));
        if (outward.watching()) {
          estimates.add(
              new Watched(
                  outward.rules(),
                  pass,
                  dial.field(),
                  value -> dial.turned(pass.requirement(), value),
                  base.at()));
        }
      }
    }
  }

  /** The rules whose comparisons turn at the value that was found last. */
  SortedSet<String> rules() {
    return rules;
  }

  /** Rules that compare or conclude what cannot be computed here. */
  SortedSet<String> unreadable() {
    return unreadable;
  }

  /** Rules that compare values which could not be told apart when it was looked last. */
  SortedSet<String> tooClose() {
    return tooClose;
  }

  /** The first value, on the way to another, at which an estimate turns back; null for none. */
  Long turnsBack(long to) {
    Long first = null;
    for (Watched each : estimates) {
      Long own = each.turnsBack(first == null ? to : first);
      first = own == null ? first : own;
    }
    return first;
  }

  /** The next value, on the way to another, at which a comparison turns; null for none. */
  Long next(long to) {
    tooClose.clear();
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
    Requirement read = outward.reading().apply(value);
    Requirement turned = outward.dial().turned(base.requirement(), value);
    return read.engine() == turned.engine()
        && read.scope() == turned.scope()
        && read.kvCache() == turned.kvCache()
        && read.models().equals(turned.models())
        && read.contextTokens() == turned.contextTokens();
  }
}
