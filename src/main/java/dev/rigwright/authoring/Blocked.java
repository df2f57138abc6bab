package dev.rigwright.authoring;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.authoring.Cases.Case;
import dev.rigwright.authoring.RuleText.Element;
import dev.rigwright.authoring.RuleText.Part;
import dev.rigwright.facts.Json;
import dev.rigwright.rulebook.RuleModel.Constraint;
import dev.rigwright.rulebook.RuleModel.Pattern;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.Span;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Why a rule did not fire over the facts of a case. Beginnings of its condition are tried by
 * themselves; the first that nothing fulfils holds the element that blocks. That is tried again
 * with one constraint less.
 */
final class Blocked {

  private static final int FACTS = 3;
  private static final int LONGEST = 160;

  private final Rulebook rulebook;
  private final Case tried;
  private final RuleText text;
  private final List<Element> elements;

  private Blocked(Rulebook rulebook, Case tried) {
    this.rulebook = rulebook;
    this.tried = tried;
    this.text = RuleText.of(rulebook, tried.rule());
    this.elements = text.elements();
  }

  /**
   * What blocks a rule.
   *
   * @param file relative to the rules' folder
   * @param pattern the element of the condition, as it is written
   * @param constraint as it is written; null where it is none
   * @param says what is there, against what is required
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Obstacle(
      String file, int line, int column, String pattern, String constraint, String says) {}

  /** What blocks the case's rule; empty where its condition holds. */
  static List<Obstacle> obstacles(Rulebook rulebook, Case tried) {
    return new Blocked(rulebook, tried).obstacles();
  }

  private List<Obstacle> obstacles() {
    Map<String, String> prefixes = new LinkedHashMap<>();
    for (int i = 1; i <= elements.size(); i++) {
      prefixes.put("prefix/" + i, RuleText.probe("prefix/" + i, text.prefix(elements, i)));
    }
    Set<String> matched = matches(prefixes).keySet();
    for (int i = 1; i <= elements.size(); i++) {
      if (!matched.contains("prefix/" + i)) {
        return at(i - 1);
      }
    }
    return List.of();
  }

  private Map<String, List<Map<String, Object>>> matches(Map<String, String> variants) {
    return Trials.of(rulebook, tried.rule(), variants).matches(book -> Cases.given(book, tried));
  }

  private List<Obstacle> at(int index) {
    Element element = elements.get(index);
    Pattern pattern = element.only();
    if (pattern == null) {
      return List.of(obstacle(element, element.span(), null, "does not hold"));
    }
    return pattern.negated() ? stands(index, pattern) : lacks(index, pattern);
  }

  private String probe(String name, int index, Pattern pattern, List<Part> parts) {
    return RuleText.probe(name, text.prefix(elements, index) + text.bound(pattern, parts));
  }

  /** What a negation forbids, and is there. */
  private List<Obstacle> stands(int index, Pattern pattern) {
    List<Part> parts = RuleText.parts(pattern);
    Set<String> facts = new LinkedHashSet<>();
    matches(Map.of("stands/1", probe("stands/1", index, pattern, parts)))
        .getOrDefault("stands/1", List.of())
        .forEach(match -> facts.add(shown(match.get(RuleText.variable(pattern)))));
    String there =
        facts.isEmpty()
            ? "something stands that must not"
            : "must not stand, and does: "
                + String.join("; ", facts.stream().limit(FACTS).toList());
    return List.of(obstacle(elements.get(index), pattern.span(), null, there));
  }

