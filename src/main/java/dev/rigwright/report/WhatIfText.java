package dev.rigwright.report;

import dev.rigwright.audit.WhatIf;
import dev.rigwright.audit.WhatIf.Cause;
import dev.rigwright.audit.WhatIf.Change;
import dev.rigwright.audit.WhatIf.Refusal;
import dev.rigwright.audit.WhatIf.Row;
import dev.rigwright.audit.WhatIf.Saying;
import dev.rigwright.audit.WhyNot.Attempt;
import dev.rigwright.report.Page.Look;
import java.util.ArrayList;
import java.util.List;

/** Two decisions side by side, as a person reads them. */
public final class WhatIfText {

  private static final int NAME = 15;
  private static final int MOST_SAID = 12;

  private final WhatIf whatIf;
  private final TextReport.Style style;
  private final Page page;

  private WhatIfText(WhatIf whatIf, TextReport.Style style) {
    this.whatIf = whatIf;
    this.style = style;
    this.page = new Page(style.width(), style.colour());
  }

  /** The text. */
  public static String of(WhatIf whatIf, TextReport.Style style) {
    return new WhatIfText(whatIf, style).text();
  }

  private String text() {
    List<String> set = new ArrayList<>();
    whatIf.settings().forEach(change -> set.add(change(change)));
    page.paragraph(
        "", "  ", "What if, in %s: %s".formatted(whatIf.decisionId(), joined(set)), Look.BOLD);
    if (!whatIf.followed().isEmpty()) {
      List<String> followed = new ArrayList<>();
      whatIf.followed().forEach(change -> followed.add(change(change)));
      page.paragraph("", "  ", "It brings with it: " + joined(followed), Look.PLAIN);
    }
    page.blank();
    if (whatIf.decisionId().equals(whatIf.otherId())) {
      page.paragraph("", "  ", "The decision is the same to the last field.", Look.PLAIN);
      return page.toString();
    }
    table();
    pick();
    said();
    rules();
    page.blank();
    page.paragraph(
        "", "  ", "The other decision would be %s.".formatted(whatIf.otherId()), Look.DIM);
    return page.toString();
  }

  private static String joined(List<String> changes) {
    return String.join("; ", changes);
  }

  private static String change(Change change) {
    String field = change.field().substring(change.field().lastIndexOf('.') + 1);
    return "%s %s instead of %s"
        .formatted(change.field(), open(field, change.to()), open(field, change.from()));
  }

  private static String open(String field, Object value) {
    return value == null ? "left open" : Measure.of(field, value);
  }

  private void table() {
    int column = (style.width() - 2 - NAME) / 2 - 1;
    cells("", "as it was", "what if", column, Look.DIM);
    for (Row row : whatIf.rows()) {
      cells(
          (row.same() ? "  " : "* ") + row.name(),
          cell(row.field(), row.before()),
          row.same() ? "the same" : cell(row.field(), row.then()),
          column,
          row.same() ? Look.PLAIN : Look.BOLD);
    }
  }

  private static String cell(String field, Object value) {
    return value == null ? "none" : Measure.of(field, value);
  }

  private void cells(String name, String before, String then, int column, Look look) {
    List<String> left = Page.wrapped(before, column, column);
    List<String> right = Page.wrapped(then, column, column);
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      page.pieces(
          List.of(
              padded(i == 0 ? name : "", NAME + 2),
              padded(i < left.size() ? left.get(i) : "", column + 2),
              page.piece(i < right.size() ? right.get(i) : "", look)));
    }
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(1, width - Page.length(text)));
  }

  private void pick() {
    if (whatIf.newPick() != null) {
      page.blank();
      page.paragraph(
          "",
          "  ",
          "Why %s was not picked before".formatted(whatIf.newPick().candidate()),
          Look.BOLD);
      attempt(whatIf.newPick());
    }
    if (whatIf.oldPick() != null) {
      page.blank();
      page.paragraph(
          "", "  ", "Why %s is not picked now".formatted(whatIf.oldPick().candidate()), Look.BOLD);
      attempt(whatIf.oldPick());
    }
  }

  private void attempt(Attempt attempt) {
    attempt
        .against()
        .forEach(
            against ->
                page.grounded(
                    "  - ",
                    Look.PLAIN,
                    "    ",
                    Prose.sentence(against.says().isEmpty() ? against.because() : against.says()),
                    List.of(against.rule())));
    if (attempt.against().isEmpty()) {
      attempt.comparisons().stream()
          .filter(comparison -> comparison.decides())
          .forEach(
              comparison ->
                  page.paragraph(
                      "  - ",
                      "    ",
                      WhyNotText.comparison(attempt.candidate(), comparison),
                      Look.PLAIN));
    }
  }

  private void said() {
    if (whatIf.said().isEmpty()) {
      return;
    }
    page.blank();
    page.paragraph("", "  ", "What is said", Look.BOLD);
    List<Saying> said = whatIf.said();
    for (Saying one : said.subList(0, Math.min(MOST_SAID, said.size()))) {
      String words =
          one.before() == null
              ? "+ " + one.then()
              : one.then() == null
                  ? "- " + one.before()
                  : "~ %s Before: %s".formatted(Prose.sentence(one.then()), one.before());
      page.grounded(
          "  " + words.substring(0, 2),
          Look.PLAIN,
          "    ",
          Prose.sentence(words.substring(2)),
          List.of(one.rule()));
    }
    if (said.size() > MOST_SAID) {
      page.paragraph(
          "  ",
          "    ",
          "and %d more; --format json has both decisions".formatted(said.size() - MOST_SAID),
          Look.DIM);
    }
  }

  private void rules() {
    if (!whatIf.refusals().isEmpty()) {
      page.blank();
      page.paragraph("", "  ", "Cards and machines refused, by rule", Look.BOLD);
      for (Refusal refusal : whatIf.refusals()) {
        page.paragraph(
            "  ",
            "    ",
            "%s: %s instead of %s"
                .formatted(
                    refusal.rule(), Prose.number(refusal.then()), Prose.number(refusal.before())),
            Look.PLAIN);
      }
    }
    page.blank();
    page.paragraph("", "  ", "Rules that read what was changed, and conclude otherwise", Look.BOLD);
    if (whatIf.causes().isEmpty()) {
      page.paragraph(
          "  ", "    ", "None; the decision rests on nothing that was changed.", Look.PLAIN);
    }
    for (Cause cause : whatIf.causes()) {
      page.paragraph(
          "  ",
          "    ",
          "%s, %s:%d: %s".formatted(cause.rule(), cause.file(), cause.line(), counts(cause)),
          Look.PLAIN);
    }
    if (whatIf.after() > 0) {
      page.paragraph(
          "  ",
          "    ",
          "and, as a consequence, %d other rules".formatted(whatIf.after()),
          Look.PLAIN);
    }
  }

  private static String counts(Cause cause) {
    if (cause.before() == cause.then()) {
      return cause.then() == 1
          ? "another conclusion"
          : "%s conclusions, not the same".formatted(Prose.number(cause.then()));
    }
    return "%s instead of %s".formatted(conclusions(cause.then()), Prose.number(cause.before()));
  }

  private static String conclusions(int count) {
    return count == 1 ? "1 conclusion" : Prose.number(count) + " conclusions";
  }
}
