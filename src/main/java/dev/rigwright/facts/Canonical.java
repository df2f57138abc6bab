package dev.rigwright.facts;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/** JSON in one form: keys sorted, no white space, numbers as they are written shortest. */
public final class Canonical {

  /** Beyond it not every whole number is a double, so that its digits would say too much. */
  private static final double LARGEST_WHOLE = 1e15;

  private Canonical() {}

  /** The bytes of a document, the same for all documents that say the same. */
  public static byte[] bytes(JsonNode node) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = Json.MAPPER.createGenerator(bytes)) {
      write(node, json);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonNode node, JsonGenerator json) throws IOException {
    if (node.isObject()) {
      Map<String, JsonNode> sorted = new TreeMap<>();
      node.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
      json.writeStartObject();
      for (Map.Entry<String, JsonNode> field : sorted.entrySet()) {
        json.writeFieldName(field.getKey());
        write(field.getValue(), json);
      }
      json.writeEndObject();
    } else if (node.isArray()) {
      json.writeStartArray();
      for (Iterator<JsonNode> element = node.elements(); element.hasNext(); ) {
        write(element.next(), json);
      }
      json.writeEndArray();
    } else if (node.isFloatingPointNumber()) {
      double value = node.doubleValue();
      if (value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE) {
        json.writeNumber((long) value);
      } else {
        json.writeNumber(value);
      }
    } else {
      json.writeTree(node);
    }
  }
}
