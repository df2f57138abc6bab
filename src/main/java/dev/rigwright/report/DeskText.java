package dev.rigwright.report;

import dev.rigwright.audit.Margins;
import dev.rigwright.audit.Margins.Beyond;
import dev.rigwright.audit.Margins.Edge;
import dev.rigwright.audit.Margins.Margin;
import dev.rigwright.audit.WhatWould;
import dev.rigwright.audit.WhatWould.Change;
import dev.rigwright.domain.Outcome;
import dev.rigwright.engine.Outward.Objection;
import dev.rigwright.engine.Standing;
import dev.rigwright.report.Page.Look;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** How far a decision holds, and what would change it, as a person reads it. */
public final class DeskText {

  /** So many rules are named where there can be many. */
  private static final int NAMED = 2;

  private final Page page;

  private DeskText(TextReport.Style style) {
    this.page = new Page(style.width(), style.colour());
  }

  /** The margins of a decision: a table, and under each number what happens beyond its ends. */
  public static String of(Margins margins, TextReport.Style style) {
    DeskText text = new DeskText(style);
    text.margins(margins);
    return text.page.toString();
  }

  /** What would bring something about. */
  public static String of(WhatWould whatWould, TextReport.Style style) {
    DeskText text = new DeskText(style);
    text.whatWould(whatWould);
    return text.page.toString();
  }

  private void margins(Margins margins) {
    page.paragraph(
        "",
        "  ",
        "%s (%s): %s".formatted(margins.decisionId(), margins.requirementId(), said(margins.now())),
        Look.BOLD);
    page.paragraph(
        "",
        "",
        "The same is said as long as one of these numbers alone stays between from and to:",
        Look.PLAIN);
    page.blank();
    row("field", "now", "from", "to", Look.DIM);
    for (Margin margin : margins.margins()) {
      row(
          margin.field(),
          shown(margin.value()) + (margin.given() ? "" : "*"),
          end(margin.from()),
          end(margin.to()),
          Look.PLAIN);
      beyond(margin, margin.from());
      beyond(margin, margin.to());
      certain(margin);
    }
    page.blank();
    if (margins.margins().stream().anyMatch(DeskText::open)) {
      page.paragraph(
          "",
          "  ",
          "? found, and not proven: certain is what the line below says. With --decide N more values are looked at.",
          Look.DIM);
    }
    if (margins.margins().stream().anyMatch(margin -> !margin.given())) {
      page.paragraph("", "  ", "* not given; this was put in.", Look.DIM);
    }
    page.paragraph(
        "",
        "  ",
        "any: nothing else is said up to the end of what a requirement may say.",
        Look.DIM);
    if (!margins.notGiven().isEmpty()) {
      page.paragraph(
          "", "  ", "Left open: " + String.join(", ", margins.notGiven()) + ".", Look.DIM);
    }
  }

  private void row(String field, String now, String from, String to, Look look) {
    String row = "%-26s %12s %12s %12s".formatted(field, now, from, to);
    page.pieces(List.of(page.piece(row, look)));
  }

  private static String end(Edge edge) {
    String value = edge.beyond() == null && edge.oneByOne().isEmpty() ? "any" : shown(edge.value());
    return edge.unproven().isEmpty() ? value : value + "?";
  }

  private static boolean open(Margin margin) {
    return !margin.from().unproven().isEmpty() || !margin.to().unproven().isEmpty();
  }

  /** Between which values it was decided for each; the others were looked at here and there. */
  private void certain(Margin margin) {
    if (!open(margin)) {
      return;
    }
    SortedSet<String> rules = new TreeSet<>(margin.from().unproven());
    rules.addAll(margin.to().unproven());
    page.paragraph(
        "    ",
        "    ",
        "Certain from %s to %s. Further out it was looked at some values only, and %s may turn there and back in between."
            .formatted(shown(margin.from().proven()), shown(margin.to().proven()), several(rules)),
        Look.MIXED);
  }

  /** Some rules by their names, and how many more there are. */
  private static String several(Collection<String> rules) {
    List<String> named = rules.stream().limit(NAMED).toList();
    return rules.size() > NAMED
        ? "%s and %d more rules".formatted(String.join(", ", named), rules.size() - NAMED)
        : String.join(", ", named);
  }

