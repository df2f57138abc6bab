package dev.rigwright.cli;

import dev.rigwright.audit.DecisionLog;
import dev.rigwright.audit.Filter;
import dev.rigwright.domain.Outcome;
import dev.rigwright.facts.BadInputException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Which records are wanted. */
final class FilterOptions {

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "From this day (2026-11-23) or moment (2026-11-23T09:30:00Z) on, UTC.")
  private String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Up to the end of this day, or before this moment, UTC.")
  private String until;

  @Option(
      names = "--requirement",
      paramLabel = "ID",
      description = "Only decisions on the requirement of this id.")
  private String requirement;

  @Option(
      names = "--card",
      paramLabel = "GPU",
      description = "Only decisions that recommend this card; its id in the catalogue.")
  private String card;

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      description = "Only decisions that cite this rule.")
  private String rule;

  @Option(
      names = "--verdict",
      paramLabel = "VERDICT",
      description = "Only decisions of this verdict: recommended, keep, infeasible.")
  private String verdict;

  /** The filter, with words beside it. */
  Filter filter(List<String> words) {
    return new Filter(
        moment("--since", since, 0),
        moment("--until", until, 1),
        requirement,
        card,
        rule,
        verdict(),
        words);
  }

  /** What was asked for, as it was written. */
  List<String> written(List<String> words) {
    List<String> written = new ArrayList<>();
    add(written, "--since", since);
    add(written, "--until", until);
    add(written, "--requirement", requirement);
    add(written, "--card", card);
    add(written, "--rule", rule);
    add(written, "--verdict", verdict);
    written.addAll(words);
    return written;
  }

  private static void add(List<String> written, String option, String value) {
    if (value != null) {
      written.add(option);
      written.add(value);
    }
  }

  private String verdict() {
    if (verdict == null) {
      return null;
    }
    String word = verdict.strip().toLowerCase(Locale.ROOT);
    List<String> known = Arrays.stream(Outcome.values()).map(Outcome::word).toList();
    if (!known.contains(word)) {
      throw new BadInputException(
          "",
          "There is no verdict (%s). Maybe one of these was meant: %s."
              .formatted(verdict, String.join(", ", known)));
    }
    return word;
  }

  /**
   * A moment as the log writes it.
   *
   * @param days how many days after the beginning of a day that is named alone
   */
  static String moment(String option, String text, int days) {
    if (text == null) {
      return null;
    }
    try {
      return DecisionLog.moment(
          text.length() == 10
              ? LocalDate.parse(text).plusDays(days).atStartOfDay().toInstant(ZoneOffset.UTC)
              : Instant.parse(text.toUpperCase(Locale.ROOT)));
    } catch (DateTimeException noTime) {
      throw new BadInputException(
          "",
          "%s %s is no day and no moment. Maybe 2026-11-23, or 2026-11-23T09:30:00Z, was meant."
              .formatted(option, text));
    }
  }
}
