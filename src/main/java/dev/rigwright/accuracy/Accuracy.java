package dev.rigwright.accuracy;

import dev.rigwright.accuracy.Measurements.FitRow;
import dev.rigwright.accuracy.Measurements.SpeedRow;
import dev.rigwright.accuracy.Table.Bound;
import dev.rigwright.accuracy.Table.Row;
import dev.rigwright.domain.Model;
import dev.rigwright.domain.PolicyFigures;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.Facts;
import dev.rigwright.facts.RequirementReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * How far the estimates are from what was measured and published, and whether they keep to their
 * bounds. Rows of low or medium confidence are shown and not counted.
 */
public final class Accuracy {

  private static final Bound WEIGHTS = new Bound(0.01, 0.04, 0.085);
  private static final Bound CACHE = new Bound(0.01, 0.01, 0.01);
  private static final Bound DECODE = new Bound(0.10, 0.25, 0.40);
  private static final Bound PROMPT = new Bound(0.30, 0.60, Double.MAX_VALUE);
  private static final double TIGHT_PERCENT = 5;
  private static final double BAND_HOLDS = 0.85;
  private static final double ANSWERED = 0.99;
  private static final int MOST_FITTED = 12;

  private final Facts facts;
  private final PolicyFigures figures;
  private final Measurements measurements;
  private final Estimator estimator;
  private final List<FitRow> answered = new ArrayList<>();
  private final Map<FitRow, String> unanswered = new LinkedHashMap<>();
  private final Calibration calibration;
  private final List<String> failures = new ArrayList<>();

  private Accuracy(Facts facts, PolicyFigures figures, Path folder) {
    this.facts = facts;
    this.figures = figures;
    this.measurements = Measurements.read(folder);
    this.estimator = new Estimator(facts, RequirementReader.of(facts, folder));
    for (FitRow row : measurements.fits()) {
      try {
        estimator.marginPercent(row, figures);
        answered.add(row);
      } catch (IllegalArgumentException | BadInputException unknown) {
        unanswered.put(row, unknown.getMessage());
      }
    }
    this.calibration = new Calibration(facts, figures, measurements.speeds(), answered, estimator);
  }

  /**
   * The comparison as Markdown, and what of it is past its bounds.
   *
   * @param failures empty where all bounds are kept
   */
  public record Result(String markdown, List<String> failures) {}

  /**
   * Compares all.
   *
   * @param facts as the product uses them
   * @param folder of the facts, with the measurements in it
   */
  public static Result of(Facts facts, Path folder) {
    return of(facts, facts.figures(), folder);
  }

  /** The same with other constants, to see what they do. */
  static Result of(Facts facts, PolicyFigures figures, Path folder) {
    return new Accuracy(facts, figures, folder).result();
  }

  private Result result() {
    AccuracyPage page = new AccuracyPage();
    Table weights = weights();
    Table caches = caches();
    page.table("Weights, GB", "%.2f", checked(weights));
    page.table("KV cache, MiB", "%.0f", checked(caches));
    fits(page);
    page.table("Memory of HF transformers, GiB", "%.1f", checked(transformers()));

    Table decode = table("Decode of dense models", true, speeds(true, row -> figures));
    Table prompt = table("Prompt", false, speeds(false, row -> figures));
    page.table("Decode of dense models, one stream, tokens a second", "%.1f", checked(decode));
    band(page, decode, "the shipped constants");
    page.table("Prompt, tokens a second", "%.0f", checked(prompt));
    leftOut(page, "card", SpeedRow::gpu);
    leftOut(page, "model", SpeedRow::model);
    page.table(
        "Sessions together in vLLM, tokens a second: nothing is fitted to these",
        "%.0f",
        throughputs());
    constants(page);
    return new Result(page.text(), List.copyOf(failures));
  }

  private Table checked(Table table) {
    if (!table.passed()) {
      failures.add(
          String.format(
              Locale.ROOT,
              "%s: %s; the bound is %s",
              table.what(),
              table.summary(),
              table.bound()));
    }
    return table;
  }

  private Table weights() {
    List<Row> rows = new ArrayList<>();
    measurements
        .weights()
        .forEach(
            row ->
                rows.add(
                    new Row(
                        row.model() + " " + row.format(),
                        row.bytes() / 1e9,
                        estimator.weightBytes(row) / 1e9,
                        row.confidence().equals("high"),
                        row.confidence())));
    return new Table("Weights", rows, WEIGHTS);
  }