  private void beyond(Margin margin, Edge edge) {
    if (!edge.oneByOne().isEmpty()) {
      page.paragraph(
          "    ",
          "    ",
          "Looked no further than %s: %s compares what has to be tried value by value."
              .formatted(shown(edge.value()), String.join(", ", edge.oneByOne())),
          Look.MIXED);
    }
    Beyond beyond = edge.beyond();
    if (beyond == null) {
      return;
    }
    List<String> rules =
        beyond.against().isEmpty()
            ? beyond.turning()
            : beyond.against().stream().map(Objection::rule).toList();
    StringBuilder says =
        new StringBuilder(
            "at %s: %s%s"
                .formatted(
                    shown(beyond.value()),
                    said(beyond.then()),
                    beyond.followed().isEmpty()
                        ? ""
                        : ", with " + String.join(", ", beyond.followed())));
    if (beyond.against().isEmpty()) {
      says.append(beyond.turning().isEmpty() ? "." : "; turned by");
    } else {
      says.append(". ").append(Prose.sentence(beyond.against().get(0).says()));
    }
    page.grounded("  - ", Look.PLAIN, "    ", says.toString(), rules);
  }

  private void whatWould(WhatWould what) {
    page.paragraph(
        "",
        "  ",
        "%s (%s): %s".formatted(what.decisionId(), what.requirementId(), said(what.now())),
        Look.BOLD);
    if (what.holds()) {
      page.paragraph("", "  ", "It is so already: " + what.wanted() + ".", Look.PLAIN);
      return;
    }
    page.paragraph(
        "",
        "",
        "The smallest change of each field, alone, that ends in %s:".formatted(what.wanted()),
        Look.PLAIN);
    page.blank();
    for (Change change : what.changes()) {
      change(change);
    }
  }

  private void change(Change change) {
    String from = change.from() == null ? "none" : shown(change.from());
    if (change.to() == null) {
      page.paragraph(
          "- ",
          "    ",
          "%s (now %s): no value does; looked at %s.%s"
              .formatted(
                  change.field(),
                  from,
                  change.looked(),
                  change.oneByOne().isEmpty()
                      ? ""
                      : " Not all of them: %s compares what has to be tried value by value."
                          .formatted(String.join(", ", change.oneByOne()))),
          Look.DIM);
      certain(change);
      return;
    }
    page.grounded(
        "- ",
        Look.PLAIN,
        "    ",
        "%s from %s to %s: %s%s. Proven by %s%s"
            .formatted(
                change.field(),
                from,
                shown(change.to()),
                said(change.then()),
                change.followed().isEmpty() ? "" : ", with " + String.join(", ", change.followed()),
                change.proven(),
                change.turning().isEmpty() ? "." : "; turned by"),
        change.turning());
    certain(change);
  }

  /** Between which values no other does for certain, where that is not all. */
  private void certain(Change change) {
    if (change.to() != null && !change.oneByOne().isEmpty()) {
      page.paragraph(
          "    ",
          "    ",
          "Not all nearer values were tried: %s compares what has to be tried value by value."
              .formatted(several(change.oneByOne())),
          Look.DIM);
    }
    if (!change.unproven().isEmpty()) {
      page.paragraph(
          "    ",
          "    ",
          "No %s from %s to %s does, for certain. Further out it was looked at some values only, and %s may turn there and back in between; --decide N decides for more."
              .formatted(
                  change.to() == null ? "value" : "nearer value",
                  shown(change.certainFrom()),
                  shown(change.certainTo()),
                  several(change.unproven())),
          Look.DIM);
    }
  }

  private static String said(Standing standing) {
    if (standing.cards() == null) {
      return standing.verdict().word();
    }
    String cards =
        standing.condition() == null
            ? standing.cards()
            : standing.cards() + " " + standing.condition();
    return standing.verdict() == Outcome.KEEP
        ? "keep " + cards
        : "%s, %s at %s".formatted(cards, standing.label(), Prose.usd(standing.totalUsd()));
  }

  private static String shown(Object value) {
    return value instanceof BigDecimal real
        ? real.toPlainString()
        : value instanceof Number whole ? Prose.number(whole.longValue()) : String.valueOf(value);
  }
}
