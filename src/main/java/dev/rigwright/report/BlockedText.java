package dev.rigwright.report;

import dev.rigwright.audit.Blocked;
import dev.rigwright.audit.Blocked.Miss;
import dev.rigwright.audit.Blocked.Unmet;
import dev.rigwright.engine.Blocking.Stage;
import dev.rigwright.report.Page.Look;
import dev.rigwright.rulebook.Strata;

/** Why a rule did not fire, as a person reads it. */
public final class BlockedText {

  private BlockedText() {}

  /** The text. */
  public static String of(Blocked blocked, TextReport.Style style) {
    Page page = new Page(style.width(), style.colour());
    boolean fired = blocked.fired() > 0;
    page.paragraph(
        "",
        "  ",
        "%s in %s: %s"
            .formatted(
                blocked.rule(),
                blocked.decisionId(),
                fired ? "it did fire, " + times(blocked.fired()) : "it did not fire"),
        Look.BOLD);
    page.paragraph(
        "",
        "  ",
        "%s:%d. %s".formatted(blocked.file(), blocked.line(), Prose.sentence(blocked.because())),
        Look.PLAIN);
    page.blank();
    page.paragraph("", "", "How often its condition holds, element by element:", Look.PLAIN);
    for (Stage stage : blocked.stages()) {
      String mark = stage.matches() == 0 ? "    BLOCKS  " : "%,10d  ".formatted(stage.matches());
      page.paragraph(
          mark,
          " ".repeat(12),
          stage.element() + ", line " + stage.line(),
          stage.matches() == 0 ? Look.BOLD : Look.PLAIN);
    }
    page.blank();
    if (fired) {
      page.paragraph(
          "",
          "  ",
          blocked.file().startsWith("rules/" + Strata.CLAIMS + "/")
              ? "Nothing blocks it. What it found stands in rigwright claims."
              : "Nothing blocks it. Ask why with --about %s.".formatted(blocked.rule()),
          Look.PLAIN);
    } else {
      obstacle(page, blocked);
    }
    return page.toString();
  }

  private static String times(long count) {
    return count == 1 ? "once" : Prose.number(count) + " times";
  }

  private static void obstacle(Page page, Blocked blocked) {
    switch (blocked.kind()) {
      case NO_FACT ->
          page.paragraph("", "  ", "No %s stands at all.".formatted(blocked.type()), Look.PLAIN);
      case STANDS -> {
        page.paragraph(
            "",
            "  ",
            "It must be absent, and %s of %s %s stand:"
                .formatted(
                    Prose.number(blocked.count()),
                    Prose.number(blocked.standing()),
                    blocked.type()),
            Look.PLAIN);
        blocked.facts().forEach(fact -> page.paragraph("  - ", "    ", fact, Look.PLAIN));
        if (blocked.count() > blocked.facts().size()) {
          page.paragraph(
              "  - ",
              "    ",
              "and %s more".formatted(Prose.number(blocked.count() - blocked.facts().size())),
              Look.PLAIN);
        }
      }
      case UNMET -> unmet(page, blocked);
      case OTHER -> page.paragraph("", "  ", "It does not hold.", Look.PLAIN);
    }
  }

  private static void unmet(Page page, Blocked blocked) {
    String type = blocked.type();
    String lead = "%s %s there, and none fulfils all of it.";
    page.paragraph(
        "",
        "  ",
        lead.formatted(
            Prose.number(blocked.standing()) + " " + type, blocked.standing() == 1 ? "is" : "are"),
        Look.PLAIN);
    if (blocked.together()) {
      page.paragraph(
          "",
          "  ",
          blocked.constraints().isEmpty()
              ? "None fulfils all constraints but one."
              : "None fulfils all constraints but one; these no fact fulfils:",
          Look.PLAIN);
    }
    for (Unmet unmet : blocked.constraints()) {
      page.paragraph(
          "  - ",
          "    ",
          "%s, line %d: %s"
              .formatted(
                  unmet.constraint(),
                  unmet.line(),
                  blocked.together()
                      ? "nearest of " + Prose.number(unmet.facts())
                      : "%s %s all but this"
                          .formatted(
                              Prose.number(unmet.facts()),
                              unmet.facts() == 1 ? "fulfils" : "fulfil")),
          Look.PLAIN);
      for (Miss miss : unmet.misses()) {
        page.paragraph("      ", "        ", miss(miss), Look.PLAIN);
      }
      if (unmet.facts() > unmet.misses().size()) {
        page.paragraph(
            "      ",
            "        ",
            "and %s more".formatted(Prose.number(unmet.facts() - unmet.misses().size())),
            Look.DIM);
      }
    }
  }

  private static String miss(Miss miss) {
    if (miss.operator() == null) {
      return miss.fact();
    }
    String field = miss.actual().field();
    if ("null".equals(miss.required())) {
      return "%s: %s is %s, and must be %s"
          .formatted(
              miss.fact(),
              miss.actual().name(),
              Measure.of(field, miss.actual().value()),
              miss.operator().equals("!=") ? "known" : "unknown");
    }
    return "%s: %s is %s, required %s %s"
        .formatted(
            miss.fact(),
            miss.actual().name(),
            Measure.of(field, miss.actual().value()),
            miss.operator(),
            Measure.of(field, miss.required()));
  }
}
