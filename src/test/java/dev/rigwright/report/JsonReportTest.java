package dev.rigwright.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rigwright.Contract;
import dev.rigwright.engine.Decision;
import dev.rigwright.engine.DecisionJson;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonReportTest {

  static List<String> names() {
    return Answers.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void it_says_what_the_decision_says_and_nothing_else(String name) throws IOException {
    Decision decision = Answers.decision(name);
    ObjectMapper mapper = new ObjectMapper();
    JsonNode read = mapper.readTree(JsonReport.of(decision));
    assertThat(read)
        .isEqualTo(mapper.readTree(mapper.writeValueAsString(DecisionJson.tree(decision))));
  }

  @ParameterizedTest
  @MethodSource("names")
  void fields_stand_in_the_order_of_the_contract(String name) throws IOException {
    assertThat(new ObjectMapper().readTree(JsonReport.of(Answers.decision(name))).fieldNames())
        .toIterable()
        .containsSubsequence(Contract.DECISION_FIELDS);
  }

  @ParameterizedTest
  @MethodSource("names")
  void every_conflict_has_both_sides(String name) throws IOException {
    Decision decision = Answers.decision(name);
    JsonNode conflicts = new ObjectMapper().readTree(JsonReport.of(decision)).get("conflicts");
    assertThat(conflicts).hasSize(decision.conflicts().size()).isNotEmpty();
    for (JsonNode conflict : conflicts) {
      assertThat(conflict.get("guideSays").asText()).isNotBlank();
      assertThat(conflict.get("figuresSay").asText()).isNotBlank();
      assertThat(conflict.get("status").asText()).isIn("contradicted", "inconsistent");
    }
  }

  @Test
  void it_is_indented_by_two_spaces_and_ends_with_one_line_feed() {
    String json = JsonReport.of(Answers.decision(Answers.RECOMMENDED));
    assertThat(json)
        .startsWith("{\n  \"decisionId\": \"d-")
        .endsWith("}\n")
        .doesNotEndWith("\n\n")
        .doesNotContain("\r");
  }

  @Test
  void a_hostile_title_stays_in_its_string() throws IOException {
    String json = JsonReport.of(Answers.decision(Answers.HOSTILE));
    assertThat(json).doesNotContain("\u001b").contains("\\u001B[31mred");
    assertThat(new ObjectMapper().readTree(json).get("title").asText()).startsWith("a|b\n| c |");
  }
}
