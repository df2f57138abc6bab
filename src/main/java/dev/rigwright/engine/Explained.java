package dev.rigwright.engine;

import java.util.List;

/**
 * A decision with all that a question about it needs.
 *
 * @param decision its proof says of each ground {@link Ground#how() how} it came about
 * @param standing all facts at the end, given and concluded, also those that the decision does not
 *     rest on
 */
public record Explained(Decision decision, List<Object> standing) {

  public Explained {
    standing = List.copyOf(standing);
  }

  /** How many facts of a type stand, by the type's simple name as rules write it. */
  public long count(String type) {
    return standing.stream().filter(fact -> fact.getClass().getSimpleName().equals(type)).count();
  }
}
