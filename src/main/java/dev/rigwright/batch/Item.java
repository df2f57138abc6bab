package dev.rigwright.batch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.BadInputException.Problem;
import dev.rigwright.facts.RequirementReader;
import java.util.List;

/**
 * One requirement of an input, not judged yet.
 *
 * @param number of its line; in a JSON array, of the element
 * @param text its JSON; null where it is parsed already, or refused
 * @param tree its JSON, parsed; null where it is not, or refused
 * @param refused why it cannot even be parsed; null for nothing
 */
record Item(long number, byte[] text, JsonNode tree, Problem refused) {

  static Item text(long number, byte[] text) {
    return new Item(number, text, null, null);
  }

  static Item tree(long number, JsonNode tree) {
    return new Item(number, null, tree, null);
  }

  static Item refused(long number, String pointer, String message) {
    return new Item(number, null, null, new Problem(pointer, message));
  }

  /**
   * The requirement as it was given.
   *
   * @throws BadInputException if it is none
   */
  JsonNode given(RequirementReader reader) {
    if (refused != null) {
      throw new BadInputException(List.of(refused));
    }
    return tree == null ? reader.parse(text) : tree;
  }
}
