package dev.rigwright.report;

import dev.rigwright.audit.Why;
import dev.rigwright.audit.Why.Origin;
import dev.rigwright.audit.Why.Reason;
import dev.rigwright.audit.Why.Row;
import dev.rigwright.audit.Why.Source;
import dev.rigwright.audit.Why.Statement;
import dev.rigwright.audit.Why.Step;
import dev.rigwright.report.Page.Look;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A proof as a person reads it: each statement once, with the rule behind it and what the rule
 * matched; below it, further in, what that rests on.
 */
public final class WhyText {

  /** How far down a proof is written out where nobody asks for more. */
  public static final int DEPTH = 3;

  private static final int MOST_ROWS = 4;
  private static final int MOST_GROUNDS = 3;
  private static final int STEP = 4;
  private static final int WIDEST_INDENT = 44;

  private final Why why;
  private final int depth;
  private final Page page;
  private final Set<Integer> told = new HashSet<>();
  private final Set<Integer> left = new LinkedHashSet<>();

  private WhyText(Why why, int depth, TextReport.Style style) {
    this.why = why;
    this.depth = depth;
    this.page = new Page(style.width(), style.colour());
  }

  /**
   * The text.
   *
   * @param depth how many conclusions deep; what lies deeper is named
   */
  public static String of(Why why, int depth, TextReport.Style style) {
    return new WhyText(why, depth, style).text();
  }

  private String text() {
    page.paragraph("", "  ", WhyWords.title(why), Look.BOLD);
    for (int root : why.roots()) {
      page.blank();
      statement(root, 0);
    }
    page.blank();
    if (why.left() > 0) {
      page.paragraph(
          "",
          "  ",
          "And %s more of the same; name a card to have its own."
              .formatted(Prose.number(why.left())),
          Look.PLAIN);
    }
    if (why.about() == null && !why.refused().isEmpty()) {
      page.paragraph("", "  ", WhyWords.refused(why), Look.PLAIN);
    }
    left.removeAll(told);
    if (!left.isEmpty()) {
      page.paragraph(
          "",
          "  ",
          "Not written out: %s. --depth %d goes one deeper, --all goes to the end."
              .formatted(numbers(left), depth + 1),
          Look.PLAIN);
    }
    return page.toString();
  }

  private static String numbers(Set<Integer> numbers) {
    return String.join(", ", numbers.stream().map(number -> "[" + number + "]").toList());
  }

  private void statement(int number, int level) {
    Statement statement = why.statement(number);
    String indent = " ".repeat(Math.min(WIDEST_INDENT, STEP * level));
    String mark = "[" + number + "] ";
    String hanging = indent + " ".repeat(mark.length());
    if (!told.add(number)) {
      page.paragraph(indent + mark, hanging, WhyWords.name(statement) + ", told above", Look.DIM);
      return;
    }
    page.paragraph(indent + mark, hanging, WhyWords.heading(statement), Look.BOLD);
    String inner = indent + "  ";
    if (level >= depth && statement.origin() == Origin.CONCLUDED) {
      told.remove(number);
      left.add(number);
      page.paragraph(inner, inner + "  ", rules(statement) + ", not written out", Look.DIM);
      return;
    }
    rows(statement, inner);
    if (!statement.computed().isEmpty()) {
      page.paragraph(inner, inner, WhyWords.COMPUTED, Look.PLAIN);
      statement.computed().forEach(computed -> statement(computed, level + 1));
    }
    reasons(statement, inner, level);
  }

  private void reasons(Statement statement, String indent, int level) {
    List<Reason> reasons = statement.reasons();
    for (int i = 0; i < reasons.size(); i++) {
      boolean further = i >= MOST_GROUNDS && depth != Integer.MAX_VALUE;
      if (further) {
        page.paragraph(
            indent,
            indent + "  ",
            "And %d more grounds, each enough alone; --all has them".formatted(reasons.size() - i),
            Look.DIM);
        return;
      }
      if (reasons.size() > 1) {
        page.paragraph(
            indent,
            indent,
            "Ground %d of %d, each enough alone:".formatted(i + 1, reasons.size()),
            Look.PLAIN);
      }
      reason(reasons.get(i), indent, level);
    }
  }

  private static String rules(Statement statement) {
    return "By "
        + String.join(
            " and ",
            statement.reasons().stream().map(reason -> reason.rule().id()).distinct().toList());
  }

  private void reason(Reason reason, String indent, int level) {
    String hanging = indent + "  ";
    page.paragraph(
        indent,
        hanging,
        "Rule %s, %s:%d".formatted(reason.rule().id(), reason.rule().file(), reason.rule().line()),
        Look.PLAIN);
    page.paragraph(hanging, hanging, Prose.sentence(reason.rule().because()), Look.PLAIN);
    for (Source source : reason.rule().sources()) {
      page.paragraph(hanging, hanging + "  ", WhyWords.source(source), Look.DIM);
    }
    for (Step step : reason.steps()) {
      page.paragraph(indent + "- ", hanging, WhyWords.element(step), Look.PLAIN);
      String values = WhyWords.values(step);
      if (!values.isEmpty()) {
        page.paragraph(hanging, hanging, values, Look.PLAIN);
      }
      for (String assumed : WhyWords.assumed(step)) {
        page.paragraph(hanging, hanging, assumed, Look.PLAIN);
      }
      for (int fact : step.facts()) {
        statement(fact, level + 1);
      }
    }
  }

  private void rows(Statement statement, String indent) {
    List<Row> rows = statement.rows();
    if (rows.size() > MOST_ROWS) {
      page.paragraph(indent, indent + "  ", WhyWords.rows(rows), Look.DIM);
      return;
    }
    rows.forEach(row -> page.paragraph(indent, indent + "  ", WhyWords.row(row), Look.DIM));
  }
}
