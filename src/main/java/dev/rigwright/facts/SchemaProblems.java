package dev.rigwright.facts;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.rigwright.facts.BadInputException.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a document has that its JSON Schema does not allow, in words. Thread-safe. */
final class SchemaProblems {

  /** Nobody reads more at once. */
  private static final int MOST = 100;

  private final JsonNode document;
  private final Schema schema;
  private final String named;

  /**
   * A schema.
   *
   * @param document the JSON Schema
   * @param named where a person can read it
   */
  SchemaProblems(JsonNode document, String named) {
    this.document = document;
    this.named = named;
    this.schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(document);
  }

  /** Everything that is wrong, sorted by its pointer; empty where nothing is. */
  List<Problem> of(JsonNode node) {
    List<Error> errors =
        schema.validate(node).stream()
            .filter(error -> !error.getKeyword().equals("if"))
            .sorted(Comparator.comparing(SchemaProblems::pointer))
            .toList();
    List<Problem> problems = new ArrayList<>();
    errors.stream().limit(MOST).forEach(error -> problems.add(problem(error)));
    int more = errors.size() - MOST;
    if (more > 0) {
      problems.add(new Problem("", "%,d more are wrong.".formatted(more)));
    }
    return problems;
  }

  /** The part of the schema that describes what stands at a pointer. */
  private JsonNode part(String pointer) {
    JsonNode part = document;
    for (String step : pointer.split("/")) {
      if (!step.isEmpty()) {
        part = part.has("items") ? part.path("items") : part.path("properties").path(step);
        if (part.has("$ref")) {
          part = document.at(part.path("$ref").asText().substring(1));
        }
      }
    }
    return part;
  }

  /** Where it is: a field that is missing, or not known, has its own place. */
  private static String pointer(Error error) {
    String pointer = error.getInstanceLocation().toString();
    return switch (error.getKeyword()) {
      case "additionalProperties", "required" ->
          pointer + JsonPointer.empty().appendProperty(error.getProperty());
      default -> pointer;
    };
  }

  private Problem problem(Error error) {
    String pointer = pointer(error);
    JsonNode found = error.getInstanceNode();
    JsonNode allowed = error.getSchemaNode();
    String keyword = error.getKeyword();
    switch (keyword) {
      case "additionalProperties":
        List<String> fields = new ArrayList<>();
        part(error.getInstanceLocation().toString())
            .path("properties")
            .fieldNames()
            .forEachRemaining(fields::add);
        return new Problem(
            pointer,
            "The field (%s) is not known.%s"
                .formatted(error.getProperty(), near(error.getProperty(), fields)));
      case "required":
        return new Problem(pointer, "The field (%s) is missing.".formatted(error.getProperty()));
      case "oneOf":
        return new Problem(pointer, "A model is named by its id or by its sizeB: one of the two.");
      default:
        return new Problem(
            pointer, "Found %s; %s.".formatted(abbreviated(found), allowed(keyword, allowed)));
    }
  }

  private String near(String name, List<String> fields) {
    return fields.stream()
        .min(Comparator.comparingInt(field -> distance(name, field)))
        .filter(field -> distance(name, field) <= Math.max(2, name.length() / 3))
        .map(field -> " Maybe " + field + " was meant.")
        .orElse(" Maybe it belongs elsewhere; " + named + " lists all fields.");
  }

  /** Whoever leaves out the unit is near. */
  private static int distance(String name, String field) {
    return field.startsWith(name) ? 0 : Names.distance(name, field);
  }

  private static String abbreviated(JsonNode found) {
    String text = String.valueOf(found);
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }

  private static String allowed(String keyword, JsonNode rule) {
    JsonNode value = rule == null ? null : rule.has(keyword) ? rule.get(keyword) : rule;
    String text = value == null ? "" : value.toString().replace("\"", "").replace(",", ", ");
    return switch (keyword) {
      case "type" -> "allowed is a value of type " + text;
      case "enum" -> "allowed are " + text.replace("[", "").replace("]", "");
      case "minimum" -> "allowed is " + text + " or more";
      case "maximum" -> "allowed is " + text + " or less";
      case "exclusiveMinimum" -> "allowed is more than " + text;
      case "minLength" -> "allowed is a text of " + text + " characters or more";
      case "maxLength" -> "allowed is a text of " + text + " characters or fewer";
      case "minItems" -> "allowed are " + text + " entries or more";
      case "maxItems" -> "allowed are " + text + " entries or fewer";
      case "uniqueItems" -> "each entry may stand there once";
      case "pattern" -> "allowed is a text of the form " + text.replace("\\\\", "\\");
      default -> "allowed is what " + keyword + " says: " + text;
    };
  }
}
