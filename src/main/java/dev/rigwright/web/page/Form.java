package dev.rigwright.web.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.facts.BadInputException.Problem;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What somebody typed, as it was typed, under the names of the fields. Its query is the link that
 * asks the same again. Immutable.
 */
public final class Form {

  private static final int LONGEST = 500;
  private static final int MOST_VALUES = 16;

  private static final Set<String> WHOLE =
      Set.of(
          "budgetUsd",
          "users",
          "contextTokens",
          "promptTokens",
          "answerTokens",
          "gpuCount",
          "psuWatts",
          "ramGib",
          "cpuCores",
          "pcieX16Slots",
          "maxSystemWatts",
          "maxGpus",
          "maxGpuLengthMm");
  private static final Set<String> DECIMAL =
      Set.of("electricityUsdPerKwh", "hoursPerDay", "maxGpuSlots", "minTokensPerSecond");
  private static final List<String> TEXT =
      List.of("title", "asOf", "scope", "condition", "region", "engine", "kvCache", "policy");
  private static final List<String> OWNED =
      List.of("psuWatts", "ramGib", "cpuCores", "pcieX16Slots");
  private static final List<String> LIMITS =
      List.of("maxSystemWatts", "maxGpus", "maxGpuSlots", "maxGpuLengthMm", "minTokensPerSecond");

  /** In the order of the form. */
  private static final List<String> FIELDS =
      List.of(
          "budgetUsd",
          "useCases",
          "users",
          "model",
          "contextTokens",
          "condition",
          "gpu",
          "gpuCount",
          "psuWatts",
          "ramGib",
          "cpuCores",
          "pcieX16Slots",
          "scope",
          "quantization",
          "with",
          "engine",
          "kvCache",
          "promptTokens",
          "answerTokens",
          "headless",
          "region",
          "electricityUsdPerKwh",
          "hoursPerDay",
          "maxSystemWatts",
          "maxGpus",
          "maxGpuSlots",
          "maxGpuLengthMm",
          "minTokensPerSecond",
          "vendors",
          "quiet",
          "policy",
          "asOf",
          "title",
          "on");

  /** The fields that stand behind "More": where one of them has a value it is open. */
  private static final List<String> FURTHER =
      FIELDS.subList(FIELDS.indexOf("scope"), FIELDS.indexOf("on"));

  /** What somebody has who lets the page put it in. */
  public static final Form DEFAULT =
      new Form(
          Map.of("budgetUsd", List.of("2500"), "useCases", List.of("chat"), "users", List.of("1")));

  /** Digits, with or without separators of thousands, of any language. */
  private static final Pattern GROUPED =
      Pattern.compile("\\d{1,3}(?:([.,'’\\u00a0\\u202f ])\\d{3})(?:\\1\\d{3})*");

  private final Map<String, List<String>> values;

