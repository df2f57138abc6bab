package dev.rigwright.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
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
    return new String(DecisionJson.printed(decision, printer()), StandardCharsets.UTF_8) + "\n";
  }

  /** A document, indented by two spaces, with a line feed at the end. */
  public static String indented(JsonNode tree) {
    try {
      return MAPPER.writer(printer()).writeValueAsString(tree) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Line feeds everywhere: the default follows the system. */
  private static DefaultPrettyPrinter printer() {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER));
    printer.indentObjectsWith(lines);
    printer.indentArraysWith(lines);
    return printer;
  }
}
