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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What somebody typed, as it was typed, under the names of the fields. Its query is the link that
 * asks the same again. Immutable.
 */
public final class Form {

  private static final int LONGEST = 500;
  private static final int MOST_VALUES = 16;

  /** So many kinds of cards can be owned, and so many models run beside the first. */
  static final int ROWS = 4;

  private static final Set<String> DECIMAL =
      Set.of("sizeB", "electricityUsdPerKwh", "hoursPerDay", "maxGpuSlots", "minTokensPerSecond");
  private static final List<String> TEXT =
      List.of("title", "asOf", "scope", "condition", "region", "engine", "kvCache", "policy");
  private static final List<String> OWNED =
      List.of("psuWatts", "ramGib", "cpuCores", "pcieX16Slots");
  private static final List<String> LIMITS =
      List.of("maxSystemWatts", "maxGpus", "maxGpuSlots", "maxGpuLengthMm", "minTokensPerSecond");

  /** In the order of the form. */
  private static final List<String> FIELDS =
      Stream.of(
              Stream.of("budgetUsd", "useCases", "users", "model", "contextTokens", "condition"),
              rows("gpu", "gpuCount"),
              OWNED.stream(),
              Stream.of("scope", "sizeB", "role", "quantization"),
              rows("with", "withRole"),
              Stream.of(
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
                  "on"))
          .flatMap(names -> names)
          .toList();

  private static Stream<String> rows(String... names) {
    return IntStream.rangeClosed(1, ROWS)
        .boxed()
        .flatMap(row -> Stream.of(names).map(name -> row(name, row)));
  }

  /**
   * What a field of a row is called: {@code gpu}, {@code gpu2}, {@code gpu3}.
   *
   * @param row from 1
   */
  public static String row(String name, int row) {
    return row == 1 ? name : name + row;
  }

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
    return rows("gpu", "gpuCount").anyMatch(values::containsKey)
        || OWNED.stream().anyMatch(values::containsKey);
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

  /** A name in a row, and what is said of it there. */
  private record Named(String name, int row) {}

  /** The models beside the first, in the order of the requirement; a row may name several. */
  private List<Named> beside() {
    List<Named> beside = new ArrayList<>();
    for (int row = 1; row <= ROWS; row++) {
      for (String name : value(row("with", row)).split(",")) {
        if (!name.isBlank()) {
          beside.add(new Named(name.strip(), row));
        }
      }
    }
    return beside;
  }

  /** The cards that are owned, in the order of the requirement. */
  private List<Named> cards() {
    return IntStream.rangeClosed(1, ROWS)
        .filter(row -> values.containsKey(row("gpu", row)))
        .mapToObj(row -> new Named(value(row("gpu", row)), row))
        .toList();
  }

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
    boolean named = values.containsKey("model");
    boolean sized = values.containsKey("sizeB");
    if (named && sized) {
      problems.put("sizeB", "A model is named above. Maybe leave one of the two empty.");
    } else if (named || sized) {
      ObjectNode model = models.addObject();
      if (named) {
        model.put("id", value("model"));
      }
      number("sizeB", model, "sizeB", problems);
      text("quantization", model, "quantization");
      text("role", model, "role");
    } else {
      for (String field : List.of("quantization", "role")) {
        if (values.containsKey(field)) {
          problems.put(field, "This is said of a model. Maybe name one, or leave this open.");
        }
      }
    }
    for (Named beside : beside()) {
      text(row("withRole", beside.row()), models.addObject().put("id", beside.name()), "role");
    }
    for (int row = 1; row <= ROWS; row++) {
      if (values.containsKey(row("withRole", row)) && value(row("with", row)).isEmpty()) {
        problems.put(
            row("with", row), "Name the model that does this, or leave open what it does.");
      }
    }
    if (!models.isEmpty() && !named && !sized) {
      problems.put("model", "Name the language model that runs beside (" + value("with") + ").");
    } else if (!models.isEmpty()) {
      requirement.set("models", models);
    }
  }

  private void text(String field, ObjectNode into, String name) {
    if (values.containsKey(field)) {
      into.put(name, value(field));
    }
  }

  private void owned(ObjectNode requirement, Map<String, String> problems) {
    ObjectNode owned = JsonNodeFactory.instance.objectNode();
    ArrayNode gpus = JsonNodeFactory.instance.arrayNode();
    for (Named card : cards()) {
      number(
          row("gpuCount", card.row()), gpus.addObject().put("id", card.name()), "count", problems);
    }
    if (!gpus.isEmpty()) {
      owned.set("gpus", gpus);
    }
    for (int row = 1; row <= ROWS; row++) {
      String count = value(row("gpuCount", row));
      if (value(row("gpu", row)).isEmpty() && !count.isEmpty() && !count.equals("1")) {
        problems.put(row("gpu", row), "Name the card of which you own " + count + ".");
      }
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
    } else if (DECIMAL.contains(field)) {
      into.put(name, number.doubleValue());
    } else {
      into.put(name, number.longValueExact());
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
      String last = steps[steps.length - 1];
      return List.of("quantization", "role", "sizeB").contains(last)
          ? last
          : values.containsKey("sizeB") ? "sizeB" : "model";
    }
    if (pointer.startsWith("/models/")) {
      return row(pointer.endsWith("/role") ? "withRole" : "with", row(beside(), steps[2], 1));
    }
    if (pointer.startsWith("/owned/gpus/")) {
      return row(pointer.endsWith("/count") ? "gpuCount" : "gpu", row(cards(), steps[3], 0));
    }
    for (int i = steps.length - 1; i > 0; i--) {
      if (FIELDS.contains(steps[i])) {
        return steps[i];
      }
    }
    return "";
  }

  /** The row of what stands at an index of the requirement, of which some are named elsewhere. */
  private static int row(List<Named> named, String index, int before) {
    int at = Integer.parseInt(index) - before;
    return at < named.size() ? named.get(at).row() : 1;
  }

  /**
   * The form with a change that brings an answer made in it; null where it has no field for it.
   *
   * @param model the first model of the requirement, for a form that leaves the choice open
   */
  Form changed(String field, Object to, String model) {
    if (field.equals("models/0/quantization")) {
      Form named =
          values.containsKey("model") || values.containsKey("sizeB") ? this : with("model", model);
      return named.with("quantization", String.valueOf(to));
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
