package dev.rigwright.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.Home;
import dev.rigwright.domain.Requirement;
import dev.rigwright.facts.Canonical;
import dev.rigwright.facts.Json;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/**
 * Whatever the contract allows somebody to ask, the form can say, and its link carries. What may be
 * asked is read from the schema: a field that is added there and not to the form fails here.
 */
class FormRoundTripTest {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @Property(tries = 500)
  void what_the_contract_allows_goes_through_the_form_and_its_link(
      @ForAll("requirements") JsonNode requirement) {
    Form.Typed typed = Form.of(parsed(Form.asking(requirement).query())).typed();
    assertThat(typed.problems()).isEmpty();
    assertThat(canonical(typed.requirement())).isEqualTo(canonical(requirement));
  }

  @Test
  void every_example_is_the_same_requirement_through_the_form() throws IOException {
    List<JsonNode> examples = examples();
    assertThat(examples).hasSizeGreaterThan(500);
    for (JsonNode example : examples) {
      Form.Typed typed = Form.of(parsed(Form.asking(example).query())).typed();
      assertThat(typed.problems()).isEmpty();
      assertThat(read(typed.requirement())).isEqualTo(read(example));
    }
  }

  @Test
  void the_link_of_a_requirement_with_everything_gives_the_same_decision() throws IOException {
    JsonNode asked = Json.MAPPER.readTree(EVERYTHING);
    Requirement through =
        Home.advisor().reader().read(Form.asking(asked).typed().requirement(), Home.TODAY);
    assertThat(Home.advisor().decide(through).decisionId())
        .isEqualTo(Home.advisor().decide(Home.requirement(EVERYTHING)).decisionId());
  }

  @Test
  void a_requirement_with_everything_says_every_field_of_the_contract() throws IOException {
    assertThat(pointers(Json.MAPPER.readTree(EVERYTHING)))
        .containsAll(fields(Home.advisor().reader().schema()));
  }

  /** Every field of the contract, with several models and cards. */
  static final String EVERYTHING =
      """
      { "id": "order 17", "title": "Everything, said", "asOf": "2026-11-20", "budgetUsd": 20000,
        "scope": "upgrade",
        "models": [ { "id": "qwen2.5-32b", "quantization": "q5_k_m", "role": "llm" },
                    { "sizeB": 7.5, "quantization": "q8_0" },
                    { "id": "whisper-large-v3", "quantization": "fp16", "role": "stt" },
                    { "id": "kokoro", "role": "tts" } ],
        "contextTokens": 4096, "promptTokens": 800, "answerTokens": 400, "users": 1,
        "useCases": [ "chat", "voice" ], "condition": "any", "region": "US",
        "electricityUsdPerKwh": 0.175, "hoursPerDay": 3.5,
        "owned": { "gpus": [ { "id": "rtx-3090", "count": 2 }, { "id": "rtx-4060-ti-16gb" },
                             { "id": "rtx-3060-12gb", "count": 1 }, { "id": "gtx-1080-ti" },
                             { "id": "rtx-4090", "count": 1 } ],
                   "psuWatts": 1500, "ramGib": 128, "cpuCores": 16, "pcieX16Slots": 4 },
        "limits": { "maxSystemWatts": 3000, "maxGpus": 4, "maxGpuSlots": 12.5, "maxGpuLengthMm": 360,
                    "vendors": [ "nvidia", "amd" ], "minTokensPerSecond": 2.5, "quiet": false },
        "kvCache": "f16", "engine": "llama.cpp", "headless": false, "policy": "checked" }
      """;

  // ---- requirements

  private static List<JsonNode> examples() throws IOException {
    List<JsonNode> examples = new ArrayList<>();
    try (Stream<Path> files = Files.list(Home.PATH.resolve("facts/requirements"))) {
      for (Path file : files.sorted().toList()) {
        List<String> documents =
            file.toString().endsWith(".jsonl")
                ? Files.readAllLines(file)
                : List.of(Files.readString(file));
        for (String document : documents) {
          examples.add(Json.MAPPER.readTree(document));
        }
      }
    }
    return examples;
  }

  /** Everything that a reader made of it; a requirement is equal to itself alone. */
  private static String read(JsonNode requirement) {
    return Home.advisor().reader().read(requirement, Home.TODAY).toString();
  }

  private static String canonical(JsonNode requirement) {
    return new String(Canonical.bytes(requirement), StandardCharsets.UTF_8);
  }

