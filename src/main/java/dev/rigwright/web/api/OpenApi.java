package dev.rigwright.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rigwright.facts.Json;
import dev.rigwright.web.InForce;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The description of the HTTP interface, with the schemas that requirements and facts are held to.
 */
final class OpenApi {

  private static final String FILE = "/dev/rigwright/web/openapi.json";
  private static final String DEFINED = "#/$defs/";

  /** Rows of the catalogue, by the file whose schema describes them. */
  private static final Map<String, String> ROWS =
      Map.of("Gpu", "gpus", "Offer", "offers", "Model", "models", "Service", "services");

  private OpenApi() {}

  /**
   * The document.
   *
   * @param facts the folder of the facts, with their schemas
   */
  static String of(InForce inForce, Path facts) {
    try (InputStream in = OpenApi.class.getResourceAsStream(FILE)) {
      JsonNode document = Json.MAPPER.readTree(in);
      String version = OpenApi.class.getPackage().getImplementationVersion();
      ((ObjectNode) document.get("info")).put("version", version == null ? "0" : version);
      ObjectNode schemas = (ObjectNode) document.at("/components/schemas");
      ObjectNode requirement = inForce.advisor().reader().schema().deepCopy();
      requirement.remove("$schema");
      schemas.set("Requirement", requirement);
      for (Map.Entry<String, String> row : ROWS.entrySet()) {
        Path file = facts.resolve("schema/" + row.getValue() + ".schema.json");
        JsonNode definitions = Json.MAPPER.readTree(Files.readAllBytes(file)).path("$defs");
        definitions
            .properties()
            .forEach(
                each -> {
                  JsonNode schema = each.getValue().deepCopy();
                  refer(schema, row.getKey());
                  schemas.set(name(row.getKey(), each.getKey()), schema);
                });
      }
      // The one field that may be a text in a file; in every answer it is a number. Readers that
      // hold it in binary cannot tell whether it is a tenth.
      ((ObjectNode) schemas.at("/Gpu/properties/computeCapability"))
          .put("type", "number")
          .put("description", "NVIDIA compute capability")
          .remove(List.of("pattern", "multipleOf"));
      return document.toPrettyString() + "\n";
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** What a definition of a file is called in the document. */
  private static String name(String row, String definition) {
    return definition.equals("row") || definition.equalsIgnoreCase(row)
        ? row
        : row + Character.toUpperCase(definition.charAt(0)) + definition.substring(1);
  }

  /** Lets references lead to where the definitions stand in the document. */
  private static void refer(JsonNode schema, String row) {
    if (schema instanceof ObjectNode object && object.path("$ref").asText().startsWith(DEFINED)) {
      String definition = object.get("$ref").asText().substring(DEFINED.length());
      object.set("$ref", TextNode.valueOf("#/components/schemas/" + name(row, definition)));
    }
    schema.forEach(child -> refer(child, row));
  }
}