  private Form(Map<String, List<String>> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /**
   * A form as it was sent.
   *
   * @return the defaults where no field was sent
   */
  public static Form of(Map<String, List<String>> query) {
    Map<String, List<String>> kept = new LinkedHashMap<>();
    for (String field : FIELDS) {
      List<String> given =
          query.getOrDefault(field, List.of()).stream()
              .map(Form::cut)
              .filter(value -> !value.isEmpty())
              .distinct()
              .limit(MOST_VALUES)
              .toList();
      if (!given.isEmpty()) {
        kept.put(field, given);
      }
    }
    boolean asked = query.keySet().stream().anyMatch(FIELDS::contains);
    return asked ? new Form(kept) : DEFAULT;
  }

  private static String cut(String value) {
    String stripped = value.strip();
    return stripped.length() <= LONGEST ? stripped : stripped.substring(0, LONGEST);
  }

  /** What stands in a field; empty where nothing does. */
  public String value(String field) {
    List<String> given = values.get(field);
    return given == null ? "" : given.get(0);
  }

  /** Whether a box is ticked or a choice made. */
  public boolean has(String field, String value) {
    return values.getOrDefault(field, List.of()).contains(value);
  }

  /** Whether something stands behind "More". */
  public boolean goesFurther() {
    return FURTHER.stream().anyMatch(values::containsKey);
  }

  /** Whether something is owned. */
  public boolean owns() {
    return values.containsKey("gpu") || OWNED.stream().anyMatch(values::containsKey);
  }

  /** The same form with another value; none takes the field away. */
  public Form with(String field, String... others) {
    Map<String, List<String>> changed = new LinkedHashMap<>(values);
    changed.remove(field);
    if (others.length > 0) {
      changed.put(field, List.of(others));
    }
    Map<String, List<String>> ordered = new LinkedHashMap<>();
    FIELDS.forEach(
        name -> {
          if (changed.containsKey(name)) {
            ordered.put(name, changed.get(name));
          }
        });
    return new Form(ordered);
  }

  /** Each field that has a value, once for each. */
  public List<Links.Field> fields() {
    List<Links.Field> fields = new ArrayList<>();
    values.forEach(
        (name, given) -> given.forEach(value -> fields.add(new Links.Field(name, value))));
    return fields;
  }

  /** The link that asks the same again, without its path. */
  public String query() {
    List<String> pairs = new ArrayList<>();
    for (String field : FIELDS) {
      values
          .getOrDefault(field, List.of())
          .forEach(value -> pairs.add(field + "=" + encoded(value)));
    }
    return String.join("&", pairs);
  }

  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * The day that is filled in where no day was named. A link brings it along, so that what was
   * assumed stays assumed, and the answer stays the same.
   *
   * @param today where no link brought one
   */
  LocalDate on(LocalDate today) {
    try {
      return values.containsKey("on") ? LocalDate.parse(value("on")) : today;
    } catch (DateTimeException noDay) {
      return today;
    }
  }

  // ---- the requirement

  /** A requirement as JSON, and what is wrong with what was typed before anybody judges it. */
  record Typed(ObjectNode requirement, Map<String, String> problems) {}

  /** The requirement that was typed. Nothing is guessed: what is no number is a problem. */
  Typed typed() {
    Map<String, String> problems = new LinkedHashMap<>();
    ObjectNode requirement = JsonNodeFactory.instance.objectNode();
    TEXT.stream()
        .filter(values::containsKey)
        .forEach(field -> requirement.put(field, value(field)));
    for (String field :
        List.of("budgetUsd", "users", "contextTokens", "promptTokens", "answerTokens")) {
      number(field, requirement, field, problems);
    }
    number("electricityUsdPerKwh", requirement, "electricityUsdPerKwh", problems);
    number("hoursPerDay", requirement, "hoursPerDay", problems);
    models(requirement, problems);
    several("useCases", requirement, "useCases");
    if (values.containsKey("headless")) {
      requirement.put("headless", value("headless").equals("true"));
    }
    owned(requirement, problems);
    limits(requirement, problems);
    return new Typed(requirement, problems);
  }

  private void models(ObjectNode requirement, Map<String, String> problems) {
    ArrayNode models = JsonNodeFactory.instance.arrayNode();
    if (values.containsKey("model")) {
      ObjectNode model = models.addObject().put("id", value("model"));
      if (values.containsKey("quantization")) {
        model.put("quantization", value("quantization"));
      }
    } else if (values.containsKey("quantization")) {
      problems.put("quantization", "A quantization is of a model; name one, or leave this open.");
    }
    for (String name : value("with").split(",")) {
      if (!name.isBlank()) {
        models.addObject().put("id", name.strip());
      }
    }
    if (!models.isEmpty() && !values.containsKey("model")) {
      problems.put("model", "Name the language model that runs beside (" + value("with") + ").");
    } else if (!models.isEmpty()) {
      requirement.set("models", models);
    }
  }

  private void owned(ObjectNode requirement, Map<String, String> problems) {
    ObjectNode owned = JsonNodeFactory.instance.objectNode();
    if (values.containsKey("gpu")) {
      ObjectNode gpu = owned.putArray("gpus").addObject().put("id", value("gpu"));
      number("gpuCount", gpu, "count", problems);
    } else if (values.containsKey("gpuCount") && !value("gpuCount").equals("1")) {
      problems.put("gpu", "Name the card of which you own " + value("gpuCount") + ".");
    }
    OWNED.forEach(field -> number(field, owned, field, problems));
    if (!owned.isEmpty()) {
      requirement.set("owned", owned);
    }
  }

  private void limits(ObjectNode requirement, Map<String, String> problems) {
    ObjectNode limits = JsonNodeFactory.instance.objectNode();
    LIMITS.forEach(field -> number(field, limits, field, problems));
    several("vendors", limits, "vendors");
    if (values.containsKey("quiet")) {
      limits.put("quiet", value("quiet").equals("true"));
    }
    if (!limits.isEmpty()) {
      requirement.set("limits", limits);
    }
  }

  private void several(String field, ObjectNode into, String name) {
    if (values.containsKey(field)) {
      ArrayNode list = into.putArray(name);
      values.get(field).forEach(list::add);
    }
  }

  private void number(String field, ObjectNode into, String name, Map<String, String> problems) {
    if (!values.containsKey(field)) {
      return;
    }
    String text = value(field);
    BigDecimal number = number(text, DECIMAL.contains(field));
    if (number == null) {
      problems.put(
          field,
          "Found (%s); this is a %s. Maybe leave out words and units."
              .formatted(text, DECIMAL.contains(field) ? "number" : "whole number"));
    } else if (WHOLE.contains(field)) {
      into.put(name, number.longValueExact());
    } else {
      into.put(name, number.doubleValue());
    }
  }

  /** A number as people of any language write it; null for what is none. */
  private static BigDecimal number(String text, boolean decimal) {
    String bare = text.replaceFirst("^[$]\\s?", "").replaceFirst("(?i)\\s?(usd|w|gb|gib)$", "");
    if (bare.length() > 15) {
      return null;
    }
    if (decimal) {
      String point = bare.replace(',', '.');
      return point.matches("\\d+(\\.\\d+)?|\\.\\d+") ? new BigDecimal(point) : null;
    }
    if (GROUPED.matcher(bare).matches()) {
      bare = bare.replaceAll("\\D", "");
    }
    return bare.matches("-?\\d+") ? new BigDecimal(bare) : null;
  }

  /** The field at which what was found wrong with a requirement is said. */
  String field(Problem problem) {
    String pointer = problem.pointer();
    String[] steps = pointer.split("/");
    if (pointer.startsWith("/models/0")) {
      return pointer.endsWith("/quantization") ? "quantization" : "model";
    }
    if (pointer.startsWith("/models")) {
      return "with";
    }
    if (pointer.startsWith("/owned/gpus")) {
      return pointer.endsWith("/count") ? "gpuCount" : "gpu";
    }
    for (int i = steps.length - 1; i > 0; i--) {
      if (FIELDS.contains(steps[i])) {
        return steps[i];
      }
    }
    return "";
  }

  /**
   * The form with a change that brings an answer made in it; null where it has no field for it.
   *
   * @param model the first model of the requirement, for a form that leaves the choice open
   */
  Form changed(String field, Object to, String model) {
    if (field.equals("models/0/quantization")) {
      return with("model", value("model").isEmpty() ? model : value("model"))
          .with("quantization", String.valueOf(to));
    }
    String name = field.substring(field.lastIndexOf('.') + 1);
    if (!FIELDS.contains(name)) {
      return null;
    }
    if (to == null || "none".equals(to)) {
      return with(name);
    }
    return to instanceof List<?> several
        ? with(name, several.stream().map(String::valueOf).toArray(String[]::new))
        : with(name, plain(to));
  }

  private static String plain(Object value) {
    return value instanceof Double number
        ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
        : String.valueOf(value);
  }
}
