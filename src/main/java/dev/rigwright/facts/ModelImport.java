package dev.rigwright.facts;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.domain.Fingerprint;
import dev.rigwright.domain.Model;
import dev.rigwright.facts.BadInputException.Problem;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes a row of {@code catalog/models.json} of a model's own {@code config.json}, and puts it into
 * the text of that file without touching any other row. Pure: it reads and writes no file.
 *
 * @param row the fields in the order of the file
 * @param config what was derived
 */
public record ModelImport(Map<String, Object> row, ModelConfig config) {

  /**
   * What the file itself does not say.
   *
   * @param id id of the row; null to take the last part of the file's {@code _name_or_path}
   * @param name name of the row; null for its id
   * @param paramsB parameters as published, 10^9; null to compute them from the shape
   * @param fileName the file's name, for the source
   * @param asOf the day of the import
   */
  public record Request(String id, String name, Double paramsB, String fileName, LocalDate asOf) {}

  /**
   * Derives the row.
   *
   * @param json the text of a {@code config.json}
   * @throws BadInputException if it is no JSON, or no model that is understood; the message says
   *     where and what is missing
   */
  public static ModelImport of(byte[] json, Request request) {
    JsonNode tree = parsed(json);
    ModelConfig config = ModelConfig.of(tree);
    String id = id(request, tree);
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", id);
    row.put("name", request.name() == null ? id : request.name());
    BigDecimal computed = billions(config.parameters());
    row.put("paramsB", request.paramsB() == null ? computed : request.paramsB());
    if (config.activeParameters() != null) {
      row.put("activeParamsB", billions(config.activeParameters()));
    }
    row.put("paramsBasis", basis(request, config, computed));
    row.putAll(config.figures());
    row.put("confidence", "medium");
    String note = note(config, tree);
    if (!note.isEmpty()) {
      row.put("note", note);
    }
    row.put("source", request.fileName() + " (sha256 " + Fingerprint.sha256(json) + ")");
    row.put("asOf", request.asOf().toString());
    check(row);
    return new ModelImport(row, config);
  }

  private static JsonNode parsed(byte[] json) {
    try {
      JsonNode tree = Json.MAPPER.readTree(json);
      if (tree.isMissingNode()) {
        throw new BadInputException(
            "line 1, column 1", "There is nothing. Maybe the download failed.");
      }
      return tree;
    } catch (JsonProcessingException malformed) {
      JsonLocation at = malformed.getLocation();
      throw new BadInputException(
          "line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()),
          Json.problem(malformed));
    } catch (IOException impossible) {
      throw new BadInputException("", String.valueOf(impossible.getMessage()));
    }
  }

