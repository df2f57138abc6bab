package dev.rigwright.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rigwright.engine.Decision;
import dev.rigwright.engine.DecisionJson;
import dev.rigwright.facts.Json;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A decision as JSON that a person can read: all that was decided, in the contract's order. The
 * same decision gives the same text on every system.
 */
public final class JsonReport {

  private static final ObjectMapper MAPPER = Json.MAPPER;

  private JsonReport() {}

  /** The decision, indented by two spaces, with a line feed at the end. */
  public static String of(Decision decision) {
    return new String(bytes(decision), StandardCharsets.UTF_8);
  }

  /** The same in UTF-8. */
  public static byte[] bytes(Decision decision) {
    return DecisionJson.printed(decision);
  }

  /** A document, indented by two spaces, with a line feed at the end. */
  public static String indented(JsonNode tree) {
    try {
      return MAPPER.writer(Json.PRINTER).writeValueAsString(tree) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
