package dev.rigwright.authoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.authoring.Cases.Case;
import dev.rigwright.authoring.Mutants.Mutant;
import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.Word;
import dev.rigwright.rulebook.Expr;
import dev.rigwright.rulebook.RuleModel.Constraint;
import dev.rigwright.rulebook.RuleModel.Pattern;
import dev.rigwright.rulebook.Rulebook;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks for the case that tells a rule from its mutant: passing cases with one field moved to where
 * the two could part, a fact left out, or one more. What is found was tried: the rule passes it,
 * the mutant does not.
 */
final class KillingCase {

  private static final int MOST = 1000;
  private static final int MADE = 60;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Rulebook rulebook;
  private final Mutant mutant;
  private final String rule;
  private final RuleText text;
  private final Trials trials;
  private final List<Case> cases;
  private int left = MOST;

  private KillingCase(Rulebook rulebook, String rule, Mutant mutant, List<Case> cases) {
    this.rulebook = rulebook;
    this.rule = rule;
    this.mutant = mutant;
    this.text = RuleText.of(rulebook, rule);
    Map<String, String> variants = new LinkedHashMap<>();
    variants.put(rule, text.changed(rule, List.of()));
    variants.put(mutant.name(), mutant.text());
    this.trials = Trials.of(rulebook, rule, variants);
    this.cases = cases.stream().sorted(Comparator.comparing(Case::fires).reversed()).toList();
  }

  /** The case; null where none was found. */
  static Case of(Rulebook rulebook, String rule, Mutant mutant, List<Case> passing) {
    return new KillingCase(rulebook, rule, mutant, passing).found();
  }

  private Case found() {
    Set<String> fields = mutant.constraint() == null ? Set.of() : mutant.constraint().fields();
    String type = mutant.pattern() == null ? null : mutant.pattern().type();
    for (Case one : cases) {
      for (int i = 0; i < one.given().size(); i++) {
        if (one.given().get(i).has(type)) {
          for (String field : fields) {
            Case killing = moved(one, i, List.of(field.split("\\.")), false);
            if (killing != null) {
              return killing;
            }
          }
        }
      }
    }
    boolean asked = mutant.pattern() != null && mutant.pattern().needsFinished();
    for (Case one : asked ? cases : List.<Case>of()) {
      Case killing = made(one, mutant.pattern());
      if (killing != null) {
        return killing;
      }
    }
    for (boolean added : new boolean[] {false, true}) {
      for (boolean own : new boolean[] {true, false}) {
        for (Case one : cases) {
          Case killing = anyLeaf(one, type, own, added);
          if (killing != null) {
            return killing;
          }
        }
      }
    }
    for (Case one : cases) {
      Case killing = otherFacts(one);
      if (killing != null) {
        return killing;
      }
    }
    return null;
  }

  private Case anyLeaf(Case one, String type, boolean own, boolean added) {
    for (int i = 0; i < one.given().size(); i++) {
      if (one.given().get(i).has(type) == own) {
        List<List<String>> leaves = new ArrayList<>();
        leaves(one.given().get(i).elements().next(), List.of(), leaves);
        for (List<String> leaf : leaves) {
          Case killing = moved(one, i, leaf, added);
          if (killing != null) {
            return killing;
          }
        }
      }
    }
    return null;
  }

