package dev.rigwright.web.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the requirement that was typed into a form, and knows which field said what. */
final class Typing {

  /**
   * Digits with separators of thousands of any language, or by two before the last three as in
   * India. A link must ask everybody the same, so the language of whoever typed does not count.
   */
  private static final Pattern GROUPED =
      Pattern.compile(
          "\\d{1,3}([.,'’\\u066c\\u060c\\u00a0\\u2009\\u202f ])\\d{3}(?:\\1\\d{3})*"
              + "|\\d{1,2}([,\\u066c\\u060c])\\d{2}(?:\\2\\d{2})*\\2\\d{3}");

  private static final char ARABIC_POINT = '\u066b';

  private static final int MOST_DIGITS = 15;

  private final Form form;
  private final Map<String, String> problems = new LinkedHashMap<>();

  Typing(Form form) {
    this.form = form;
  }

  /** The requirement, with all that is wrong by field. */
  Form.Typed typed() {
    ObjectNode requirement = JsonNodeFactory.instance.objectNode();
    text(Fields.ID, requirement, "id");
    Fields.TEXT.forEach(field -> text(field, requirement, field));
    Fields.WHOLE.forEach(field -> whole(field, requirement, field));
    Fields.DECIMAL.forEach(field -> decimal(field, requirement, field));
    ArrayNode models = wanted();
    if (!models.isEmpty()) {
      requirement.set("models", models);
    }
    several("useCases", requirement);
    flag("headless", requirement);
    ObjectNode owned = owned();
    if (!owned.isEmpty()) {
      requirement.set("owned", owned);
    }
    ObjectNode limits = limits();
    if (!limits.isEmpty()) {
      requirement.set("limits", limits);
    }
    return new Form.Typed(requirement, problems);
  }

  // ---- models

  /** A model of the requirement, and the row that named it; a row may name several. */
  private record Named(Fields.Model fields, String name) {}

  private List<Named> named() {
    List<Named> named = new ArrayList<>();
    Fields.Model first = Fields.Model.at(1);
    Fields.Model.all()
        .forEach(
            fields -> {
              String said = form.value(fields.id());
              // Links of before there were rows list what runs beside the first.
              List<String> names = fields.equals(first) ? List.of(said) : List.of(said.split(","));
              names.stream()
                  .map(String::strip)
                  .filter(name -> !name.isEmpty())
                  .forEach(name -> named.add(new Named(fields, name)));
              if (!form.says(fields.id()) && form.says(fields.sizeB())) {
                named.add(new Named(fields, null));
              }
            });
    return named;
  }

  /** The fields that name each model of the requirement, in its order. */
  List<Fields.Model> models() {
    return named().stream().map(Named::fields).toList();
  }

  private ArrayNode wanted() {
    ArrayNode models = JsonNodeFactory.instance.arrayNode();
    for (Named each : named()) {
      ObjectNode model = models.addObject();
      if (each.name() == null) {
        decimal(each.fields().sizeB(), model, "sizeB");
      } else {
        model.put("id", each.name());
      }
      text(each.fields().quantization(), model, "quantization");
      text(each.fields().role(), model, "role");
    }
    Fields.Model.all().forEach(this::halfSaid);
    Fields.Model first = Fields.Model.at(1);
    if (!models.isEmpty() && !form.says(first.id()) && !form.says(first.sizeB())) {
      Named other = named().get(0);
      String name = other.name() == null ? form.value(other.fields().sizeB()) + " B" : other.name();
      problems.put(first.id(), "Name the language model that runs beside (" + name + ").");
    }
    return models;
  }

  private void halfSaid(Fields.Model fields) {
    boolean named = form.says(fields.id());
    boolean sized = form.says(fields.sizeB());
    if (named && sized) {
      problems.put(
          fields.sizeB(), "This model is named already. Maybe leave its name or its size empty.");
    }
    for (String field : List.of(fields.quantization(), fields.role())) {
      if (form.says(field) && !named && !sized) {
        problems.put(field, "This is said of a model. Maybe name one, or leave this open.");
      }
    }
  }

  // ---- what is owned, and limits

  private List<Fields.Card> cards() {
    return Fields.Card.all().filter(fields -> form.says(fields.id())).toList();
  }