  private Table caches() {
    List<Row> rows = new ArrayList<>();
    measurements
        .caches()
        .forEach(
            row ->
                rows.add(
                    new Row(
                        String.format(
                            Locale.ROOT,
                            "%s, %,d tokens, %s",
                            row.model(),
                            row.tokens(),
                            row.type()),
                        row.mib(),
                        estimator.cacheMib(row),
                        row.confidence().equals("high")
                            || row.part().equals("windowed layers")
                            || row.type().equals("q8_0"),
                        row.part().equals("cache") ? row.confidence() : row.part())));
    return new Table("KV cache", rows, CACHE);
  }

  private Table transformers() {
    List<Row> rows = new ArrayList<>();
    for (FitRow row : answered) {
      if (row.usedGib() != null) {
        rows.add(
            new Row(
                String.format(
                    Locale.ROOT,
                    "%s %s, %,d tokens",
                    row.model(),
                    row.format(),
                    row.contextTokens()),
                row.usedGib(),
                estimator.transformersGib(row, figures),
                true,
                ""));
      }
    }
    return new Table("Memory of HF transformers", rows, WEIGHTS);
  }

  /** Verdicts: right, wrong, or too near the edge to be either. */
  private void fits(AccuracyPage page) {
    List<List<String>> rows = new ArrayList<>();
    int right = 0;
    int tight = 0;
    for (FitRow row : measurements.fits()) {
      String published = row.fits() ? "ran" : "out of memory";
      if (unanswered.containsKey(row)) {
        rows.add(List.of(run(row), published, "", "no estimate"));
        continue;
      }
      double margin = estimator.marginPercent(row, figures);
      boolean edge = Math.abs(margin) < TIGHT_PERCENT;
      String outcome = edge ? "at the edge" : margin >= 0 == row.fits() ? "right" : "wrong";
      if (outcome.equals("wrong")) {
        failures.add(
            String.format(
                Locale.ROOT, "Fit: %s: wrong with a margin of %.1f %%", run(row), margin));
      }
      right += outcome.equals("right") ? 1 : 0;
      tight += edge ? 1 : 0;
      rows.add(
          List.of(run(row), published, String.format(Locale.ROOT, "%.1f %%", margin), outcome));
    }
    int all = measurements.fits().size();
    if (answered.size() < ANSWERED * all) {
      StringBuilder why = new StringBuilder();
      unanswered.forEach(
          (row, because) -> why.append("; ").append(run(row)).append(": ").append(because));
      failures.add(
          String.format(Locale.ROOT, "Fit: %d of %d rows answered%s", answered.size(), all, why));
    }
    page.section(
        "Fit",
        String.format(
            Locale.ROOT,
            "%d of %d rows right, %d within 5 %% of the edge, none wrong allowed; a margin below zero says that it does not fit.",
            right,
            all,
            tight));
    page.rows(List.of("run", "published", "margin", ""), rows);
  }

  private static String run(FitRow row) {
    return String.format(
        Locale.ROOT,
        "%s %s, %,d tokens, %d x %s",
        row.model(),
        row.format(),
        row.contextTokens(),
        row.count(),
        row.gpu());
  }

  /** A measured speed and its comparison with the estimate. */
  private record Compared(SpeedRow measured, Row row) {}

  private List<Compared> speeds(boolean decode, Function<SpeedRow, PolicyFigures> with) {
    List<Compared> rows = new ArrayList<>();
    for (SpeedRow row : measurements.speeds()) {
      if (row.decode() == decode) {
        rows.add(
            new Compared(
                row,
                new Row(
                    String.format(
                        Locale.ROOT,
                        "%s %s, %d x %s, %,d tokens",
                        row.model(),
                        row.format(),
                        row.count(),
                        row.gpu(),
                        row.tokens()),
                    row.tokensPerSecond(),
                    estimator.tokensPerSecond(row, with.apply(row)),
                    row.confidence().equals("high"),
                    row.confidence().equals("high") ? "" : row.confidence())));
      }
    }
    return rows;
  }

  private static Table table(String what, boolean decode, List<Compared> compared) {
    return new Table(what, compared.stream().map(Compared::row).toList(), decode ? DECODE : PROMPT);
  }

