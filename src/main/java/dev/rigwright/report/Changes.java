package dev.rigwright.report;

import dev.rigwright.engine.Decision.Relaxation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The smallest single changes that would bring an answer, each with what it would buy. */
final class Changes {

  private static final Map<String, String> FIELDS =
      Map.of(
          "budgetUsd", "a budget of",
          "contextTokens", "a context of",
          "users", "people",
          "kvCache", "a KV cache of",
          "condition", "condition",
          "limits.maxSystemWatts", "at most watts",
          "limits.maxGpus", "at most cards",
          "limits.minTokensPerSecond", "at least tokens a second",
          "limits.vendors", "makers");

  private Changes() {}

  static Section of(Material material) {
    List<Entry> entries = new ArrayList<>();
    for (Relaxation change : material.decision().relaxations()) {
      entries.add(
          Entry.of(
              label(change),
              value(change.to())
                  + " instead of "
                  + value(change.from())
                  + ": "
                  + bought(change)
                  + "."));
    }
    if (entries.isEmpty() && material.infeasible()) {
      entries.add(Entry.of("", "No single change that was tried brings an answer."));
    }
    return new Section("SMALLEST CHANGES: ANY ONE OF THEM IS ENOUGH", entries);
  }

  private static String label(Relaxation change) {
    return change.field().startsWith("models/") ? "quantization" : change.field();
  }

  /** The field in words that go before its value. */
  static String field(Relaxation change) {
    return FIELDS.getOrDefault(change.field(), label(change));
  }

  /** A value as it would be written in a requirement, with thousands separators. */
  static String value(Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return Prose.number(((Number) value).longValue());
    }
    if (value instanceof Number number) {
      return Prose.decimal(number.doubleValue());
    }
    return value instanceof List<?> list
        ? String.join(", ", list.stream().map(String::valueOf).toList())
        : String.valueOf(value);
  }

  /** What the change would buy. */
  static String bought(Relaxation change) {
    if (change.gpus().isEmpty() || change.totalUsd() == null) {
      return "then there is an answer";
    }
    return change.totalUsd() == 0
        ? "keep " + Prose.cards(change.gpus()) + ", nothing to buy"
        : "buys " + Prose.cards(change.gpus()) + ", " + Prose.usd(change.totalUsd()) + " in all";
  }
}
