package dev.rigwright.authoring;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
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

  private static final ObjectReader ENTRY =
      Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Cases() {}

  /**
   * A case.
   *
   * @param file its file, relative to the rules' folder
   * @param rule the rule that it tries
   * @param name what it shows, a sentence
   * @param given facts, each an object with one key, the type
   * @param concludes wordings, or facts with the fields that matter
   * @param line where it begins in its file
   * @param column of its opening brace
   */
  public record Case(
      String file,
      String rule,
      String name,
      List<JsonNode> given,
      List<JsonNode> concludes,
      int line,
      int column) {

    /** A case that stands in no file. */
    public Case(
        String file, String rule, String name, List<JsonNode> given, List<JsonNode> concludes) {
      this(file, rule, name, given, concludes, 1, 1);
    }

    /** Whether the rule is expected to fire. */
    public boolean fires() {
      return !concludes.isEmpty();
    }

    /** The same case for another rule. */
    Case of(String other) {
      return new Case(file, other, name, given, concludes, line, column);
    }
  }

  /** What came of a case. */
  public record Result(Case of, boolean passed, List<String> expected, List<String> concluded) {}

  /** What is wrong with a file of cases, and where. */
  public record Problem(String file, int line, int column, String message) {}

  /**
   * All cases below a folder of rules, by file.
   *
   * @throws IllegalArgumentException if a file cannot be read; the message has file and line
   */
  public static List<Case> read(Path rules) {
    List<Problem> problems = new ArrayList<>();
    List<Case> cases = read(rules, problems);
    if (!problems.isEmpty()) {
      Problem first = problems.get(0);
      throw new IllegalArgumentException(
          "%s:%d:%d: %s".formatted(first.file(), first.line(), first.column(), first.message()));
    }
    return cases;
  }

  /**
   * The cases below a folder of rules that can be read.
   *
   * @param problems gets what cannot be
   */
  public static List<Case> read(Path rules, List<Problem> problems) {
    List<Case> cases = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(rules)) {
      for (Path path : paths.filter(p -> p.toString().endsWith(".cases.json")).sorted().toList()) {
        String file = rules.relativize(path).toString().replace('\\', '/');
        cases.addAll(parse(file, Files.readString(path), problems));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return cases;
  }

  /**
   * The cases of one file that can be read.
   *
   * @param file its path, relative to the rules' folder
   * @param problems gets what cannot be
   */
  static List<Case> parse(String file, String json, List<Problem> problems) {
    List<Case> cases = new ArrayList<>();
    try (JsonParser parser = Json.MAPPER.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        problems.add(new Problem(file, 1, 1, "A file of cases is a list. Maybe a [ is missing."));
        return cases;
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        JsonLocation start = parser.currentTokenLocation();
        JsonNode entry = ENTRY.readTree(parser);
        try {
          cases.add(
              new Case(
                  file,
                  text(entry, "rule", file),
                  text(entry, "case", file),
                  list(entry, "given", file),
                  list(entry, "concludes", file),
                  start.getLineNr(),
                  start.getColumnNr()));
        } catch (IllegalArgumentException incomplete) {
          problems.add(
              new Problem(file, start.getLineNr(), start.getColumnNr(), incomplete.getMessage()));
        }
      }
    } catch (JsonProcessingException broken) {
      JsonLocation where = broken.getLocation();
      problems.add(
          new Problem(
              file,
              where == null ? 1 : Math.max(1, where.getLineNr()),
              where == null ? 1 : Math.max(1, where.getColumnNr()),
              "This is no JSON: "
                  + broken.getOriginalMessage()
                  + ". Maybe a comma, quote or bracket is missing before."));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return cases;
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