  private static void leaves(JsonNode node, List<String> path, List<List<String>> leaves) {
    if (node.isObject()) {
      node.properties()
          .forEach(field -> leaves(field.getValue(), below(path, field.getKey()), leaves));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        leaves(node.get(i), below(path, String.valueOf(i)), leaves);
      }
    } else if (!path.isEmpty()) {
      leaves.add(path);
    }
  }

  private static List<String> below(List<String> path, String name) {
    List<String> below = new ArrayList<>(path);
    below.add(name);
    return below;
  }

  private Case otherFacts(Case one) {
    for (int i = 0; i < one.given().size(); i++) {
      List<JsonNode> fewer = new ArrayList<>(one.given());
      String type = fewer.remove(i).fieldNames().next();
      Case killing = tried(one, fewer, "without its " + type);
      if (killing != null) {
        return killing;
      }
    }
    for (Case other : cases) {
      for (JsonNode fact : other.given()) {
        List<JsonNode> more = new ArrayList<>(one.given());
        more.add(fact);
        Case killing = tried(one, more, "with one more " + fact.fieldNames().next());
        if (killing != null) {
          return killing;
        }
      }
    }
    return null;
  }

  /** One field of one fact, or of a copy of it, moved to each value that could matter. */
  private Case moved(Case one, int index, List<String> path, boolean added) {
    JsonNode fact = one.given().get(index);
    String type = fact.fieldNames().next();
    for (JsonNode value : values(one, type, path, fact.get(type))) {
      ObjectNode copy = fact.deepCopy();
      if (!set(copy.get(type), path, value)) {
        return null;
      }
      List<JsonNode> given = new ArrayList<>(one.given());
      if (added) {
        given.add(copy);
      } else {
        given.set(index, copy);
      }
      Case killing =
          tried(
              one,
              given,
              "%s %s %s"
                  .formatted(
                      added ? "one more " + type + " with" : "with",
                      String.join(".", path),
                      value.isNull() ? "unknown" : value.isTextual() ? value.asText() : value));
      if (killing != null) {
        return killing;
      }
    }
    return null;
  }

  /** Puts a value at a path; whether there is such a place. */
  private static boolean set(JsonNode root, List<String> path, JsonNode value) {
    JsonNode at = root;
    for (String name : path.subList(0, path.size() - 1)) {
      if (at instanceof ArrayNode array) {
        at = array.get(Integer.parseInt(name));
      } else if (at instanceof ObjectNode object) {
        JsonNode there = object.get(name);
        at = there != null && there.isContainerNode() ? there : object.putObject(name);
      }
    }
    String last = path.get(path.size() - 1);
    if (at instanceof ArrayNode array) {
      array.set(Integer.parseInt(last), value);
      return true;
    }
    if (!(at instanceof ObjectNode object)) {
      return false;
    }
    if (value.isNull()) {
      object.remove(last);
    } else {
      object.set(last, value);
    }
    return true;
  }

  /** One more fact of the pattern's type, with no fields but those that it asks for. */
  private Case made(Case one, Pattern pattern) {
    List<ObjectNode> facts = new ArrayList<>(List.of(NODES.objectNode()));
    for (Constraint constraint : pattern.constraints()) {
      for (String field : constraint.fields()) {
        List<ObjectNode> more = new ArrayList<>();
        for (ObjectNode fact : facts) {
          if (!field.contains(".") && !fact.has(field)) {
            for (JsonNode value : values(one, pattern.type(), List.of(field), fact)) {
              ObjectNode copy = fact.deepCopy();
              set(copy, List.of(field), value);
              more.add(copy);
            }
          }
        }
        facts = more.isEmpty() ? facts : more.subList(0, Math.min(more.size(), MADE));
      }
    }
    for (ObjectNode fact : facts) {
      List<JsonNode> given = new ArrayList<>(one.given());
      given.add(NODES.objectNode().set(pattern.type(), fact));
      Case killing = tried(one, given, "with one more " + pattern.type());
      if (killing != null) {
        return killing;
      }
    }
    return null;
  }

  private Set<JsonNode> values(Case one, String type, List<String> path, JsonNode fact) {
    Class<?> java = java(type, String.join(".", path));
    JsonNode now = fact.at("/" + String.join("/", path));
    Set<JsonNode> values = new LinkedHashSet<>();
    if (java != null && Word.class.isAssignableFrom(java) && java.isEnum()) {
      Arrays.stream(java.getEnumConstants())
          .forEach(constant -> values.add(NODES.textNode(((Word) constant).word())));
    } else if (now.isBoolean() || java == Boolean.class || java == boolean.class) {
      values.add(NODES.booleanNode(true));
      values.add(NODES.booleanNode(false));
    } else if (now.isTextual() || java == String.class) {
      strings(values);
      one.given().forEach(given -> texts(given, values));
    } else if (java == null || now.isNumber() || number(java)) {
      if (java == null && now.isMissingNode()) {
        // A type that a rule file declares, in a fact that is made: it may be a text as well.
        strings(values);
        one.given().forEach(given -> texts(given, values));
      }
      Set<BigDecimal> numbers = new LinkedHashSet<>();
      numbersOfRule(numbers);
      one.given().forEach(given -> numbers(given, numbers));
      for (BigDecimal number : numbers) {
        boolean whole = number.stripTrailingZeros().scale() <= 0;
        values.add(
            whole
                ? NODES.numberNode(number.longValue())
                : NODES.numberNode(number.stripTrailingZeros()));
      }
    }
    values.add(NODES.nullNode());
    values.remove(now);
    return values;
  }

  private static boolean number(Class<?> java) {
    return Number.class.isAssignableFrom(java)
        || Set.of(int.class, long.class, double.class, short.class).contains(java);
  }

  private static Class<?> java(String type, String path) {
    try {
      return Property.type(Class.forName(Gpu.class.getPackageName() + "." + type), path);
    } catch (ClassNotFoundException declared) {
      return null;
    }
  }

  private void numbersOfRule(Set<BigDecimal> numbers) {
    for (Expr part : expressions()) {
      if (part instanceof Expr.Literal literal && literal.kind() == Expr.Kind.NUMBER) {
        String digits = literal.text().replaceAll("[a-zA-Z]+$", "");
        add(numbers, new BigDecimal(digits));
      }
    }
  }

  private void strings(Set<JsonNode> values) {
    for (Expr part : expressions()) {
      if (part instanceof Expr.Literal literal && literal.kind() == Expr.Kind.STRING) {
        values.add(NODES.textNode(literal.text()));
      }
    }
    values.add(NODES.textNode("other"));
  }

  private List<Expr> expressions() {
    List<Expr> all = new ArrayList<>();
    text.rule()
        .patterns()
        .forEach(p -> p.constraints().forEach(c -> all.addAll(c.expression().all())));
    return all;
  }

  private static void add(Set<BigDecimal> numbers, BigDecimal number) {
    numbers.add(number);
    numbers.add(number.add(number.ulp()));
    numbers.add(number.subtract(number.ulp()));
  }

  private static void numbers(JsonNode node, Set<BigDecimal> numbers) {
    if (node.isNumber()) {
      add(numbers, node.decimalValue());
    }
    node.elements().forEachRemaining(below -> numbers(below, numbers));
  }

  private static void texts(JsonNode node, Set<JsonNode> texts) {
    if (node.isTextual()) {
      texts.add(node);
    }
    node.elements().forEachRemaining(below -> texts(below, texts));
  }

  /** The case with these facts, where rule and mutant conclude different things from them. */
  private Case tried(Case from, List<JsonNode> given, String name) {
    if (left-- <= 0) {
      return null;
    }
    Case open = new Case(from.file(), rule, name, given, List.of());
    try {
      List<JsonNode> concluded =
          trials.with(rule, book -> Cases.conclusions(book, open)).stream()
              .map(Blocked::pruned)
              .toList();
      Case right =
          new Case(
              from.file(),
              rule,
              name + (concluded.isEmpty() ? " it stays silent" : " it fires"),
              given,
              concluded);
      return Mutation.passes(trials, rule, right) && !Mutation.passes(trials, mutant.name(), right)
          ? right
          : null;
    } catch (RuntimeException notAFact) {
      return null;
    }
  }
}
