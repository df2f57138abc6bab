package dev.rigwright.audit;

import dev.rigwright.audit.Why.Value;
import dev.rigwright.domain.PolicyFigures;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Property;
import dev.rigwright.engine.Wording;
import dev.rigwright.rulebook.Rulebook;
import java.lang.reflect.RecordComponent;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a fact is called and says, whatever its type: from its fields alone. */
final class Sketch {

  /** Fields that tell facts of a type apart, the strongest first. */
  private static final List<String> KEYS =
      List.of(
          "id",
          "need",
          "candidate",
          "finalist",
          "build",
          "cards",
          "itemId",
          "modelId",
          "gpuId",
          "gpu",
          "subject",
          "claimId",
          "claim",
          "option",
          "tier");

  /** Fields that say under what a key stands. */
  private static final List<String> MARKS = List.of("label", "outcome", "condition");

  private static final Set<String> ELSEWHERE =
      Set.of("source", "asOf", "confidence", "note", "aliases", "sources", "values", "rule");

  private static final int MOST_VALUES = 8;
  private static final int MOST_ELEMENTS = 8;

  private final Rulebook rulebook;

  Sketch(Rulebook rulebook) {
    this.rulebook = rulebook;
  }

  /** The type as rules write it. */
  static String type(Object fact) {
    return fact.getClass().getSimpleName();
  }

  /** What tells a fact from others of its type. */
  String name(Object fact) {
    List<String> parts = new ArrayList<>();
    List<String> fields = fields(fact);
    for (String mark : MARKS) {
      // What a fact computes of its fields does not tell it apart.
      Object value = fields.contains(mark) ? value(fact, mark) : null;
      if (value != null && !(mark.equals("condition") && fields.contains("id"))) {
        parts.add(value.toString());
      }
    }
    for (String key : KEYS) {
      Object value = value(fact, key);
      if (value != null) {
        String text = value instanceof String given ? given : name(value);
        return parts.isEmpty() ? text : join(text, parts);
      }
    }
    if (parts.isEmpty()) {
      Object first = fields.isEmpty() ? null : value(fact, fields.get(0));
      boolean tells = first instanceof Number && !(fact instanceof PolicyFigures);
      return tells ? fields.get(0) + " " + Wording.shown(first) : "";
    }
    return String.join(" ", parts);
  }

  private static String join(String key, List<String> marks) {
    return key + " " + String.join(" ", marks);
  }

  /** What else a fact says: its plain fields, and the ids of those that are facts themselves. */
  List<Value> values(Object fact) {
    if (fact instanceof Requirement) {
      return List.of();
    }
    List<Value> values = new ArrayList<>();
    String name = name(fact);
    for (String field : fields(fact)) {
      Object value = value(fact, field);
      Object shown = value == null || ELSEWHERE.contains(field) ? null : plain(value);
      boolean said =
          shown == null
              || shown instanceof String && name.contains(shown.toString())
              || name.equals(field + " " + Wording.shown(value));
      if (!said && !(shown instanceof Collection<?> many && many.isEmpty())) {
        values.add(new Value(field, field, shown));
      }
    }
    return values.size() > MOST_VALUES ? values.subList(0, MOST_VALUES) : values;
  }

  /** A value as text, number or list of them. */
  Object plain(Object value) {
    if (value == null || scalar(value)) {
      return value instanceof Enum<?> || value instanceof Temporal ? value.toString() : value;
    }
    if (value instanceof Collection<?> many) {
      List<Object> plain = new ArrayList<>();
      many.stream().limit(MOST_ELEMENTS).forEach(one -> plain.add(plain(one)));
      if (many.size() > MOST_ELEMENTS) {
        plain.add("and %d more".formatted(many.size() - MOST_ELEMENTS));
      }
      return plain;
    }
    String name = name(value);
    return name.isEmpty() ? type(value) : name;
  }

  /** Whether a value is a fact that has no name of its own: to name it would say nothing. */
  boolean isNameless(Object value) {
    return value instanceof Requirement
        || value != null
            && !scalar(value)
            && !(value instanceof Collection<?>)
            && name(value).isEmpty();
  }

  private static boolean scalar(Object value) {
    return value instanceof String
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Enum<?>
        || value instanceof Temporal;
  }

  private List<String> fields(Object fact) {
    if (fact.getClass().isRecord()) {
      return Arrays.stream(fact.getClass().getRecordComponents())
          .map(RecordComponent::getName)
          .toList();
    }
    return rulebook.files().stream()
        .flatMap(file -> file.model().types().stream())
        .filter(type -> type.name().equals(type(fact)))
        .flatMap(type -> type.fields().stream())
        .map(field -> field.name())
        .toList();
  }

  private static Object value(Object fact, String field) {
    if (fact instanceof Map<?, ?> || fact instanceof Collection<?> || scalar(fact)) {
      return null;
    }
    Property.Value value = Property.of(fact, field);
    return value == null ? null : value.value();
  }
}