  private ObjectNode owned() {
    ObjectNode owned = JsonNodeFactory.instance.objectNode();
    ArrayNode gpus = JsonNodeFactory.instance.arrayNode();
    for (Fields.Card fields : cards()) {
      ObjectNode card = gpus.addObject().put("id", form.value(fields.id()));
      whole(fields.count(), card, "count");
    }
    if (!gpus.isEmpty()) {
      owned.set("gpus", gpus);
    }
    Fields.Card.all()
        .filter(fields -> form.says(fields.count()) && !form.says(fields.id()))
        .filter(fields -> !form.has(fields.count(), "1"))
        .forEach(
            fields ->
                problems.put(
                    fields.id(),
                    "Name the card of which you own %s.".formatted(form.value(fields.count()))));
    Fields.OWNED.forEach(field -> whole(field, owned, field));
    return owned;
  }

  private ObjectNode limits() {
    ObjectNode limits = JsonNodeFactory.instance.objectNode();
    for (String field : Fields.LIMITS) {
      if (Fields.FRACTIONS.contains(field)) {
        decimal(field, limits, field);
      } else {
        whole(field, limits, field);
      }
    }
    several("vendors", limits);
    flag("quiet", limits);
    return limits;
  }

  // ---- single fields

  private void text(String field, ObjectNode into, String name) {
    if (form.says(field)) {
      into.put(name, form.value(field));
    }
  }

  private void several(String field, ObjectNode into) {
    if (form.says(field)) {
      ArrayNode list = into.putArray(field);
      form.all(field).forEach(list::add);
    }
  }

  private void flag(String field, ObjectNode into) {
    if (form.has(field, "true") || form.has(field, "false")) {
      into.put(field, form.has(field, "true"));
    } else if (form.says(field)) {
      problems.put(field, "Found (%s); this is true or false.".formatted(form.value(field)));
    }
  }

  private void whole(String field, ObjectNode into, String name) {
    if (form.says(field)) {
      String bare = bare(form.value(field));
      if (GROUPED.matcher(bare).matches()) {
        bare = bare.replaceAll("\\D", "");
      }
      if (bare.length() <= MOST_DIGITS && bare.matches("-?\\d+")) {
        into.put(name, Long.parseLong(bare));
      } else {
        noNumber(field, "whole number");
      }
    }
  }

  private void decimal(String field, ObjectNode into, String name) {
    if (form.says(field)) {
      String point = bare(form.value(field)).replace(',', '.').replace(ARABIC_POINT, '.');
      if (!point.matches("\\d+(\\.\\d+)?|\\.\\d+")) {
        noNumber(field, "number");
        return;
      }
      BigDecimal number = new BigDecimal(point);
      if (number.stripTrailingZeros().scale() <= 0 && number.precision() <= MOST_DIGITS) {
        into.put(name, number.longValueExact());
      } else {
        into.put(name, number.doubleValue());
      }
    }
  }

  private void noNumber(String field, String kind) {
    problems.put(
        field,
        "Found (%s); this is a %s. Maybe leave out words and units."
            .formatted(form.value(field), kind));
  }

  /** In Latin digits, without the units that people add. */
  private static String bare(String text) {
    StringBuilder latin = new StringBuilder();
    text.codePoints()
        .map(typed -> Character.isDigit(typed) ? '0' + Character.digit(typed, 10) : typed)
        .forEach(latin::appendCodePoint);
    return latin
        .toString()
        .replaceFirst("^[$]\\s?", "")
        .replaceFirst("(?i)\\s?(usd|w|gb|gib)$", "");
  }

  // ---- where something is said

  /**
   * The field at which a problem is said.
   *
   * @param pointer where it was found in the requirement
   * @return empty where no field is to blame
   */
  String field(String pointer) {
    String[] steps = pointer.split("/");
    String last = steps[steps.length - 1];
    if (pointer.startsWith("/models/")) {
      return field(models().get(Integer.parseInt(steps[2])), last);
    }
    if (pointer.startsWith("/owned/gpus/")) {
      Fields.Card card = cards().get(Integer.parseInt(steps[3]));
      return last.equals("count") ? card.count() : card.id();
    }
    if (pointer.equals("/id")) {
      return Fields.ID;
    }
    for (int i = steps.length - 1; i > 0; i--) {
      if (Fields.ALL.contains(steps[i])) {
        return steps[i];
      }
    }
    return "";
  }

  private String field(Fields.Model model, String last) {
    return switch (last) {
      case "quantization" -> model.quantization();
      case "role" -> model.role();
      default -> form.says(model.sizeB()) ? model.sizeB() : model.id();
    };
  }
}
