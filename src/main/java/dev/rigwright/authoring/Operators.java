package dev.rigwright.authoring;

import java.util.List;
import java.util.Map;

/** Operators of conditions, and what they are mistaken for. */
final class Operators {

  private static final Map<String, List<String>> FLIPS =
      Map.ofEntries(
          Map.entry(">", List.of(">=", "<=")),
          Map.entry(">=", List.of(">", "<")),
          Map.entry("<", List.of("<=", ">=")),
          Map.entry("<=", List.of("<", ">")),
          Map.entry("==", List.of("!=")),
          Map.entry("!=", List.of("==")),
          Map.entry("contains", List.of("not contains")),
          Map.entry("not contains", List.of("contains")),
          Map.entry("memberOf", List.of("not memberOf")),
          Map.entry("not memberOf", List.of("memberOf")),
          Map.entry("matches", List.of("not matches")),
          Map.entry("not matches", List.of("matches")),
          Map.entry("&&", List.of("||")),
          Map.entry("||", List.of("&&")),
          Map.entry("+", List.of("-")),
          Map.entry("-", List.of("+")),
          Map.entry("*", List.of("/")),
          Map.entry("/", List.of("*")));

  private static final List<String> ORDERED = List.of("<", "<=", ">", ">=");

  private Operators() {}

  /** What an operator is flipped to; empty for none. */
  static List<String> flips(String operator) {
    return FLIPS.getOrDefault(operator, List.of());
  }

  /**
   * The operator that is true exactly where a relation is false; null where no operator is, since a
   * comparison of order with null is false either way round.
   */
  static String opposite(String operator) {
    List<String> flips = flips(operator);
    return flips.size() == 1 ? flips.get(0) : null;
  }

  /** Whether it compares by order. */
  static boolean ordered(String operator) {
    return ORDERED.contains(operator);
  }
}
