package dev.rigwright.report;

import dev.rigwright.domain.Requirement.Assumption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What was filled in because it was not said, in one line. */
public final class Assumed {

  private Assumed() {}

  static String of(Material material) {
    List<String> parts = new ArrayList<>();
    for (Assumption assumption : material.decision().assumptions()) {
      parts.add(text(assumption));
    }
    return parts.isEmpty() ? "nothing; you named everything." : String.join("; ", parts) + ".";
  }

  /** One of them, in words. */
  public static String text(Assumption assumption) {
    String value = value(assumption.value());
    String field = assumption.field();
    if (field.endsWith("/quantization")) {
      return "weights at " + value;
    }
    return switch (field) {
      case "asOf" -> "as of " + value;
      case "scope" ->
          switch (value) {
            case "build" -> "a whole machine";
            case "gpu" -> "cards only";
            default -> "an upgrade of what is owned";
          };
      case "users" -> value.equals("1") ? "1 person" : value + " people";
      case "engine" -> value;
      case "contextTokens" -> value + " tokens of context";
      case "promptTokens" -> "prompts of " + value;
      case "answerTokens" -> "answers of " + value;
      case "useCases" -> "for " + value;
      case "condition" -> value.equals("any") ? "new or used" : value + " goods";
      case "electricityUsdPerKwh" -> value + " USD per kWh";
      case "hoursPerDay" -> value + " hours a day at full load";
      case "kvCache" -> "KV cache at " + value;
      case "headless" -> value.equals("true") ? "no display on the card" : "a display on the card";
      case "policy" -> value.equals("checked") ? "figures before the guide" : "the guide alone";
      case "models" -> value + " (" + assumption.because() + ")";
      default -> field + " " + value;
    };
  }

  private static String value(Object value) {
    return value instanceof Collection<?> several
        ? several.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "))
        : Changes.value(value);
  }
}
