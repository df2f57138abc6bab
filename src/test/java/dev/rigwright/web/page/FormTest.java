package dev.rigwright.web.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
            "withSizeB4",
            "7",
            "withQuantization4",
            "gptq-int4",
            "with15",
            "bge-m3",
            "withQuantization15",
            "fp16",
            "gpu",
            "3090",
            "gpu2",
            "rtx-4090",
            "gpuCount2",
            "2",
            "gpu16",
            "gtx-1080-ti");
    assertThat(form.typed().problems()).isEmpty();
    assertThat(form.typed().requirement().toString())
        .isEqualTo(
            json(
                "{'models':[{'sizeB':32,'quantization':'awq','role':'llm'},"
                    + "{'id':'whisper-large-v3','role':'stt'},{'id':'kokoro'},"
                    + "{'sizeB':7,'quantization':'gptq-int4'},{'id':'bge-m3','quantization':'fp16'}],"
                    + "'owned':{'gpus':[{'id':'3090'},{'id':'rtx-4090','count':2},{'id':'gtx-1080-ti'}]}}"));
    Home.advisor().reader().read(form.typed().requirement(), Home.TODAY);
    assertThat(form.saysIn(Fields.Part.OWNED)).isTrue();
    assertThat(form.saysIn(Fields.Part.MODELS)).isTrue();
    assertThat(form.saysIn(Fields.Part.MORE)).isFalse();
    assertThat(Form.of(parsed(form.query())).typed()).isEqualTo(form.typed());
  }

  @ParameterizedTest
  @CsvSource({
    "sizeB,32,model,qwen2.5-32b,sizeB",
    "role,llm,users,1,role",
    "quantization,awq,users,1,quantization",
    "withRole2,stt,model,qwen2.5-32b,withRole2",
    "withQuantization3,awq,model,qwen2.5-32b,withQuantization3",
    "withSizeB2,7,with2,kokoro,withSizeB2 model",
    "gpuCount13,2,users,1,gpu13",
    "with2,kokoro,users,1,model",
    "withSizeB5,7,users,1,model",
    "quiet,yes,users,1,quiet",
    "headless,on,users,1,headless"
  })
  void what_is_half_said_is_told_at_its_field(
      String field, String value, String other, String said, String at) {
    assertThat(form(field, value, other, said).typed().problems()).containsOnlyKeys(at.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "sizeB,50,users,1,sizeB",
    "model,qwen2.5-32b,role,stt,role",
    "with3,gpt-9,model,qwen2.5-32b,with3",
    "with,'kokoro,gpt-9',model,qwen2.5-32b,with",
    "gpu2,rtx-9999,gpu,rtx-3090,gpu2",
    "gpu14,rtx-9999,users,1,gpu14",
    "gpuCount7,17,gpu7,rtx-3090,gpuCount7",
    "withSizeB3,50,model,qwen2.5-32b,withSizeB3",
    "withQuantization9,q4_k_x,with9,kokoro,withQuantization9",
    "withRole15,llm,with15,kokoro,withRole15",
    "with2,qwen2.5-32b,model,qwen2.5-32b,with2"
  })
  void what_the_reader_refuses_of_several_is_said_at_its_row(
      String field, String value, String other, String said, String at) {
    boolean beside = field.startsWith("with") && other.startsWith("with");
    Form form =
        beside
            ? form(field, value, other, said, "model", "llama3.1:8b")
            : form(field, value, other, said);
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

  @Test
  void a_smaller_format_of_a_model_beside_the_first_goes_to_its_row() {
    Form form = form("model", "kokoro", "with3", "llama3.1:70b", "users", "1");
    assertThat(form.changed("models/1/quantization", "q3_k_m", "kokoro").query())
        .isEqualTo("users=1&model=kokoro&with3=llama3.1%3A70b&withQuantization3=q3_k_m");
    assertThat(form.changed("models/2/quantization", "q3_k_m", "kokoro")).isNull();
  }

  @Test
  void a_form_in_which_nothing_is_said_asks_for_nothing_in_particular() {
    Form empty = form("budgetUsd", "", "users", " ");
    assertThat(Form.of(parsed(empty.query())).typed().requirement()).isEmpty();
    assertThat(empty.fields()).isNotEmpty();
    assertThat(Form.of(Map.of())).isSameAs(Form.DEFAULT);
  }

  @Test
  void a_box_that_was_unticked_in_the_link_can_be_ticked() {
    Form ticked = form("quiet", "false", "quiet", "true");
    assertThat(ticked.query()).isEqualTo("quiet=true");
    assertThat(form("quiet", "false").typed().requirement().toString())
        .isEqualTo(json("{'limits':{'quiet':false}}"));
  }

  @ParameterizedTest
  @CsvSource({
    "users,1,1,2",
    "gpu,rtx-3090,2,2",
    "gpuCount3,2,4,2",
    "gpu16,rtx-3090,16,2",
    "model,kokoro,1,2",
    "with,kokoro,1,3",
    "withRole4,stt,1,6",
    "withSizeB15,7,1,16",
    "cardRow,5,5,2",
    "cardRow,99,16,2",
    "cardRow,-1,1,2",
    "cardRow,many,1,2",
    "modelRow,7,1,7",
    "modelRow,17,1,16"
  })
  void rows_that_are_used_stand_open_and_one_more(
      String field, String value, int cards, int models) {
    Map<String, List<String>> query = Map.of(field, List.of(value), "budgetUsd", List.of("900"));
    Rows rows = Rows.of(Form.of(query), query);
    assertThat(List.of(rows.cards(), rows.models())).containsExactly(cards, models);
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
        "1,234,567|1234567",
        "12٬500|12500",
        "1٬234٬567 USD|1234567",
        "12،500|12500",
        "٢٥٠٠|2500",
        "١٢٬٥٠٠|12500",
        "۱۲٬۵۰۰|12500",
        "1,25,000|125000",
        "12,34,567|1234567",
        "१,२५,०००|125000",
        "२५००|2500",
        "12\u202f500|12500",
        "12\u00a0500|12500",
        "12\u2009500|12500",
        "12’500|12500",
        "２５００|2500"
      })
  void money_is_read_as_people_of_any_language_write_it(String typed, long read) {
    assertThat(form("budgetUsd", typed).typed().requirement().get("budgetUsd").asLong())
        .isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0,31|0.31", "0.31|0.31", "٠٫٣١|0.31", "0٫31|0.31", "०.३१|0.31"})
  void decimals_are_read_as_people_of_any_language_write_them(String typed, double read) {
    assertThat(form("electricityUsdPerKwh", typed).typed().requirement().toString())
        .isEqualTo(json("{'electricityUsdPerKwh':%s}".formatted(read)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plenty",
        "2,40",
        "1e9",
        "2.400,50",
        "0x10",
        "9999999999999999999",
        "1,25",
        "1,25,00",
        "1.25.000",
        "123,45,678",
        "1,25٬000",
        "1,250,00,000",
        "2٫400",
        "२,४०",
        "½",
        "五"
      })
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
      Form form = Form.asking(Json.MAPPER.readTree(json));
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
}