  private void band(AccuracyPage page, Table decode, String with) {
    double band = figures.speedBandShare();
    double holds = decode.within(band);
    page.paragraph(
        String.format(
            Locale.ROOT,
            "With %s the stated band of %.0f %% either side holds %.1f %% of the rows.",
            with,
            100 * band,
            100 * holds));
    if (band > 0.25 || holds < BAND_HOLDS) {
      failures.add(
          String.format(
              Locale.ROOT,
              "Band: %.0f %% either side holds %.1f %% of the rows with %s",
              100 * band,
              100 * holds,
              with));
    }
  }

  /** Each card or model estimated with constants that were fitted without it. */
  private void leftOut(AccuracyPage page, String what, Function<SpeedRow, String> of) {
    Map<String, PolicyFigures> without = new LinkedHashMap<>();
    for (String name :
        new TreeSet<>(
            measurements.speeds().stream()
                .filter(row -> row.confidence().equals("high"))
                .map(of)
                .toList())) {
      without.put(name, calibration.without(row -> of.apply(row).equals(name)));
    }
    for (boolean decode : List.of(true, false)) {
      List<Compared> compared = speeds(decode, row -> without.getOrDefault(of.apply(row), figures));
      Table all =
          checked(
              table(
                  String.format(
                      Locale.ROOT,
                      "%s, each %s left out of the fit",
                      decode ? "Decode" : "Prompt",
                      what),
                  decode,
                  compared));
      page.section(all.what(), all.summary() + "; bound: " + all.bound() + ".");
      Map<String, List<Row>> each = new TreeMap<>();
      for (Compared one : compared) {
        if (one.row().counted()) {
          each.computeIfAbsent(of.apply(one.measured()), name -> new ArrayList<>()).add(one.row());
        }
      }
      List<List<String>> rows = new ArrayList<>();
      each.forEach(
          (name, its) -> {
            Table.Summary summary = new Table(name, its, null).summary();
            rows.add(
                List.of(
                    name,
                    String.valueOf(summary.rows()),
                    AccuracyPage.percent(summary.median()),
                    AccuracyPage.percent(summary.ninetieth()),
                    AccuracyPage.percent(summary.worst())));
          });
      page.rows(List.of("left out", "rows", "median", "90th percentile", "worst"), rows);
      if (decode) {
        band(page, all, "each " + what + " left out");
      }
    }
  }

  private Table throughputs() {
    List<Row> rows = new ArrayList<>();
    measurements
        .throughputs()
        .forEach(
            row -> {
              Double estimated = estimator.totalTokensPerSecond(row, figures);
              if (estimated != null) {
                Model model = facts.modelById().get(row.model());
                rows.add(
                    new Row(
                        String.format(
                            Locale.ROOT,
                            "%s %s, %d x %s, %d sessions",
                            row.model(),
                            row.format(),
                            row.count(),
                            row.gpu(),
                            row.sessions()),
                        row.tokensPerSecond(),
                        estimated,
                        true,
                        model.activeParamsB() == null ? "" : "experts"));
              }
            });
    return new Table("Sessions together", rows, null);
  }

  /** What was fitted, beside what the product uses. */
  private void constants(AccuracyPage page) {
    Map<String, Double> fitted = calibration.all();
    if (fitted.size() > MOST_FITTED) {
      failures.add(
          String.format(
              Locale.ROOT,
              "%d constants are fitted; at most %d may be",
              fitted.size(),
              MOST_FITTED));
    }
    Map<String, Double> shipped = Calibration.values(figures, fitted.keySet());
    List<List<String>> rows = new ArrayList<>();
    fitted.forEach(
        (name, value) -> {
          double used = shipped.get(name);
          rows.add(
              List.of(
                  name,
                  String.format(Locale.ROOT, "%.4g", value),
                  String.format(Locale.ROOT, "%.4g", used)));
          if (Math.abs(used / value - 1) > 0.01) {
            failures.add(
                String.format(
                    Locale.ROOT,
                    "The %s (%.4g) of facts/policy.json is not what is fitted (%.4g)",
                    name,
                    used,
                    value));
          }
        });
    page.section(
        "Constants",
        String.format(
            Locale.ROOT,
            "%d fitted, at most %d; the rest of facts/policy.json follows from definitions, defaults and choices.",
            fitted.size(),
            MOST_FITTED));
    page.rows(List.of("constant", "fitted", "used"), rows);
  }
}
