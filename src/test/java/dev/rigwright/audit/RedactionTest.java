package dev.rigwright.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.Home;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.DecisionJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What of a requirement is written freely, and stays out of the log where that is wanted. */
class RedactionTest {

  private static JsonNode redacted(String json) {
    JsonNode asked =
        Home.advisor().reader().parse(json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return Redaction.of(asked, Home.advisor().reader().read(asked, Home.TODAY));
  }

  @Test
  void names_become_those_of_the_catalogue_and_title_and_id_go() {
    assertThat(redacted(Log.WRITER).toString())
        .isEqualTo(
            "{\"budgetUsd\":2400,\"asOf\":\"2026-11-22\",\"models\":[{\"id\":\"qwen2.5-32b\","
                + "\"quantization\":\"q4_k_m\"}],\"owned\":{\"gpus\":[{\"id\":\"gtx-1080-ti\"}]}}");
  }

  @Test
  void a_model_that_is_named_by_its_size_stays_as_it_is() {
    assertThat(
            redacted("{\"models\": [{\"sizeB\": 32}, {\"id\": \"whisper-large-v3\"}]}").toString())
        .isEqualTo("{\"models\":[{\"sizeB\":32},{\"id\":\"whisper-large-v3\"}]}");
  }

  /** Whoever adds a field that takes any text has to say here what becomes of it. */
  @Test
  void every_text_of_a_requirement_is_one_of_a_few_words_or_is_redacted() {
    List<String> free = new ArrayList<>();
    collect("", Home.advisor().reader().schema(), free);
    assertThat(free)
        .containsExactlyInAnyOrder(
            "/id", "/title", "/models/id", "/models/quantization", "/owned/gpus/id");
  }

  private static void collect(String path, JsonNode schema, List<String> free) {
    if (schema.path("type").asText().equals("string") && !schema.has("pattern")) {
      free.add(path);
    }
    for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
      collect(path + "/" + field.getKey(), field.getValue(), free);
    }
    if (schema.has("items")) {
      collect(path, schema.get("items"), free);
    }
  }

  @Test
  void a_redacted_requirement_decides_alike() {
    for (String line : Log.sample().subList(0, 60)) {
      JsonNode asked =
          Home.advisor().reader().parse(line.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      Requirement read = Home.advisor().reader().read(asked, Home.TODAY);
      Requirement again = Home.advisor().reader().read(Redaction.of(asked, read), Home.TODAY);
      assertThat(
              Arrays.equals(
                  DecisionJson.content(Home.advisor().decide(again)),
                  DecisionJson.content(Home.advisor().decide(read))))
          .as(line)
          .isTrue();
    }
  }
}
