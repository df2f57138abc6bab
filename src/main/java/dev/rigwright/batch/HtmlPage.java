package dev.rigwright.batch;

import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Decision;
import dev.rigwright.report.HtmlText;
import dev.rigwright.report.TextReport;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One page that needs nothing beside it: sums, charts, and each answer to open. */
final class HtmlPage {

  static final String TAIL = "</section>\n</body>\n</html>\n";

  private static final int MOST = 15;
  private static final int BARS = 24;

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --bar: #2f6f9f; --line: #8886; }
      body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1rem; max-width: 60rem; }
      h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
      table { border-collapse: collapse; width: 100%; table-layout: fixed; }
      td { padding: .15rem .5rem .15rem 0; vertical-align: middle; overflow-wrap: anywhere; }
      td.n { text-align: right; width: 5.5rem; font-variant-numeric: tabular-nums; } td.b { width: 40%; }
      .bar { background: var(--bar); height: .8rem; border-radius: 2px; min-width: 1px; }
      svg { width: 100%; height: 10rem; display: block; } svg rect { fill: var(--bar); }
      .ends { display: flex; justify-content: space-between; font-size: .85rem; } table.sums { max-width: 22rem; }
      details { border-top: 1px solid var(--line); padding: .35rem 0; } summary { cursor: pointer; overflow-wrap: anywhere; }
      pre { overflow-x: auto; font-size: .8rem; line-height: 1.35; } .v { font-weight: 600; }
      @media (max-width: 30rem) { td.n { width: 4.2rem; } td.b { width: 22%; } table.sums td.n { width: 6rem; } }
      @media (prefers-color-scheme: dark) { :root { --bar: #6fb1e0; } }
      """;

  private HtmlPage() {}

  static String head(Summary s, String rejects) {
    StringBuilder page = new StringBuilder();
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>Answers</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<h1>Answers</h1>\n")
        .append(
            Figures.text(
                "<p>%,d read, %,d answered, %,d rejected%s.</p>\n",
                s.read(),
                s.accepted(),
                s.rejected(),
                rejects == null ? "" : " (<code>" + HtmlText.of(rejects) + "</code>)"));
    bars(page, "Verdicts", s.verdicts());
    spread(page, s);
    bars(page, "Picks", s.picks());
    bars(page, "Warnings by rule", s.warnings());
    bars(page, "Fields whose change would bring a machine", s.changes());
    return page.append("<section>\n<h2>Each answer</h2>\n").toString();
  }

  private static void bars(StringBuilder page, String title, Map<String, Long> counts) {
    if (counts.isEmpty()) {
      return;
    }
    List<Map.Entry<String, Long>> sorted = Figures.sorted(counts);
    long largest = sorted.get(0).getValue();
    int shown = sorted.size() <= MOST + 3 ? sorted.size() : MOST;
    page.append("<h2>%s</h2>\n".formatted(title));
    table(page, sorted.subList(0, shown), largest);
    if (shown < sorted.size()) {
      page.append(Figures.text("<details><summary>%,d more</summary>\n", sorted.size() - shown));
      table(page, sorted.subList(shown, sorted.size()), largest);
      page.append("</details>\n");
    }
  }

  private static void table(
      StringBuilder page, List<Map.Entry<String, Long>> counts, long largest) {
    page.append("<table>\n");
    for (Map.Entry<String, Long> count : counts) {
      page.append(
          Figures.text(
              "<tr><td>%s</td><td class=\"n\">%,d</td><td class=\"b\"><div class=\"bar\" style=\"width:%.1f%%\"></div></td></tr>\n",
              HtmlText.of(count.getKey()), count.getValue(), 100.0 * count.getValue() / largest));
    }
    page.append("</table>\n");
  }

  private static void spread(StringBuilder page, Summary s) {
    TreeMap<Long, Long> totals = s.totals();
    if (totals.isEmpty()) {
      return;
    }
    page.append("<h2>Totals</h2>\n<table class=\"sums\">\n");
    Figures.SHARES.forEach(
        (name, share) ->
            page.append(
                Figures.text(
                    "<tr><td>%s</td><td class=\"n\">%,d USD</td></tr>\n",
                    name, s.quantile(share))));
    page.append("</table>\n");
    long width = width(totals.lastKey() - totals.firstKey());
    long first = totals.firstKey() / width * width;
    TreeMap<Long, Long> bins = new TreeMap<>();
    totals.forEach((total, count) -> bins.merge((total - first) / width, count, Long::sum));
    long largest = Collections.max(bins.values());
    double step = 720.0 / (bins.lastKey() + 1);
    page.append(
        "<svg viewBox=\"0 0 720 150\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"How many recommendations have which total\">\n");
    for (long bin = 0; bin <= bins.lastKey(); bin++) {
      long count = bins.getOrDefault(bin, 0L);
      double height = 140.0 * count / largest;
      page.append(
          Figures.text(
              "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%,d to %,d USD: %,d</title></rect>\n",
              bin * step,
              150 - height,
              Math.max(1, step - 2),
              height,
              first + bin * width,
              first + (bin + 1) * width - 1,
              count));
    }
    page.append(
        Figures.text(
            "</svg>\n<div class=\"ends\"><span>%,d USD</span><span>%,d USD</span></div>\n",
            first, first + (bins.lastKey() + 1) * width));
  }

  /** A round width of which about so many fit. */
  private static long width(long range) {
    long width = 1;
    for (long factor = 1; ; factor *= 10) {
      for (long round : new long[] {1, 2, 5}) {
        width = factor * round;
        if (width * BARS >= range) {
          return width;
        }
      }
    }
  }

  static String row(Advisor advisor, long number, Decision d) {
    String pick =
        d.recommendation() == null
            ? ""
            : Figures.text(
                " · %s · %,d USD",
                HtmlText.of(Summary.cards(d.recommendation())), d.recommendation().totalUsd());
    return Figures.text(
        "<details><summary>%d · %s · <span class=\"v\">%s</span>%s</summary>\n<pre>%s</pre></details>\n",
        number,
        HtmlText.of(d.requirementId()),
        d.verdict().word(),
        pick,
        HtmlText.lines(
            TextReport.of(d, advisor.facts(), advisor.rulebook(), TextReport.Style.of(false))));
  }
}
