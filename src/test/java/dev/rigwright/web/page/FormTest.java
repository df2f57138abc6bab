package dev.rigwright.web.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.Home;
import dev.rigwright.domain.Requirement;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {

  private static Form form(String... pairs) {
    Map<String, List<String>> query = new java.util.LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      query.computeIfAbsent(pairs[i], key -> new java.util.ArrayList<>()).add(pairs[i + 1]);
    }
    return Form.of(query);
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  @Test
  void every_field_goes_to_its_place_in_the_requirement() {
    Form form =
        form(
            "budgetUsd",
            "2,400",
            "useCases",
            "chat",
            "useCases",
            "coding",
            "users",
            "3",
            "model",
            "llama3.1:70b",
            "quantization",
            "awq",
            "with",
            "whisper-large-v3, kokoro",
            "contextTokens",
            "16384",
            "condition",
            "used",
            "gpu",
            "3090",
            "gpuCount",
            "2",
            "psuWatts",
            "850 W",
            "ramGib",
            "64",
            "maxGpuSlots",
            "2,5",
            "vendors",
            "amd",
            "quiet",
            "true",
            "electricityUsdPerKwh",
            "0.31",
            "policy",
            "guide");
    assertThat(form.typed().problems()).isEmpty();
    assertThat(form.typed().requirement().toString())
        .isEqualTo(
            json(
                "{'condition':'used','policy':'guide','budgetUsd':2400,'users':3,'contextTokens':16384,"
                    + "'electricityUsdPerKwh':0.31,"
                    + "'models':[{'id':'llama3.1:70b','quantization':'awq'},{'id':'whisper-large-v3'},{'id':'kokoro'}],"
                    + "'useCases':['chat','coding'],"
                    + "'owned':{'gpus':[{'id':'3090','count':2}],'psuWatts':850,'ramGib':64},"
                    + "'limits':{'maxGpuSlots':2.5,'vendors':['amd'],'quiet':true}}"));
  }

  @Test
  void a_size_roles_and_cards_of_several_kinds_go_to_their_places() {
    Form form =
        form(
            "sizeB",
            "32",
            "quantization",
            "awq",
            "role",
            "llm",
            "with",
            "whisper-large-v3",
            "withRole",
            "stt",
            "with3",
            "kokoro",
            "gpu",
            "3090",
            "gpu2",
            "rtx-4090",
            "gpuCount2",
            "2",
            "gpu4",
            "gtx-1080-ti");
    assertThat(form.typed().problems()).isEmpty();
    assertThat(form.typed().requirement().toString())
        .isEqualTo(
            json(
                "{'models':[{'sizeB':32.0,'quantization':'awq','role':'llm'},"
                    + "{'id':'whisper-large-v3','role':'stt'},{'id':'kokoro'}],"
                    + "'owned':{'gpus':[{'id':'3090'},{'id':'rtx-4090','count':2},{'id':'gtx-1080-ti'}]}}"));
    Home.advisor().reader().read(form.typed().requirement(), Home.TODAY);
    assertThat(form.owns()).isTrue();
    assertThat(form.goesFurther()).isTrue();
    assertThat(Form.of(parsed(form.query())).typed()).isEqualTo(form.typed());
  }

  @ParameterizedTest
  @CsvSource({
    "sizeB,32,model,qwen2.5-32b,sizeB",
    "role,llm,users,1,role",
    "quantization,awq,users,1,quantization",
    "withRole2,stt,model,qwen2.5-32b,with2",
    "gpuCount3,2,users,1,gpu3",
    "with2,kokoro,users,1,model"
  })
  void what_is_half_said_is_told_at_its_field(
      String field, String value, String other, String said, String at) {
    assertThat(form(field, value, other, said).typed().problems()).containsOnlyKeys(at);
  }

  @ParameterizedTest
  @CsvSource({
    "sizeB,50,users,1,sizeB",
    "model,qwen2.5-32b,role,stt,role",
    "with3,gpt-9,model,qwen2.5-32b,with3",
    "with,'kokoro,gpt-9',model,qwen2.5-32b,with",
    "gpu2,rtx-9999,gpu,rtx-3090,gpu2",
    "gpu4,rtx-9999,users,1,gpu4"
  })
  void what_the_reader_refuses_of_several_is_said_at_its_row(
      String field, String value, String other, String said, String at) {
    Form form = form(field, value, other, said);
    assertThat(form.typed().problems()).isEmpty();
    assertThatThrownBy(() -> Home.advisor().reader().read(form.typed().requirement(), Home.TODAY))
        .isInstanceOfSatisfying(
            BadInputException.class,
            refused -> assertThat(refused.problems()).extracting(form::field).containsOnly(at));
  }

  @Test
  void a_smaller_format_of_a_size_keeps_the_size() {
    Form changed = form("sizeB", "70").changed("models/0/quantization", "q4_k_m", "llama-3.3-70b");
    assertThat(changed.query()).isEqualTo("sizeB=70&quantization=q4_k_m");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2400|2400",
        "2,400|2400",
        "2.400|2400",
        "2 400|2400",
        "$2400|2400",
        "1,234,567|1234567"
      })
  void money_is_read_as_people_of_any_language_write_it(String typed, long read) {
    assertThat(form("budgetUsd", typed).typed().requirement().get("budgetUsd").asLong())
        .isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plenty", "2,40", "1e9", "2.400,50", "0x10", "9999999999999999999"})
  void what_is_no_whole_number_is_never_guessed_at(String typed) {
    Form.Typed read = form("budgetUsd", typed).typed();
    assertThat(read.requirement().has("budgetUsd")).isFalse();
    assertThat(read.problems())
        .containsExactly(
            Map.entry(
                "budgetUsd",
                "Found (%s); this is a whole number. Maybe leave out words and units."
                    .formatted(typed)));
  }

  @ParameterizedTest
  @CsvSource({
    "budgetUsd,0,budgetUsd",
    "model,gpt-9,model",
    "gpu,rtx-9999,gpu",
    "psuWatts,7,psuWatts",
    "maxGpus,99,maxGpus",
    "region,Germany,region",
    "asOf,2026-02-31,asOf",
    "useCases,games,useCases",
    "vendors,apple,vendors"
  })
  void what_the_reader_refuses_is_said_at_the_field(String field, String value, String at) {
    Form form = form(field, value, "users", "1");
    try {
      Home.advisor().reader().read(form.typed().requirement(), Home.TODAY);
      throw new AssertionError("It was read: " + form.typed().requirement());
    } catch (BadInputException refused) {
      assertThat(refused.problems()).extracting(form::field).containsOnly(at);
    }
  }

  @Property(tries = 300)
  void the_link_of_a_form_asks_the_same(
      @ForAll @StringLength(max = 40) String title,
      @ForAll @IntRange(min = 1, max = 99999) int budget) {
    Form form = form("title", title, "budgetUsd", String.valueOf(budget), "useCases", "chat");
    assertThat(Form.of(parsed(form.query())).query()).isEqualTo(form.query());
    assertThat(Form.of(parsed(form.query())).typed().requirement())
        .isEqualTo(form.typed().requirement());
  }

  private static Map<String, List<String>> parsed(String query) {
    Map<String, List<String>> values = new java.util.LinkedHashMap<>();
    for (String pair : query.split("&")) {
      String[] sides = pair.split("=", 2);
      values
          .computeIfAbsent(sides[0], key -> new java.util.ArrayList<>())
          .add(java.net.URLDecoder.decode(sides[1], java.nio.charset.StandardCharsets.UTF_8));
    }
    return values;
  }

  @Test
  void the_smallest_changes_of_the_examples_bring_an_answer() throws IOException {
    for (String file : List.of("tight-limits", "used-only", "impossible", "weak-psu")) {
      byte[] json = Files.readAllBytes(Home.PATH.resolve("facts/requirements/" + file + ".json"));
      Requirement asked = Home.advisor().reader().read(json, Home.TODAY);
      Form form = Form.of(typed(Json.MAPPER.readTree(json)));
      for (var change : Home.advisor().decide(asked).relaxations()) {
        String model = asked.models().isEmpty() ? "" : asked.models().get(0).id();
        Form changed = form.changed(change.field(), change.to(), model);
        Requirement again = Home.advisor().reader().read(changed.typed().requirement(), Home.TODAY);
        assertThat(Home.advisor().decide(again).verdict())
            .as(file + " with " + change.field())
            .isEqualTo(change.verdict());
      }
    }
  }

  /** A requirement as it would be typed. */
  private static Map<String, List<String>> typed(JsonNode json) {
    Map<String, List<String>> values = new java.util.LinkedHashMap<>();
    json.properties()
        .forEach(
            field -> {
              if (field.getKey().equals("models")) {
                JsonNode model = field.getValue().get(0);
                values.put(
                    "model",
                    List.of(
                        model.has("id")
                            ? model.get("id").asText()
                            : Home.advisor().facts().sizes().stream()
                                .filter(row -> row.sizeB() == model.get("sizeB").asDouble())
                                .findFirst()
                                .orElseThrow()
                                .model()));
              } else if (field.getValue().isObject()) {
                values.putAll(typed(field.getValue()));
              } else if (field.getKey().equals("gpus")) {
                values.put("gpu", List.of(field.getValue().get(0).get("id").asText()));
              } else if (field.getValue().isArray()) {
                List<String> several = new java.util.ArrayList<>();
                field.getValue().forEach(one -> several.add(one.asText()));
                values.put(field.getKey(), several);
              } else {
                values.put(field.getKey(), List.of(field.getValue().asText()));
              }
            });
    return values;
  }
}