  private static String id(Request request, JsonNode tree) {
    String id = request.id();
    if (id == null) {
      String path = tree.path("_name_or_path").asText();
      id =
          path.substring(path.lastIndexOf('/') + 1)
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^a-z0-9.-]+", "-");
    }
    if (!id.matches("[a-z0-9]+([.-][a-z0-9]+)*")) {
      throw new BadInputException(
          "",
          id.isEmpty()
              ? "The file does not say what the model is called. Name it with --id."
              : "The id (%s) must be made of lower-case letters, digits, dots and hyphens. Maybe --id %s."
                  .formatted(
                      id,
                      id.toLowerCase(Locale.ROOT)
                          .replaceAll("[^a-z0-9.]+", "-")
                          .replaceAll("^[.-]+|[.-]+$", "")));
    }
    return id;
  }

  private static String basis(Request request, ModelConfig config, BigDecimal computed) {
    String shapes = "computed from the shapes of config.json, biases and norms left out";
    String active =
        config.activeParameters() == null ? "" : "; active ones with both embedding tables";
    return request.paramsB() == null
        ? shapes + active
        : "given on import; " + shapes + ": " + computed.toPlainString() + active;
  }

  private static String note(ModelConfig config, JsonNode tree) {
    List<String> notes = new ArrayList<>();
    if (tree.path("text_config").isObject()) {
      notes.add("The language model alone; encoders of pictures or sound are not counted");
    }
    if (!config.assumed().isEmpty()) {
      notes.add("Assumed where the file is silent: " + String.join(", ", config.assumed()));
    }
    return String.join(". ", notes);
  }

  private static void check(Map<String, Object> row) {
    try {
      Json.MAPPER.convertValue(row, Model.class);
    } catch (IllegalArgumentException unusable) {
      Throwable cause = unusable;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw new BadInputException(
          "", String.valueOf(cause.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private static BigDecimal billions(long parameters) {
    BigDecimal billions =
        BigDecimal.valueOf(parameters).movePointLeft(9).setScale(3, RoundingMode.HALF_UP);
    return new BigDecimal(billions.stripTrailingZeros().toPlainString());
  }

  /** The row as it stands in the file: on one line. */
  public String line() {
    List<String> fields = new ArrayList<>();
    row.forEach((field, value) -> fields.add(json(field) + ": " + json(value)));
    return "{ " + String.join(", ", fields) + " }";
  }

  private static String json(Object value) {
    try {
      return Json.MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * The text of a {@code models.json} with the row in it: in the place of the row of its id, else
   * after the last. All other characters stay as they are.
   *
   * @param text the file; null where there is none yet
   * @param schema the schema of the file, which the row has to obey
   * @throws BadInputException if the file is no list of models, or the schema refuses the row
   */
  public String into(String text, JsonNode schema) {
    String file =
        text == null
            ? "{\n  \"$schema\": \"../schema/models.schema.json\",\n  \"rows\": [\n  ]\n}\n"
            : text;
    List<int[]> places = new ArrayList<>();
    int end = places(file, places);
    JsonNode rows = parsed(file.getBytes(java.nio.charset.StandardCharsets.UTF_8)).path("rows");
    for (int i = 0; i < places.size(); i++) {
      if (rows.get(i).path("id").asText().equals(row.get("id"))) {
        return checked(
            file.substring(0, places.get(i)[0]) + line() + file.substring(places.get(i)[1]),
            schema);
      }
    }
    int at = places.isEmpty() ? end : places.get(places.size() - 1)[1];
    String before = file.substring(0, at);
    return checked(
        (places.isEmpty() ? before.stripTrailing() : before + ",")
            + "\n    "
            + line()
            + (places.isEmpty() ? "\n  " : "")
            + file.substring(at),
        schema);
  }

  private String checked(String text, JsonNode schema) {
    ObjectNode loose = schema.deepCopy();
    loose.remove("required");
    ((ObjectNode) loose.path("properties")).putObject("$schema").put("type", "string");
    JsonNode tree = parsed(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    List<Problem> problems = new SchemaProblems(loose, "facts/schema/models.schema.json").of(tree);
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
    return text;
  }

  /** Where each row begins and ends; the answer is where the list of rows ends. */
  private static int places(String file, List<int[]> places) {
    try (JsonParser parser = Json.MAPPER.createParser(file)) {
      int begin = -1;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        String here = parser.getParsingContext().pathAsPointer().toString();
        if (token == JsonToken.START_OBJECT && here.matches("/rows/\\d+")) {
          begin = (int) parser.currentTokenLocation().getCharOffset();
        } else if (token == JsonToken.END_OBJECT && here.matches("/rows/?\\d*") && begin >= 0) {
          places.add(new int[] {begin, (int) parser.currentTokenLocation().getCharOffset() + 1});
          begin = -1;
        } else if (token == JsonToken.END_ARRAY && here.equals("/rows")) {
          return (int) parser.currentTokenLocation().getCharOffset();
        }
      }
    } catch (JsonProcessingException malformed) {
      JsonLocation at = malformed.getLocation();
      throw new BadInputException(
          "line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()),
          Json.problem(malformed));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    throw new BadInputException("/rows", "The field (rows) is missing.");
  }
}