  static Map<String, List<String>> parsed(String query) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : query.split("&")) {
      String[] sides = pair.split("=", 2);
      values
          .computeIfAbsent(sides[0], key -> new ArrayList<>())
          .add(URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
    }
    return values;
  }

  /** What a requirement says, by place; any element of an array has the place of the first. */
  private static List<String> pointers(JsonNode node) {
    List<String> pointers = new ArrayList<>();
    node.properties()
        .forEach(
            field -> {
              pointers.add(field.getKey());
              JsonNode value = field.getValue();
              for (JsonNode each : value.isArray() ? value : List.of(value)) {
                pointers(each).forEach(inner -> pointers.add(field.getKey() + "/" + inner));
              }
            });
    return pointers;
  }

  /** What a schema allows to be said, by place. */
  private static List<String> fields(JsonNode schema) {
    List<String> fields = new ArrayList<>();
    schema
        .path("properties")
        .properties()
        .forEach(
            field -> {
              fields.add(field.getKey());
              JsonNode value = field.getValue();
              fields(value.has("items") ? value.get("items") : value)
                  .forEach(inner -> fields.add(field.getKey() + "/" + inner));
            });
    return fields;
  }

  // ---- requirements at random

  @Provide
  Arbitrary<JsonNode> requirements() {
    return object(Home.advisor().reader().schema());
  }

  private static Arbitrary<JsonNode> any(JsonNode schema) {
    if (schema.has("enum")) {
      List<JsonNode> words = new ArrayList<>();
      schema.get("enum").forEach(words::add);
      return Arbitraries.of(words);
    }
    return switch (schema.get("type").asText()) {
      case "object" -> object(schema);
      case "array" -> array(schema);
      case "integer" ->
          Arbitraries.longs()
              .between(schema.get("minimum").asLong(), schema.get("maximum").asLong())
              .map(JSON::numberNode);
      case "number" -> number(schema);
      case "boolean" -> Arbitraries.of(true, false).map(JSON::booleanNode);
      case "string" -> text(schema).map(JSON::textNode);
      default -> throw new IllegalArgumentException("How is this made at random? " + schema);
    };
  }

  /** With digits enough to be no number that somebody would round. */
  private static Arbitrary<JsonNode> number(JsonNode schema) {
    boolean exclusive = schema.has("exclusiveMinimum");
    double least = schema.path(exclusive ? "exclusiveMinimum" : "minimum").asDouble();
    double most = schema.get("maximum").asDouble();
    return Arbitraries.oneOf(
            Arbitraries.doubles().between(least, most).ofScale(17),
            Arbitraries.integers().between((int) Math.ceil(least), (int) most).map(Double::valueOf))
        .filter(value -> !exclusive || value > least)
        .map(JSON::numberNode);
  }

  /** Without white space around it, and without a comma, which lists models in old links. */
  private static Arbitrary<String> text(JsonNode schema) {
    String pattern = schema.path("pattern").asText();
    if (pattern.contains("[A-Z]{2}")) {
      return Arbitraries.strings().withCharRange('A', 'Z').ofLength(2);
    }
    if (pattern.contains("\\d{4}")) {
      return Arbitraries.longs()
          .between(0, LocalDate.of(9999, 12, 31).toEpochDay())
          .map(day -> LocalDate.ofEpochDay(day).toString());
    }
    int most = schema.path("maxLength").asInt(100);
    return Arbitraries.integers()
        .between(0x20, 0x1FFFF)
        .filter(point -> Character.isDefined(point) && (point < 0xD800 || point > 0xDFFF))
        .list()
        .ofMinSize(1)
        .ofMaxSize(most)
        .map(points -> points.stream().map(Character::toString).reduce("", String::concat))
        .filter(text -> text.equals(text.strip()) && !text.contains(","));
  }

  private static Arbitrary<JsonNode> array(JsonNode schema) {
    Arbitrary<JsonNode> items = any(schema.get("items"));
    var list = items.list().ofMinSize(1).ofMaxSize(schema.get("maxItems").asInt());
    return (schema.path("uniqueItems").asBoolean() ? list.uniqueElements() : list)
        .map(
            elements -> {
              ArrayNode array = JSON.arrayNode();
              elements.forEach(array::add);
              return array;
            });
  }

  /** Any fields of an object; what says nothing, such as {@code "owned": {}}, is left out. */
  private static Arbitrary<JsonNode> object(JsonNode schema) {
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    List<String> either = new ArrayList<>();
    schema.path("oneOf").forEach(one -> either.add(one.at("/required/0").asText()));
    List<String> names = new ArrayList<>();
    List<Arbitrary<Optional<JsonNode>>> values = new ArrayList<>();
    schema
        .get("properties")
        .properties()
        .forEach(
            field -> {
              names.add(field.getKey());
              Arbitrary<JsonNode> value = any(field.getValue());
              values.add(
                  required.contains(field.getKey()) || either.contains(field.getKey())
                      ? value.map(Optional::of)
                      : value.optional(0.6));
            });
    Arbitrary<String> chosen = either.isEmpty() ? Arbitraries.just("") : Arbitraries.of(either);
    return Combinators.combine(Combinators.combine(values).as(all -> all), chosen)
        .as(
            (all, one) -> {
              ObjectNode object = JSON.objectNode();
              for (int i = 0; i < all.size(); i++) {
                String name = names.get(i);
                boolean other = either.contains(name) && !name.equals(one);
                all.get(i)
                    .filter(value -> !other && !(value.isObject() && value.isEmpty()))
                    .ifPresent(value -> object.set(name, value));
              }
              return object;
            });
  }
}
