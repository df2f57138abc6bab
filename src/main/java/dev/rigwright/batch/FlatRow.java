package dev.rigwright.batch;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.rigwright.domain.Word;
import dev.rigwright.engine.Decision;
import dev.rigwright.engine.Decision.Recommendation;
import dev.rigwright.engine.Decision.Relaxation;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** An answer's main figures as a line of CSV; what is unknown or not there is an empty cell. */
final class FlatRow {

  private static final List<String> COLUMNS =
      List.of(
          "line",
          "id",
          "decisionId",
          "verdict",
          "label",
          "gpus",
          "totalUsd",
          "totalLowUsd",
          "totalHighUsd",
          "psuWatts",
          "ramGib",
          "cooling",
          "memoryVerdict",
          "needGib",
          "availableGib",
          "marginPercent",
          "tokensPerSecond",
          "lowTokensPerSecond",
          "highTokensPerSecond",
          "totalTokensPerSecond",
          "firstTokenSeconds",
          "systemWatts",
          "usdPerYear",
          "tier",
          "guidePickAccepted",
          "warningRules",
          "conflicts",
          "relaxations");

  private FlatRow() {}

  static byte[] header() {
    return line(COLUMNS);
  }

  static byte[] of(long number, Decision d) {
    Recommendation r = d.recommendation();
    return line(
        List.of(
            Long.toString(number),
            text(d.requirementId()),
            d.decisionId(),
            d.verdict().word(),
            of(r, Recommendation::label),
            of(r, Summary::cards),
            of(r, Recommendation::totalUsd),
            of(r, Recommendation::totalLowUsd),
            of(r, Recommendation::totalHighUsd),
            of(r, Recommendation::psuWatts),
            of(r, Recommendation::ramGib),
            of(r, Recommendation::cooling),
            of(r == null ? null : r.memory(), Decision.MemoryView::verdict),
            of(r == null ? null : r.memory(), Decision.MemoryView::needGib),
            of(r == null ? null : r.memory(), Decision.MemoryView::availableGib),
            of(r == null ? null : r.memory(), Decision.MemoryView::marginPercent),
            of(r == null ? null : r.speed(), Decision.SpeedView::tokensPerSecond),
            of(r == null ? null : r.speed(), Decision.SpeedView::low),
            of(r == null ? null : r.speed(), Decision.SpeedView::high),
            of(r == null ? null : r.speed(), Decision.SpeedView::totalTokensPerSecond),
            of(r == null ? null : r.speed(), Decision.SpeedView::firstTokenSeconds),
            of(r == null ? null : r.power(), Decision.PowerView::systemWatts),
            of(r == null ? null : r.power(), Decision.PowerView::usdPerYear),
            of(d.tier(), Decision.TierView::id),
            of(d.guidePick(), Decision.GuidePickView::accepted),
            String.join("; ", d.warnings().stream().map(Decision.Said::rule).distinct().toList()),
            Integer.toString(d.conflicts().size()),
            String.join("; ", d.relaxations().stream().map(FlatRow::change).toList())));
  }

  private static String change(Relaxation change) {
    return "%s %s -> %s".formatted(change.field(), text(change.from()), text(change.to()));
  }

  private static <T> String of(T part, Function<T, ?> figure) {
    return part == null ? "" : text(figure.apply(part));
  }

  private static String text(Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof Word word
        ? word.word()
        : value instanceof Double figure
            ? BigDecimal.valueOf(figure).stripTrailingZeros().toPlainString()
            : value.toString();
  }

  private static byte[] line(List<String> cells) {
    StringWriter line = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(line)) {
      csv.writeRecord(cells);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }
}