  private List<Obstacle> lacks(int index, Pattern pattern) {
    Element element = elements.get(index);
    if (tried.given().stream().noneMatch(fact -> fact.has(pattern.type())) && inMemory(pattern)) {
      return List.of(
          obstacle(element, pattern.typeSpan(), null, "no %s is given".formatted(pattern.type())));
    }
    List<Part> parts = RuleText.parts(pattern);
    Map<String, String> variants = new LinkedHashMap<>();
    List<Part> bindings = parts.stream().filter(part -> part.constraint() == null).toList();
    variants.put("bare/0", probe("bare/0", index, pattern, bindings));
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).constraint() != null) {
        List<Part> others = new ArrayList<>(parts);
        Part one = others.remove(i);
        variants.put("less/" + i, probe("less/" + i, index, pattern, others));
        List<Part> alone =
            parts.stream().filter(p -> p.equals(one) || p.constraint() == null).toList();
        variants.put("alone/" + i, probe("alone/" + i, index, pattern, alone));
      }
    }
    Map<String, List<Map<String, Object>>> matches = matches(variants);
    List<Obstacle> obstacles = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      if (matches.containsKey("less/" + i)) {
        obstacles.add(obstacle(element, pattern, parts.get(i), matches.get("less/" + i)));
      }
    }
    for (int i = 0; obstacles.isEmpty() && i < parts.size(); i++) {
      boolean fails = variants.containsKey("alone/" + i) && !matches.containsKey("alone/" + i);
      if (fails) {
        // Several fail together: each is shown that nothing fulfils.
        for (int j = i; j < parts.size(); j++) {
          if (variants.containsKey("alone/" + j) && !matches.containsKey("alone/" + j)) {
            obstacles.add(
                obstacle(
                    element, pattern, parts.get(j), matches.getOrDefault("bare/0", List.of())));
          }
        }
      }
    }
    return obstacles.isEmpty()
        ? List.of(
            obstacle(
                element,
                pattern.span(),
                null,
                "no %s fulfils all of it together".formatted(pattern.type())))
        : obstacles;
  }

  private static boolean inMemory(Pattern pattern) {
    return pattern.from() == dev.rigwright.rulebook.RuleModel.SourceKind.MEMORY;
  }

  private Obstacle obstacle(
      Element element, Pattern pattern, Part part, List<Map<String, Object>> matches) {
    Constraint constraint = part.constraint();
    Set<String> found = new LinkedHashSet<>();
    for (Map<String, Object> match : matches) {
      List<String> values = new ArrayList<>();
      Object fact = match.get(RuleText.variable(pattern));
      for (String field : constraint.fields()) {
        Property.Value value = Property.of(fact, field);
        if (value != null) {
          values.add(field + " is " + shown(value.value()));
        }
      }
      for (String variable : constraint.variables()) {
        if (match.containsKey(variable)) {
          values.add(variable + " is " + shown(match.get(variable)));
        }
      }
      if (!values.isEmpty()) {
        found.add(String.join(", ", values));
      }
    }
    String says = "is false";
    if (!found.isEmpty()) {
      says += ": " + String.join("; ", found.stream().limit(FACTS).toList());
    }
    if (found.size() > FACTS) {
      says += "; and %d more".formatted(found.size() - FACTS);
    }
    return obstacle(element, constraint.span(), constraint.source(), says);
  }

  private Obstacle obstacle(Element element, Span place, String constraint, String says) {
    return new Obstacle(
        place.file(),
        place.line(),
        place.column(),
        text.cut(element.span()).replaceAll("\\s+", " "),
        constraint == null ? null : constraint.replaceAll("\\s+", " "),
        says);
  }

  private static String shown(Object value) {
    if (value == null) {
      return "null";
    }
    JsonNode node = pruned(Json.MAPPER.valueToTree(value));
    String text = node.isTextual() ? node.asText() : node.toString();
    text = node.isObject() ? value.getClass().getSimpleName() + " " + text : text;
    return text.length() > LONGEST ? text.substring(0, LONGEST - 2) + " …" : text;
  }

  /** A fact without what is unknown. */
  static JsonNode pruned(JsonNode node) {
    if (node instanceof ObjectNode object) {
      Iterator<Map.Entry<String, JsonNode>> fields = object.properties().iterator();
      while (fields.hasNext()) {
        if (pruned(fields.next().getValue()).isNull()) {
          fields.remove();
        }
      }
    }
    if (node.isArray()) {
      node.forEach(Blocked::pruned);
    }
    return node;
  }
}
