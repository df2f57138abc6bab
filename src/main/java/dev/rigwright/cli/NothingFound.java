package dev.rigwright.cli;

import dev.rigwright.audit.DecisionLog;
import dev.rigwright.audit.Filter;
import dev.rigwright.audit.Recorded;
import dev.rigwright.facts.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What commands that look for records say where there is none: what was asked for, what the log
 * holds, and what to ask for instead. The list is empty, and nothing went wrong.
 */
final class NothingFound {

  private NothingFound() {}

  /**
   * Says it on standard error.
   *
   * @param asked as it was written, such as {@code --since 2027-01-01}; empty where all was wanted
   */
  static void say(CommandSpec spec, DecisionLog log, Filter filter, List<String> asked) {
    spec.commandLine().getErr().println(message(log, filter, asked));
  }

  private static String message(DecisionLog log, Filter filter, List<String> asked) {
    Optional<Recorded> newest = log.head();
    if (newest.isEmpty()) {
      return "Nothing is recorded in %s yet. Maybe another log was meant; name it with --log."
          .formatted(log.file());
    }
    Recorded last = newest.get();
    return String.format(
        Locale.ROOT,
        "None of the %,d records in %s is like that (%s); the newest is #%d of %s. Maybe %s.",
        log.size(),
        log.file(),
        String.join(" ", asked),
        last.sequence(),
        last.recordedAt(),
        instead(log, filter, last.recordedAt()));
  }

  /** What to ask for instead: of all that was asked for, what no record can be like. */
  private static String instead(DecisionLog log, Filter filter, String newest) {
    if (filter.since() != null
        && filter.until() != null
        && filter.since().compareTo(filter.until()) >= 0) {
      return "--since and --until were meant the other way round";
    }
    if (filter.since() != null && filter.since().compareTo(newest) > 0) {
      return "an earlier time was meant, such as --since " + newest.substring(0, 10);
    }
    List<String> near = new ArrayList<>(near(filter.card(), log::cards));
    near.addAll(near(filter.rule(), log::rules));
    return near.isEmpty() ? "ask for less" : String.join(" or ", near) + " was meant";
  }

  private static List<String> near(String asked, Supplier<List<String>> there) {
    List<String> known = asked == null ? List.of() : there.get();
    return known.isEmpty() || known.contains(asked.toLowerCase(Locale.ROOT))
        ? List.of()
        : Names.near(asked, known);
  }
}
