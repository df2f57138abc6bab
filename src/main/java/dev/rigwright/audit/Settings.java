package dev.rigwright.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.Json;

/** Other values for fields of a requirement, written {@code field=value}. */
public final class Settings {

  private Settings() {}

  /**
   * A field and its value.
   *
   * @param field with points, entries of a list by their number from 0: {@code
   *     models.0.quantization}
   * @param value null to leave the field open
   */
  public record Setting(String field, JsonNode value) {

    /**
     * Parses {@code field=value}. The value is JSON where it can be read so, else a text; an empty
     * one leaves the field open.
     *
     * @throws BadInputException if there is no field or no sign
     */
    public static Setting of(String text) {
      int sign = text.indexOf('=');
      if (sign < 1) {
        throw new BadInputException(
            "",
            "The setting (%s) is not written FIELD=VALUE. Maybe budgetUsd=3500 or models.0.quantization=q5_k_m is a pattern for it."
                .formatted(text));
      }
      return new Setting(text.substring(0, sign).strip(), value(text.substring(sign + 1).strip()));
    }

    private static JsonNode value(String text) {
      if (text.isEmpty() || text.equals("null")) {
        return null;
      }
      try {
        JsonNode value = Json.MAPPER.readTree(text);
        return value == null || value.isMissingNode() ? TextNode.valueOf(text) : value;
      } catch (JsonProcessingException plain) {
        return TextNode.valueOf(text);
      }
    }

    /** The field as a JSON pointer. */
    public String pointer() {
      return "/" + field.replace("~", "~0").replace("/", "~1").replace('.', '/');
    }
  }

  /**
   * Puts a value into a requirement. Whether the field is known and the value allowed is judged
   * where the requirement is read.
   *
   * @throws BadInputException if the field lies in something that has no fields
   */
  public static void apply(ObjectNode requirement, Setting setting) {
    String[] steps = setting.field().split("\\.");
    JsonNode at = requirement;
    for (int i = 0; i < steps.length - 1; i++) {
      JsonNode next = child(at, steps[i], setting);
      if (next == null) {
        if (setting.value() == null) {
          return;
        }
        boolean list = steps[i + 1].matches("\\d+");
        next = list ? Json.MAPPER.createArrayNode() : Json.MAPPER.createObjectNode();
        put(at, steps[i], next, setting);
      }
      at = next;
    }
    put(at, steps[steps.length - 1], setting.value(), setting);
  }

  private static JsonNode child(JsonNode at, String step, Setting setting) {
    if (at instanceof ArrayNode list) {
      int index = index(list, step, setting);
      return index < list.size() ? list.get(index) : null;
    }
    return at.get(step);
  }

  private static void put(JsonNode at, String step, JsonNode value, Setting setting) {
    if (at instanceof ObjectNode object) {
      if (value == null) {
        object.remove(step);
      } else {
        object.set(step, value);
      }
    } else if (at instanceof ArrayNode list) {
      int index = index(list, step, setting);
      if (value == null) {
        if (index < list.size()) {
          list.remove(index);
        }
      } else if (index == list.size()) {
        list.add(value);
      } else {
        list.set(index, value);
      }
    } else {
      throw new BadInputException(
          setting.pointer(),
          "There is %s, which has no field (%s). Maybe the field is another one; facts/schema/requirement.schema.json lists all."
              .formatted(at, step));
    }
  }

  private static int index(ArrayNode list, String step, Setting setting) {
    if (step.matches("\\d{1,4}") && Integer.parseInt(step) <= list.size()) {
      return Integer.parseInt(step);
    }
    throw new BadInputException(
        setting.pointer(),
        "The place (%s) is not in this list: its first is 0, and %d adds one at its end."
            .formatted(step, list.size()));
  }
}
