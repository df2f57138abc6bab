package dev.rigwright.facts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeSet;

/** JSON in one form: keys sorted, no white space, numbers as they are written shortest. */
public final class Canonical {

  private Canonical() {}

  /** The bytes of a document, the same for all documents that say the same. */
  public static byte[] bytes(JsonNode node) {
    try {
      return Json.MAPPER.writeValueAsBytes(sorted(node));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static JsonNode sorted(JsonNode node) {
    if (node.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      TreeSet<String> names = new TreeSet<>();
      node.fieldNames().forEachRemaining(names::add);
      names.forEach(name -> object.set(name, sorted(node.get(name))));
      return object;
    }
    if (node.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      node.forEach(element -> array.add(sorted(element)));
      return array;
    }
    if (node.isFloatingPointNumber()) {
      double value = node.doubleValue();
      return value == Math.rint(value) && Math.abs(value) < 1e15
          ? JsonNodeFactory.instance.numberNode((long) value)
          : JsonNodeFactory.instance.numberNode(value);
    }
    return node;
  }
}
