package dev.rigwright.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a match of a rule came about, element by element of its condition. It is read for questions
 * about a decision; where nobody asks, a decision does without.
 *
 * @param matched what each pattern matched and each accumulation yielded, in the order of the
 *     condition; what must not be there leaves nothing
 * @param witnesses for each {@code exists}, in the order of the condition, a fact that fulfils it
 * @param gathered what each accumulation was made from, in the order of the condition
 * @param values of the condition's variables, by name with their {@code $}; a value may be null
 */
public record How(
    List<Object> matched,
    List<Object> witnesses,
    List<List<Object>> gathered,
    Map<String, Object> values) {

  public How {
    matched = List.copyOf(matched);
    witnesses = List.copyOf(witnesses);
    gathered = List.copyOf(gathered);
    // Map.copyOf would refuse the null of an unknown figure.
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
