package dev.rigwright.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.Json;
import dev.rigwright.facts.RequirementReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of column names, then a requirement a line. The columns are the fields of a requirement,
 * in any order: {@code budgetUsd}, {@code owned.psuWatts}, {@code limits.maxGpus}. Several values
 * stand in one cell, with semicolons between: {@code models} as {@code qwen2.5-32b@q4_k_m;
 * whisper-large-v3} or {@code 70B}, {@code owned.gpus} as {@code 2x rtx-3090}. An empty cell leaves
 * the field out.
 */
final class CsvInput implements Input {

  private static final Pattern SEVERAL = Pattern.compile("(\\d{1,4})\\s*x\\s+(.+)");
  private static final Pattern SIZE = Pattern.compile("\\d+(\\.\\d+)?[Bb]");

  private final CsvRecords records;
  private final List<Column> columns = new ArrayList<>();

  private record Column(String name, List<String> path, String type) {}

  CsvInput(InputStream in, RequirementReader reader, String name) throws IOException {
    records = new CsvRecords(in);
    Map<String, Column> known = new TreeMap<>();
    collect(reader.schema(), List.of(), known);
    header(known, name);
  }

  /** The columns that there may be: the leaves of the schema. */
  private static void collect(JsonNode schema, List<String> path, Map<String, Column> known) {
    schema
        .path("properties")
        .properties()
        .forEach(
            field -> {
              List<String> here = new ArrayList<>(path);
              here.add(field.getKey());
              String type = field.getValue().path("type").asText("string");
              if (type.equals("object")) {
                collect(field.getValue(), here, known);
              } else {
                String name = String.join(".", here);
                known.put(name, new Column(name, here, type));
              }
            });
  }

  private void header(Map<String, Column> known, String name) throws IOException {
    List<String> wrong = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    CsvRecords.Line first = records.next();
    if (first.problem() != null) {
      throw new BadInputException("line 1", "%s: %s".formatted(name, first.problem()));
    }
    for (String field : first.cells()) {
      Column column = known.get(field.strip());
      if (column == null || !seen.add(column.name())) {
        wrong.add(field);
      } else {
        columns.add(column);
      }
    }
    if (!wrong.isEmpty()) {
      throw new BadInputException(
          "line 1",
          "%s has columns that are no fields of a requirement, or stand twice: %s. Allowed are %s."
              .formatted(name, String.join(", ", wrong), String.join(", ", known.keySet())));
    }
  }

  @Override
  public Item next() throws IOException {
    CsvRecords.Line line = records.next();
    if (line == null) {
      return null;
    }
    if (line.problem() != null) {
      return Item.refused(line.number(), "", line.problem());
    }
    return line.cells().size() == columns.size()
        ? item(line)
        : Item.refused(
            line.number(),
            "",
            Figures.text(
                "Found %d cells; there are %d columns. Maybe a cell with a comma wants quotes.",
                line.cells().size(), columns.size()));
  }

  private Item item(CsvRecords.Line line) {
    ObjectNode requirement = Json.MAPPER.createObjectNode();
    for (int i = 0; i < columns.size(); i++) {
      String cell = line.cells().get(i).strip();
      if (!cell.isEmpty()) {
        Column column = columns.get(i);
        ObjectNode into = requirement;
        for (String step : column.path().subList(0, column.path().size() - 1)) {
          into = into.withObjectProperty(step);
        }
        into.set(column.path().get(column.path().size() - 1), value(column, cell));
      }
    }
    return Item.tree(line.number(), requirement);
  }

  /** A cell as JSON; what is no number or truth stays text, for the schema to refuse. */
  private static JsonNode value(Column column, String cell) {
    return switch (column.type()) {
      case "integer", "number" -> number(cell);
      case "boolean" ->
          cell.equals("true") || cell.equals("false")
              ? Json.MAPPER.getNodeFactory().booleanNode(cell.equals("true"))
              : text(cell);
      case "array" -> list(column.name(), cell);
      default -> text(cell);
    };
  }

  private static JsonNode text(String cell) {
    return Json.MAPPER.getNodeFactory().textNode(cell);
  }

  private static JsonNode number(String cell) {
    try {
      JsonNode read = Json.MAPPER.readTree(cell);
      return read.isNumber() ? read : text(cell);
    } catch (IOException noNumber) {
      return text(cell);
    }
  }

  private static ArrayNode list(String column, String cell) {
    ArrayNode list = Json.MAPPER.createArrayNode();
    for (String part : cell.split(";")) {
      String one = part.strip();
      if (!one.isEmpty()) {
        list.add(
            column.equals("models")
                ? model(one)
                : column.equals("owned.gpus") ? gpu(one) : text(one));
      }
    }
    return list;
  }

  private static JsonNode model(String one) {
    ObjectNode model = Json.MAPPER.createObjectNode();
    int at = one.lastIndexOf('@');
    String name = at < 0 ? one : one.substring(0, at).strip();
    if (SIZE.matcher(name).matches()) {
      model.set("sizeB", number(name.substring(0, name.length() - 1)));
    } else {
      model.put("id", name);
    }
    if (at >= 0) {
      model.put("quantization", one.substring(at + 1).strip());
    }
    return model;
  }

  private static JsonNode gpu(String one) {
    ObjectNode gpu = Json.MAPPER.createObjectNode();
    Matcher several = SEVERAL.matcher(one);
    if (several.matches()) {
      gpu.put("id", several.group(2).strip()).put("count", Integer.parseInt(several.group(1)));
    } else {
      gpu.put("id", one).put("count", 1);
    }
    return gpu;
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
