package dev.rigwright.web.page;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody typed, as it was typed, under the names of the fields. Its query is the link that
 * asks the same again. Immutable.
 */
public final class Form {

  /** In characters, as a requirement counts them. */
  private static final int LONGEST = 500;

  private static final int MOST_VALUES = 16;

  private static final Pattern FORMAT_OF_A_MODEL = Pattern.compile("models/(\\d+)/quantization");

  /** What somebody has who lets the page put it in. */
  public static final Form DEFAULT =
      new Form(
          Map.of("budgetUsd", List.of("2500"), "useCases", List.of("chat"), "users", List.of("1")));

  /** A form in which nothing is said. */
  static final Form EMPTY = new Form(Map.of());

  private final Map<String, List<String>> values;

  private Form(Map<String, List<String>> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /**
   * A form as it was sent. White space around a value is left out.
   *
   * @return the defaults where no field was sent
   */
  public static Form of(Map<String, List<String>> query) {
    boolean asked = query.keySet().stream().anyMatch(Fields.ALL::contains);
    return asked ? new Form(kept(query)) : DEFAULT;
  }

  /**
   * The form in which a requirement would have been typed: it asks for the same. Of names, numbers
   * and words nothing changes but white space around them.
   *
   * @param requirement as the contract has it
   */
  static Form asking(JsonNode requirement) {
    return new Form(kept(new Filling(requirement).values()));
  }

  private static Map<String, List<String>> kept(Map<String, List<String>> query) {
    Map<String, List<String>> kept = new LinkedHashMap<>();
    for (String field : Fields.ALL) {
      List<String> given =
          query.getOrDefault(field, List.of()).stream()
              .map(Form::cut)
              .filter(value -> !value.isEmpty())
              .distinct()
              .limit(MOST_VALUES)
              .toList();
      if (!given.isEmpty()) {
        // A box that a requirement left unticked is sent as both once somebody ticks it.
        boolean ticked = Fields.FLAGS.contains(field) && given.contains("true");
        kept.put(field, ticked ? List.of("true") : given);
      }
    }
    return kept;
  }

  private static String cut(String value) {
    String stripped = value.strip();
    return stripped.codePointCount(0, stripped.length()) <= LONGEST
        ? stripped
        : stripped.substring(0, stripped.offsetByCodePoints(0, LONGEST));
  }

  /** What stands in a field; empty where nothing does. */
  public String value(String field) {
    List<String> given = values.get(field);
    return given == null ? "" : given.get(0);
  }

  /** All that stands in a field, of which several may be ticked. */
  List<String> all(String field) {
    return values.getOrDefault(field, List.of());
  }

  /** Whether something stands in a field. */
  boolean says(String field) {
    return values.containsKey(field);
  }

  /** Whether a box is ticked or a choice made. */
  public boolean has(String field, String value) {
    return all(field).contains(value);
  }

  /** Whether something is said in a part that can be closed. */
  public boolean saysIn(Fields.Part part) {
    return part.fields().stream().anyMatch(this::says);
  }

  /** The same form with another value; none takes the field away. */
  public Form with(String field, String... others) {
    Map<String, List<String>> changed = new LinkedHashMap<>(values);
    changed.remove(field);
    if (others.length > 0) {
      changed.put(field, List.of(others));
    }
    return new Form(kept(changed));
  }

  /** Each field that has a value, once for each; one that has none, where none has. */
  public List<Links.Field> fields() {
    List<Links.Field> fields = new ArrayList<>();
    values.forEach(
        (name, given) -> given.forEach(value -> fields.add(new Links.Field(name, value))));
    // With no field at all it would be the form of somebody who has not been asked yet.
    return fields.isEmpty() ? List.of(new Links.Field("budgetUsd", "")) : fields;
  }

  /** The link that asks the same again, without its path. */
  public String query() {
    List<String> pairs = new ArrayList<>();
    for (Links.Field field : fields()) {
      pairs.add(field.name() + "=" + encoded(field.value()));
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
      return says("on") ? LocalDate.parse(value("on")) : today;
    } catch (DateTimeException noDay) {
      return today;
    }
  }

  /** A requirement as JSON, and what is wrong with what was typed before anybody judges it. */
  record Typed(ObjectNode requirement, Map<String, String> problems) {}

  /** The requirement that was typed. Nothing is guessed: what is no number is a problem. */
  Typed typed() {
    return new Typing(this).typed();
  }

  /** The field at which what was found wrong with a requirement is said; empty for none. */
  String field(Problem problem) {
    return new Typing(this).field(problem.pointer());
  }

  /**
   * The form with a change that brings an answer made in it; null where it has no field for it.
   *
   * @param model the first model of the requirement, for a form that leaves the choice open
   */
  Form changed(String field, Object to, String model) {
    Matcher format = FORMAT_OF_A_MODEL.matcher(field);
    if (format.matches()) {
      List<Fields.Model> models = new Typing(this).models();
      int index = Integer.parseInt(format.group(1));
      if (index < models.size()) {
        return with(models.get(index).quantization(), String.valueOf(to));
      }
      return index == 0 ? with("model", model).with("quantization", String.valueOf(to)) : null;
    }
    String name = field.substring(field.lastIndexOf('.') + 1);
    if (!Fields.ALL.contains(name)) {
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
