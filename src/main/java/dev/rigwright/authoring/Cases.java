package dev.rigwright.authoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.domain.Conclusion;
import dev.rigwright.domain.Gpu;
import dev.rigwright.engine.SingleRule;
import dev.rigwright.facts.Json;
import dev.rigwright.rulebook.Rulebook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The cases beside the rule files: each names one rule, gives it only the facts that it reads, and
 * says what it must conclude.
 */
public final class Cases {

  private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

  private Cases() {}

  /**
   * A case.
   *
   * @param file its file, relative to the rules' folder
   * @param rule the rule that it tries
   * @param name what it shows, a sentence
   * @param given facts, each an object with one key, the type
   * @param concludes wordings, or facts with the fields that matter
   */
  public record Case(
      String file, String rule, String name, List<JsonNode> given, List<JsonNode> concludes) {

    /** Whether the rule is expected to fire. */
    public boolean fires() {
      return !concludes.isEmpty();
    }

    /** The same case for another rule. */
    Case of(String other) {
      return new Case(file, other, name, given, concludes);
    }
  }

  /** What came of a case. */
  public record Result(Case of, boolean passed, List<String> expected, List<String> concluded) {}

  /** All cases below a folder of rules, by file. */
  public static List<Case> read(Path rules) {
    List<Case> cases = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(rules)) {
      for (Path path : paths.filter(p -> p.toString().endsWith(".cases.json")).sorted().toList()) {
        String file = rules.relativize(path).toString().replace('\\', '/');
        cases.addAll(readable(file, Files.readString(path)));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return cases;
  }

  /**
   * The cases of one file.
   *
   * @param file its path, relative to the rules' folder
   * @throws JsonProcessingException if the text is no JSON
   * @throws IllegalArgumentException if an entry is no case
   */
  public static List<Case> parse(String file, String text) throws JsonProcessingException {
    List<Case> cases = new ArrayList<>();
    for (JsonNode entry : Json.MAPPER.readTree(text)) {
      cases.add(
          new Case(
              file,
              text(entry, "rule", file),
              text(entry, "case", file),
              list(entry, "given", file),
              list(entry, "concludes", file)));
    }
    return cases;
  }

  private static List<Case> readable(String file, String text) {
    try {
      return parse(file, text);
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException(
          "%s:%d:%d: This is no JSON: %s."
              .formatted(
                  file,
                  malformed.getLocation().getLineNr(),
                  malformed.getLocation().getColumnNr(),
                  malformed.getOriginalMessage()),
          malformed);
    }
  }

  private static String text(JsonNode entry, String field, String file) {
    if (!entry.path(field).isTextual()) {
      throw new IllegalArgumentException(
          "%s: a case needs the text (%s), found %s.".formatted(file, field, entry));
    }
    return entry.get(field).asText();
  }

  private static List<JsonNode> list(JsonNode entry, String field, String file) {
    if (!entry.path(field).isArray()) {
      throw new IllegalArgumentException(
          "%s: a case needs the list (%s), found %s.".formatted(file, field, entry));
    }
    List<JsonNode> list = new ArrayList<>();
    entry.get(field).forEach(list::add);
    return list;
  }

  /**
   * Tries a case.
   *
   * @param rulebook holds the rule, alone or among others; alone, the facts may lack what only
   *     other rules read
   */
  public static Result run(Rulebook rulebook, Case tried) {
    List<Object> concluded = concluded(rulebook, tried);
    List<JsonNode> open = new ArrayList<>(tried.concludes());
    List<String> shown = new ArrayList<>();
    boolean more = false;
    for (Object fact : concluded) {
      JsonNode found = shown(rulebook, fact);
      shown.add(found.isTextual() ? found.asText() : found.toString());
      boolean matched = false;
      for (Iterator<JsonNode> expected = open.iterator(); !matched && expected.hasNext(); ) {
        if (matches(expected.next(), found)) {
          expected.remove();
          matched = true;
        }
      }
      more |= !matched;
    }
    return new Result(tried, !more && open.isEmpty(), expected(tried), shown);
  }

  /** What a case expects, as it is shown. */
  static List<String> expected(Case tried) {
    return tried.concludes().stream().map(n -> n.isTextual() ? n.asText() : n.toString()).toList();
  }

  /**
   * The type of what a case's rule concludes.
   *
   * @throws IllegalArgumentException if it concludes nothing
   */
  public static String type(Rulebook rulebook, Case tried) {
    return concluded(rulebook, tried).stream()
        .map(fact -> fact.getClass().getSimpleName())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s, case (%s) concludes nothing.".formatted(tried.file(), tried.name())));
  }

  /** What a case's rule concludes, as cases write it. */
  static List<JsonNode> conclusions(Rulebook rulebook, Case tried) {
    return concluded(rulebook, tried).stream().map(fact -> shown(rulebook, fact)).toList();
  }

  private static List<Object> concluded(Rulebook rulebook, Case tried) {
    return SingleRule.concluded(rulebook, tried.rule(), given(rulebook, tried));
  }

  /** The facts that a case gives. */
  static List<Object> given(Rulebook rulebook, Case tried) {
    List<Object> given = new ArrayList<>();
    for (JsonNode fact : tried.given()) {
      given.add(fact(rulebook, tried, fact));
    }
    return given;
  }

  private static Object fact(Rulebook rulebook, Case tried, JsonNode fact) {
    if (!fact.isObject() || fact.size() != 1) {
      throw new IllegalArgumentException(
          "%s, case (%s): a given fact is an object with one key, its type; found %s."
              .formatted(tried.file(), tried.name(), fact));
    }
    Map.Entry<String, JsonNode> typed = fact.properties().iterator().next();
    try {
      Class<?> type = Class.forName(Gpu.class.getPackageName() + "." + typed.getKey());
      return Json.MAPPER.convertValue(typed.getValue(), type);
    } catch (ClassNotFoundException notInJava) {
      Object declared =
          SingleRule.declared(
              rulebook, typed.getKey(), Json.MAPPER.convertValue(typed.getValue(), FIELDS));
      if (declared == null) {
        throw new IllegalArgumentException(
            "%s, case (%s): there is no type (%s), neither in Java nor declared by a rule file."
                .formatted(tried.file(), tried.name(), typed.getKey()),
            notInJava);
      }
      return declared;
    } catch (IllegalArgumentException unusable) {
      throw new IllegalArgumentException(
          "%s, case (%s): %s cannot be read: %s"
              .formatted(tried.file(), tried.name(), typed.getKey(), unusable.getMessage()),
          unusable);
    }
  }

  private static JsonNode shown(Rulebook rulebook, Object fact) {
    if (fact instanceof Conclusion conclusion) {
      return Json.MAPPER.valueToTree(SingleRule.says(rulebook, conclusion));
    }
    return Json.MAPPER.valueToTree(Map.of(fact.getClass().getSimpleName(), fact));
  }

  /** Whether what was found has at least what is expected. */
  private static boolean matches(JsonNode expected, JsonNode found) {
    if (expected.isObject() && found.isObject()) {
      for (Map.Entry<String, JsonNode> field : expected.properties()) {
        if (!found.has(field.getKey()) || !matches(field.getValue(), found.get(field.getKey()))) {
          return false;
        }
      }
      return true;
    }
    if (expected.isArray() && found.isArray()) {
      boolean all = expected.size() == found.size();
      for (int i = 0; all && i < expected.size(); i++) {
        all = matches(expected.get(i), found.get(i));
      }
      return all;
    }
    if (expected.isNumber() && found.isNumber()) {
      return expected.decimalValue().compareTo(found.decimalValue()) == 0;
    }
    return expected.equals(found);
  }
}
