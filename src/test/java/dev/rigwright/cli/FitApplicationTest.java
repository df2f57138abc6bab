package dev.rigwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.cli.Application.Ran;
import dev.rigwright.facts.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code fit} as a person uses it. */
class FitApplicationTest {

  @TempDir Path folder;

  private static Ran fit(String question) {
    return Application.here(("fit " + question).split(" "));
  }

  private Ran started(String question) throws Exception {
    return new Application(folder).run("", ("fit " + question).split(" "));
  }

  private static JsonNode json(String question) throws Exception {
    Ran ran = fit(question + " --format json");
    assertThat(ran.err()).isEmpty();
    return Json.MAPPER.readTree(ran.out());
  }

  private Ran from(String csv) throws Exception {
    Path file = Files.writeString(folder.resolve("questions.csv"), csv);
    return Application.here("fit", "--from", file.toString());
  }

  private static List<JsonNode> lines(Ran ran) throws Exception {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : ran.out().lines().toList()) {
      lines.add(Json.MAPPER.readTree(line));
    }
    return lines;
  }

  // Text

  @Test
  void the_terms_stand_one_below_the_other_with_a_bar_and_its_legend() throws Exception {
    Ran ran = started("--model qwen2.5-32b --gpu rtx-3090");
    assertThat(ran).isEqualTo(fit("--model qwen2.5-32b --gpu rtx-3090"));
    assertThat(ran.code()).isZero();
    assertThat(ran.err()).isEmpty();
    List<String> lines = ran.out().lines().toList();
    assertThat(lines.get(0)).startsWith("RTX 3090 24 GB ").endsWith(" fits");
    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    assertThat(ran.out())
        .containsPattern("Memory \\[#+=+-*\\.+]")
        .containsPattern("  # weights +18\\.3 GiB  as stored")
        .containsPattern("  = KV cache +2\\.0 GiB  8,192 tokens at f16")
        .containsPattern("  - overhead +0\\.7 GiB  driver")
        .containsPattern("    needed +21\\.0 GiB\n")
        .containsPattern("    available +23\\.5 GiB  a display")
        .containsPattern("  \\. free +2\\.5 GiB  10\\.6 % to spare")
        .contains("tokens of context, or up to 2 people")
        .containsPattern("Speed +3\\d\\.\\d tokens a second \\(\\d+\\.\\d-\\d+\\.\\d\\)")
        .contains("Confidence: medium")
        .contains("Assumed: 1 person; llama.cpp; weights at q4_k_m;");
    List<Integer> ends =
        lines.stream()
            .filter(l -> l.matches("  .{12,24} GiB.*"))
            .map(l -> l.indexOf("GiB"))
            .toList();
    assertThat(ends).hasSize(6).containsOnly(ends.get(0));
  }

  @Test
  void what_does_not_fit_comes_with_changes_each_of_which_makes_it_fit() throws Exception {
    Ran ran = started("--model llama-3.3-70b --gpu rtx-3090 --count 2 --users 2");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out())
        .contains("does not fit")
        .containsPattern("! too much +0\\.\\d GiB")
        .contains("card 1 ", "card 2 ", "vLLM runs nothing from system")
        .contains("ANY ONE OF THESE MAKES IT FIT", "KV cache at q8_0 instead of f16: ");
    String asked = "--model llama-3.3-70b --gpu rtx-3090 --count 2 --users 2";
    for (JsonNode change : json(asked).path("changes")) {
      String to = change.path("to").asText();
      String changed =
          switch (change.path("field").asText()) {
            case "kvCache" -> asked + " --kv-cache " + to;
            case "contextTokens" -> asked + " --context " + to;
            case "users" -> asked.replace("--users 2", "--engine vllm --users " + to);
            case "quantization" -> asked + " --quant " + to;
            case "count" -> asked.replace("--count 2", "--count " + to);
            case "gpu" -> asked.replace("rtx-3090", to);
            default -> throw new AssertionError(change);
          };
      JsonNode proven = json(changed);
      assertThat(proven.path("verdict").asText()).as("%s", change).isIn("fits", "tight");
      assertThat(proven.at("/memory/needGib")).isEqualTo(change.path("needGib"));
    }
  }

  @Test
  void several_models_share_the_card_and_each_says_where_it_can_run() throws Exception {
    String asked = "--model qwen2.5-32b --gpu rtx-3090 --with whisper-large-v3,kokoro,piper";
    Ran ran = fit(asked);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out())
        .containsPattern("whisper-large-v3 +9\\.3 GiB, needs the card")
        .containsPattern("kokoro-82m +1\\.9 GiB, would do on the processor too")
        .containsPattern("piper +on the processor, takes nothing of the card");
    JsonNode json =
        json("--model qwen2.5-14b --gpu rtx-3090 --headless --with whisper-large-v3,kokoro");
    assertThat(json.path("verdict").asText()).isEqualTo("fits");
    assertThat(json.at("/memory/availableGib").asDouble()).isEqualTo(24);
    assertThat(json.at("/memory/perCard/0/models").toString())
        .isEqualTo("[\"qwen2.5-14b\",\"whisper-large-v3\",\"kokoro-82m\"]");
    assertThat(json.path("perModel").findValuesAsText("place")).containsExactly("card", "either");
  }

  @Test
  void a_model_leaves_for_the_processor_where_that_is_enough() throws Exception {
    JsonNode json = json("--model qwen2.5-32b --gpu rtx-3090 --with whisper-small,kokoro");
    assertThat(json.at("/changes/0/field").asText()).isEqualTo("onCpu");
    assertThat(json.at("/changes/0/to").toString()).isEqualTo("[\"kokoro-82m\"]");
    JsonNode proven = json("--model qwen2.5-32b --gpu rtx-3090 --with whisper-small");
    assertThat(proven.path("verdict").asText()).isEqualTo("tight");
    assertThat(proven.at("/memory/needGib")).isEqualTo(json.at("/changes/0/needGib"));
  }

  @Test
  void a_model_that_nobody_measured_is_not_taken_for_nothing() throws Exception {
    Ran ran = fit("--model qwen2.5-32b --gpu rtx-3090 --with orpheus-tts-3b");
    assertThat(ran.out()).contains("orpheus-tts-3b  nobody published what it takes: not counted");
    Ran alone = started("--model orpheus-tts-3b --gpu rtx-3090");
    assertThat(alone.code()).isEqualTo(2);
    assertThat(alone.err())
        .startsWith("--model: Nobody published how much memory (orpheus-tts-3b)");
  }

  @Test
  void a_speech_model_alone_has_no_speed_and_no_context() throws Exception {
    Ran ran = fit("--model whisper-large-v3 --gpu rtx-3060-12gb");
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains("9.3 GiB")
        .doesNotContain("KV cache", "Speed", "tokens", "\n\n\n");
  }

  // JSON

  @Test
  void the_memory_and_the_speed_are_as_everywhere() throws Exception {
    JsonNode json = json("--model qwen2.5-32b --gpu rtx-4090 --count 2 --engine vllm --users 8");
    JsonNode memory = json.path("memory");
    double sum = 0;
    for (String term : List.of("weightsGib", "kvCacheGib", "overheadGib")) {
      sum += memory.path(term).asDouble();
    }
    assertThat(sum)
        .isBetween(
            memory.path("needGib").asDouble() - 0.002, memory.path("needGib").asDouble() + 0.002);
    assertThat(memory.path("split").asText()).isEqualTo("tensor");
    assertThat(memory.path("perCard")).hasSize(2);
    assertThat(memory.path("maxUsers").asInt()).isGreaterThanOrEqualTo(8);
    assertThat(memory.path("maxContextTokens").asInt()).isGreaterThanOrEqualTo(8192);
    JsonNode speed = json.path("speed");
    assertThat(speed.path("low").asDouble()).isLessThan(speed.path("tokensPerSecond").asDouble());
    assertThat(speed.path("high").asDouble())
        .isGreaterThan(speed.path("tokensPerSecond").asDouble());
    assertThat(speed.path("totalTokensPerSecond").asDouble())
        .isGreaterThan(speed.path("tokensPerSecond").asDouble());
  }

  @Test
  void system_memory_takes_the_rest_from_llama_cpp_and_never_from_vllm() throws Exception {
    Ran ran = fit("--model llama-3.1-70b --gpu rtx-4090 --ram 64 --format json");
    assertThat(ran.code()).isEqualTo(1);
    JsonNode json = Json.MAPPER.readTree(ran.out());
    assertThat(json.path("verdict").asText()).isEqualTo("offload");
    assertThat(json.at("/memory/systemRamGib").asDouble()).isBetween(18.0, 21.0);
    assertThat(json.at("/speed/tokensPerSecond").asDouble()).isBetween(1.0, 5.0);
    assertThat(json("--model llama-3.1-70b --gpu rtx-4090 --ram 8").path("verdict").asText())
        .isEqualTo("no");
    assertThat(
            json("--model llama-3.1-70b --gpu rtx-4090 --ram 512 --engine vllm")
                .path("verdict")
                .asText())
        .isEqualTo("no");
  }

  // Bad input

  private static final String[][] REFUSED = {
    {",,999999,,,,,", "--context: Found 999999; Qwen2.5 32B reaches 131072 tokens at the most."},
    {",,,0,,,,", "--users: Found 0; allowed is 1 or more."},
    {",,,-3,,,,", "--users: Found -3; allowed is 1 or more."},
    {",-1,,,,,,", "--count: Found -1; allowed is 1 to 64."},
    {",0,,,,,,", "--count: Found 0; allowed is 1 to 64."},
    {",,abc,,,,,", "--context: Found \"abc\"; allowed is a whole number."},
    {
      ",,,,awq,,llama.cpp,",
      "--quant: Found \"awq\", which llama.cpp does not run; it runs f32, fp16,"
    },
    {",,,,q9,,,", "--quant: The Quantization (q9) must be one of f32, fp16,"},
    {",,,,,q3,,", "--kv-cache: Found \"q3\"; allowed are f16, bf16, q8_0, q4_0."},
    {
      ",,,,,q4_0,vllm,",
      "--kv-cache: Found \"q4_0\", which vllm does not keep; its narrowest is q8_0."
    },
    {",,,,,,ollama,", "--engine: Found \"ollama\"; allowed are llama.cpp, vllm."},
    {"x,,,,,,,", "--gpu: The card (rtx-3090x) is not in the catalogue. Maybe rtx-3090 or"},
    {",,,,,,,wisper", "--with: The model (wisper) is not in the catalogue."},
    {",,,,,,,qwen2.5-32b", "--with: Found (qwen2.5-32b) once more; one copy serves all sessions."},
  };

  @Test
  void what_cannot_be_answered_is_refused_with_what_is_allowed() throws Exception {
    StringBuilder csv =
        new StringBuilder("model,gpu,count,context,users,quant,kv-cache,engine,with\n");
    for (String[] refused : REFUSED) {
      csv.append("qwen2.5-32b,rtx-3090").append(refused[0]).append('\n');
    }
    Ran ran = from(csv.toString());
    assertThat(ran.code()).isEqualTo(2);
    List<JsonNode> lines = lines(ran);
    assertThat(lines).hasSize(REFUSED.length);
    for (int i = 0; i < REFUSED.length; i++) {
      assertThat(lines.get(i).path("problems").get(0).asText()).startsWith(REFUSED[i][1]);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--model qwen2.5-32b --gpu rtx-3090 --users -3 --context 999999 | --users: Found -3; allowed is 1 or more.",
        "--model qwen9-32b --gpu rtx-3090 | --model: The model (qwen9-32b) is not in the catalogue. Maybe qwen3-32b or",
        "--gpu rtx-3090 | Error: Missing required argument (specify one of these): (--model=M | --from=CSV)",
        "--from nowhere.csv | There is no file nowhere.csv.",
      })
  void a_question_that_cannot_be_answered_is_wrong_usage(String question, String message)
      throws Exception {
    Ran ran = fit(question);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains(message).doesNotContain("Exception");
  }

  // Files

  @Test
  void each_row_has_its_answer_or_its_reasons_and_a_bad_one_stops_no_other() throws Exception {
    Ran ran =
        from(
            "\ufeffmodel,gpu,Context Tokens,users,my note\r\n"
                + "qwen2.5-32b,2x RTX 3090,8192,1,\"quoted, with a comma\"\r\n"
                + "llama3.1:70b,rtx-4090,,,\r\n"
                + "qwen2.5-32b,rtx-3090,999999,0,two things wrong\r\n"
                + "qwen2.5-32b,rtx 9999,,,\r\n");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).isEqualTo("Not read, only repeated: my note.\n");
    List<JsonNode> lines = lines(ran);
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0).path("count").asInt()).isEqualTo(2);
    assertThat(lines.get(0).path("verdict").asText()).isEqualTo("fits");
    assertThat(lines.get(0).at("/input/my note").asText()).isEqualTo("quoted, with a comma");
    assertThat(lines.get(1).path("verdict").asText()).isEqualTo("no");
    assertThat(lines.get(2).path("problems").toString()).contains("--users: Found 0");
    assertThat(lines.get(3).path("problems").get(0).asText())
        .startsWith("--gpu: The card (rtx 9999) is not in the catalogue.");
    assertThat(lines).extracting(line -> line.path("line").asInt()).containsExactly(2, 3, 4, 5);
  }

  @Test
  void a_row_that_does_not_fit_is_an_answer_as_well() throws Exception {
    assertThat(from("model,gpu\nllama3.1:8b,rtx-3090\n").code()).isZero();
    assertThat(from("model,gpu\nllama3.1:70b,rtx-3090\n").code()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | (0 bytes) holds no row. Its first line names the columns: model, quant, gpu,",
        "`model,gpu` | holds no row.",
        "`qwen2.5-32b,rtx-3090;qwen2.5-7b,rtx-3090` | needs the columns model and gpu; it has qwen2.5-32b, rtx-3090.",
        "`model,gpu,context,context tokens;a,b,1,2` | has two columns for --context.",
      })
  void a_file_that_is_no_table_of_questions_is_refused(String csv, String message)
      throws Exception {
    Ran ran = from(csv.replace(';', '\n'));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains(message).doesNotContain("Exception");
  }

  @Test
  void each_of_many_rows_is_answered_in_its_order() throws Exception {
    StringBuilder csv = new StringBuilder("model,gpu,count,users\n");
    for (int i = 0; i < 200; i++) {
      csv.append(i % 2 == 0 ? "llama3.1:8b" : "qwen2.5-32b")
          .append(i % 3 == 0 ? ",rtx-3090," : ",rtx-4090,")
          .append(1 + i % 4)
          .append(',')
          .append(1 + i % 5)
          .append('\n');
    }
    assertThat(lines(from(csv.toString())))
        .hasSize(200)
        .extracting(line -> line.path("line").asInt())
        .isSorted();
  }
}
