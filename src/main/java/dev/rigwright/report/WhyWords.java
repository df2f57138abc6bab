package dev.rigwright.report;

import dev.rigwright.audit.Why;
import dev.rigwright.audit.Why.Check;
import dev.rigwright.audit.Why.Row;
import dev.rigwright.audit.Why.Source;
import dev.rigwright.audit.Why.Statement;
import dev.rigwright.audit.Why.Step;
import dev.rigwright.audit.Why.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The words of a proof, the same in every format. */
public final class WhyWords {

  /** What comes before the conclusions on a claim. */
  static final String COMPUTED =
      "Computed of it from the catalogue, before anybody asked (rules/claims):";

  /** A text of a row, such as a claim, is told by the row itself. */
  private static final int LONGEST = 60;

  private WhyWords() {}

  /** What was asked. */
  public static String title(Why why) {
    String ends =
        why.gpus().isEmpty()
            ? why.verdict().word()
            : "%s, %s at %s"
                .formatted(
                    why.verdict().word(), Prose.cards(why.gpus()), Prose.usd(why.totalUsd()));
    return why.about() == null
        ? "Why %s ends so: %s".formatted(why.decisionId(), ends)
        : "Why %s says so of %s (it ends: %s)".formatted(why.decisionId(), why.about(), ends);
  }

  /** What was refused where nothing could be recommended. */
  public static String refused(Why why) {
    List<String> each = new ArrayList<>();
    why.refused().forEach((rule, count) -> each.add("%s %s".formatted(rule, Prose.number(count))));
    return "Refused, by rule: %s. Ask --about RULE, or why-not for a card."
        .formatted(String.join(", ", each));
  }

  /** What a statement is called. */
  public static String name(Statement statement) {
    return Measure.type(statement.type())
        + (statement.name().isEmpty() ? "" : " " + statement.name());
  }

  /** A statement on one line. */
  public static String heading(Statement statement) {
    String name = name(statement);
    String said = statement.says() == null ? values(statement.values()) : statement.says();
    String from =
        switch (statement.origin()) {
          case ASKED -> ", as asked";
          case SETTING -> ", a setting: candidates that cannot matter are left out";
          case ROW, CONCLUDED -> "";
        };
    return name + from + (said.isEmpty() ? "" : ": " + said);
  }

  private static String values(List<Value> values) {
    return String.join(
        ", ",
        values.stream().map(value -> Measure.words(value.name()) + " " + shown(value)).toList());
  }

  private static String shown(Value value) {
    String shown = Measure.of(value.field(), value.value());
    return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST - 2) + " …";
  }

  /** A rule's source; a claim with its text and status. */
  public static String source(Source source) {
    return source.says() == null
        ? "Source " + source.name()
        : "Source %s, %s: %s".formatted(source.name(), source.status(), source.says());
  }

  /** An element of a condition, with the word that says how it is meant. */
  public static String element(Step step) {
    return switch (step.kind()) {
      case MATCHED, GATHERED -> step.pattern();
      case PRESENT -> "some " + step.pattern();
      case ABSENT -> "no " + step.pattern();
    };
  }

  /** What an element of a condition was tried on, and how it came out. */
  public static String values(Step step) {
    Set<String> values = new LinkedHashSet<>();
    for (Check check : step.checks()) {
      told(check).forEach(value -> values.add(value.name() + " is " + shown(value)));
    }
    step.bound().forEach(value -> values.add(value.name() + " is " + shown(value)));
    String all = String.join(", ", values);
    String given = all.isEmpty() ? "" : " (" + all + ")";
    return switch (step.kind()) {
      case MATCHED -> all;
      case PRESENT ->
          "One at least is there%s; of %s %s in all, one is named"
              .formatted(given, Prose.number(step.standing()), step.type());
      case ABSENT ->
          step.standing() == 0
              ? "Rests on absence: no %s stands at all%s".formatted(step.type(), given)
              : "Rests on absence: %s%s"
                  .formatted(
                      step.standing() == 1
                          ? "the one %s that stands is not so".formatted(step.type())
                          : "none of the %s %s that stand is so"
                              .formatted(Prose.number(step.standing()), step.type()),
                      given);
      case GATHERED ->
          "Gathered from %s of %s %s that stand%s"
              .formatted(
                  Prose.number(step.facts().size()),
                  Prose.number(step.standing()),
                  step.type(),
                  given);
    };
  }

  /** Of two sides that are equal, as the constraint asks, one is enough. */
  private static List<Value> told(Check check) {
    List<Value> values = check.values();
    boolean same =
        values.size() == 2
            && values.get(0).value() != null
            && values.get(0).value().equals(values.get(1).value());
    return same ? values.subList(0, 1) : values;
  }

  /** What stood in for fields that the requirement left open. */
  public static List<String> assumed(Step step) {
    List<String> lines = new ArrayList<>();
    step.assumed()
        .forEach((field, because) -> lines.add("%s was left open: %s".formatted(field, because)));
    return lines;
  }

  /** Where a fact is written down. */
  public static String row(Row row) {
    StringBuilder text = new StringBuilder(row.file());
    if (!row.row().isEmpty()) {
      text.append(", ").append(row.row());
    }
    if (row.asOf() != null) {
      text.append(", of ").append(row.asOf());
    }
    if (row.confidence() != null) {
      text.append(", confidence ").append(row.confidence());
    }
    text.append(row.source() == null ? "" : ": " + row.source());
    return text + (row.note() == null ? "" : ". " + Prose.sentence(Prose.capital(row.note())));
  }

  /** The same of many rows. */
  public static String rows(List<Row> rows) {
    String oldest =
        rows.stream().map(Row::asOf).filter(day -> day != null).sorted().findFirst().orElse("?");
    String newest =
        rows.stream()
            .map(Row::asOf)
            .filter(day -> day != null)
            .reduce(oldest, (one, other) -> one.compareTo(other) > 0 ? one : other);
    return "%d rows of %s, of %s to %s; --format json has each with its source"
        .formatted(rows.size(), rows.get(0).file(), oldest, newest);
  }
}
