package dev.rigwright.engine;

import java.util.List;

/**
 * One reason why a conclusion stands: a match of a rule over facts.
 *
 * @param rule the rule's id
 * @param facts what its condition matched, in the order of its patterns
 */
public record Ground(String rule, List<Object> facts) {

  public Ground {
    facts = List.copyOf(facts);
  }
}
