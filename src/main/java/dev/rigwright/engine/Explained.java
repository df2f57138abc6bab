package dev.rigwright.engine;

import java.util.List;

/**
 * A decision with all that a question about it needs.
 *
 * @param decision as it is without a question
 * @param proof says of each ground {@link Ground#how() how} it came about; the decision's own proof
 *     does not, as reading it costs time
 * @param standing all facts at the end, given and concluded, also those that the decision does not
 *     rest on
 */
public record Explained(Decision decision, Proof proof, List<Object> standing) {

  public Explained {
    standing = List.copyOf(standing);
  }
}
