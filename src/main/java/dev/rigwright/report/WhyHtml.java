package dev.rigwright.report;

import dev.rigwright.audit.Why;
import dev.rigwright.audit.Why.Origin;
import dev.rigwright.audit.Why.Reason;
import dev.rigwright.audit.Why.Row;
import dev.rigwright.audit.Why.Source;
import dev.rigwright.audit.Why.Statement;
import dev.rigwright.audit.Why.Step;
import java.util.HashSet;
import java.util.Set;

/**
 * A proof as one page that needs nothing beside itself: statements open and close, and a statement
 * that was told before is a link. Whatever somebody wrote stands as text.
 */
public final class WhyHtml {

  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%s</title>
      <style>
      body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem; color: #222; background: #fff }
      h1 { font-size: 1.3rem } summary { cursor: pointer; font-weight: 600 }
      details { margin: .4rem 0 .4rem 1.1rem; padding-left: .7rem; border-left: 2px solid #d5d5d0 }
      .rule, .row { margin: .3rem 0 0 } .rule { color: #234 } .because { margin: 0 }
      .source, .row { color: #555; font-size: .92em; margin: 0 } ol { margin: .3rem 0; padding-left: 1.2rem }
      code { background: #f3f3f0; padding: 0 .2rem } .values { margin: 0 } .absent > .values { color: #8a4b00 }
      .told { margin: .4rem 0 .4rem 1.1rem } :target > summary { background: #fff3c4 }
      @media (prefers-color-scheme: dark) { body { background: #1b1b1b; color: #ddd } code { background: #2b2b2b } .rule { color: #acd } .source, .row { color: #aaa } .absent > .values { color: #e0a050 } :target > summary { background: #554400 } }
      @media print { details { border-color: #999 } }
      </style></head><body>
      """;

  private final Why why;
  private final int depth;
  private final StringBuilder page = new StringBuilder();
  private final Set<Integer> told = new HashSet<>();

  private WhyHtml(Why why, int depth) {
    this.why = why;
    this.depth = depth;
  }

  /**
   * The page.
   *
   * @param depth how many conclusions deep it is open at first; all is there
   */
  public static String of(Why why, int depth) {
    return new WhyHtml(why, depth).html();
  }

  private String html() {
    String title = HtmlText.of(WhyWords.title(why));
    page.append(HEAD.formatted(title)).append("<h1>").append(title).append("</h1>\n");
    why.roots().forEach(root -> statement(root, 0));
    if (why.left() > 0) {
      page.append("<p>And %s more of the same.</p>\n".formatted(Prose.number(why.left())));
    }
    if (why.about() == null && !why.refused().isEmpty()) {
      page.append("<p>").append(HtmlText.of(WhyWords.refused(why))).append("</p>\n");
    }
    return page.append("</body></html>\n").toString();
  }

  private void statement(int number, int level) {
    Statement statement = why.statement(number);
    if (!told.add(number)) {
      page.append(
          "<p class=\"told\"><a href=\"#s%1$d\">[%1$d]</a> %2$s</p>\n"
              .formatted(number, HtmlText.of(WhyWords.name(statement))));
      return;
    }
    boolean open = level < depth && statement.origin() == Origin.CONCLUDED;
    page.append(
        "<details id=\"s%1$d\"%2$s><summary>[%1$d] %3$s</summary>\n"
            .formatted(number, open ? " open" : "", HtmlText.of(WhyWords.heading(statement))));
    for (Row row : statement.rows()) {
      page.append("<p class=\"row\">").append(HtmlText.of(WhyWords.row(row))).append("</p>\n");
    }
    if (!statement.computed().isEmpty()) {
      page.append("<p>").append(HtmlText.of(WhyWords.COMPUTED)).append("</p>\n");
      statement.computed().forEach(computed -> statement(computed, level + 1));
    }
    int count = statement.reasons().size();
    for (int i = 0; i < count; i++) {
      if (count > 1) {
        page.append("<p>Ground %d of %d; each is enough</p>\n".formatted(i + 1, count));
      }
      reason(statement.reasons().get(i), level);
    }
    page.append("</details>\n");
  }

  private void reason(Reason reason, int level) {
    page.append(
        "<p class=\"rule\">Rule <code>%s</code>, %s:%d</p>\n"
            .formatted(
                HtmlText.of(reason.rule().id()),
                HtmlText.of(reason.rule().file()),
                reason.rule().line()));
    page.append("<p class=\"because\">")
        .append(HtmlText.of(Prose.sentence(reason.rule().because())))
        .append("</p>\n");
    for (Source source : reason.rule().sources()) {
      page.append("<p class=\"source\">")
          .append(HtmlText.of(WhyWords.source(source)))
          .append("</p>\n");
    }
    page.append("<ol>\n");
    for (Step step : reason.steps()) {
      page.append(
          "<li class=\"%s\"><code>%s</code>\n"
              .formatted(
                  step.kind().name().toLowerCase(java.util.Locale.ROOT),
                  HtmlText.of(WhyWords.element(step))));
      String values = WhyWords.values(step);
      if (!values.isEmpty()) {
        page.append("<p class=\"values\">").append(HtmlText.of(values)).append("</p>\n");
      }
      for (String assumed : WhyWords.assumed(step)) {
        page.append("<p class=\"values\">").append(HtmlText.of(assumed)).append("</p>\n");
      }
      step.facts().forEach(fact -> statement(fact, level + 1));
      page.append("</li>\n");
    }
    page.append("</ol>\n");
  }
}
