package dev.rigwright.web.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts a requirement into the fields of the form. */
final class Filling {

  private final JsonNode requirement;
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  /**
   * A requirement to be put in.
   *
   * @param requirement as the contract has it
   */
  Filling(JsonNode requirement) {
    this.requirement = requirement;
  }

  /** The values of the fields, by their names. */
  Map<String, List<String>> values() {
    all(requirement);
    all(requirement.path("owned"));
    all(requirement.path("limits"));
    put(Fields.ID, requirement.path("id"));
    int number = 1;
    for (JsonNode model : requirement.path("models")) {
      Fields.Model fields = Fields.Model.at(number++);
      put(fields.id(), model.path("id"));
      put(fields.sizeB(), model.path("sizeB"));
      put(fields.quantization(), model.path("quantization"));
      put(fields.role(), model.path("role"));
    }
    int row = 1;
    for (JsonNode card : requirement.path("owned").path("gpus")) {
      Fields.Card fields = Fields.Card.at(row++);
      put(fields.id(), card.path("id"));
      put(fields.count(), card.path("count"));
    }
    return values;
  }

  /** What has the name of a field; the form leaves out what has not. */
  private void all(JsonNode object) {
    object.properties().forEach(field -> put(field.getKey(), field.getValue()));
  }

  private void put(String field, JsonNode value) {
    if (value.isArray()) {
      List<String> several = new ArrayList<>();
      value.forEach(one -> several.add(one.asText()));
      values.put(field, several);
    } else if (value.isNumber()) {
      values.put(field, List.of(value.decimalValue().stripTrailingZeros().toPlainString()));
    } else if (value.isValueNode()) {
      values.put(field, List.of(value.asText()));
    }
  }
}
