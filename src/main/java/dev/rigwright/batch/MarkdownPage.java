package dev.rigwright.batch;

import dev.rigwright.engine.Decision;
import java.util.Map;

/** Sums, and a table of all answers, as Markdown. */
final class MarkdownPage {

  private static final int MOST = 20;

  private MarkdownPage() {}

  static String head(Summary s, String rejects) {
    StringBuilder page = new StringBuilder("# Answers\n\n");
    page.append(
        Figures.text(
            "%,d read, %,d answered, %,d rejected%s.\n\n",
            s.read(), s.accepted(), s.rejected(), rejects == null ? "" : " (" + rejects + ")"));
    table(page, "Verdict", s.verdicts());
    if (s.quantile(0.5) != null) {
      page.append("| Total | USD |\n|---|---:|\n");
      for (Map.Entry<String, Double> share : Figures.SHARES.entrySet()) {
        page.append(Figures.text("| %s | %,d |\n", share.getKey(), s.quantile(share.getValue())));
      }
      page.append('\n');
    }
    table(page, "Pick", s.picks());
    table(page, "Warning", s.warnings());
    table(page, "A change of this field would bring a machine", s.changes());
    return page.append("| Line | Requirement | Verdict | Pick | USD | Warnings |\n")
        .append("|---:|---|---|---|---:|---|\n")
        .toString();
  }

  private static void table(StringBuilder page, String title, Map<String, Long> counts) {
    if (counts.isEmpty()) {
      return;
    }
    page.append("| %s | Answers |\n|---|---:|\n".formatted(title));
    Figures.most(counts, MOST)
        .forEach((what, count) -> page.append(Figures.text("| %s | %,d |\n", cell(what), count)));
    page.append('\n');
  }

  static String row(long number, Decision d) {
    return Figures.text(
        "| %d | %s | %s | %s | %s | %s |\n",
        number,
        cell(d.requirementId()),
        d.verdict().word(),
        d.recommendation() == null ? "" : cell(Summary.cards(d.recommendation())),
        d.recommendation() == null ? "" : Figures.text("%,d", d.recommendation().totalUsd()),
        String.join(", ", d.warnings().stream().map(Decision.Said::rule).distinct().toList()));
  }

  /** Text that somebody wrote, within a cell. */
  private static String cell(String text) {
    StringBuilder cell = new StringBuilder();
    for (char c : text.toCharArray()) {
      switch (c) {
        case '<' -> cell.append("&lt;");
        case '>' -> cell.append("&gt;");
        case '&' -> cell.append("&amp;");
        case '\\', '`', '*', '_', '{', '}', '[', ']', '#', '!', '|', '~' ->
            cell.append('\\').append(c);
        default -> cell.append(Character.isISOControl(c) ? ' ' : c);
      }
    }
    return cell.toString();
  }
}
