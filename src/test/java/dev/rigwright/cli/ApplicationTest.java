package dev.rigwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.Contract;
import dev.rigwright.Home;
import dev.rigwright.cli.Application.Ran;
import dev.rigwright.facts.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application as a process, started as a person starts it. */
class ApplicationTest {

  @TempDir Path folder;

  private Ran run(String input, String... arguments) throws Exception {
    return new Application(folder).run(input, arguments);
  }

  @Test
  void a_good_requirement_is_answered_on_standard_output_alone() throws Exception {
    Ran ran = run("", "advise", Home.PATH.resolve("facts/requirements/writer.json").toString());
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("BUY").contains("RTX 3090").contains("NOT THESE");
  }

  @Test
  void json_is_the_contract_and_the_same_bytes_each_time() throws Exception {
    String[] command = {"advise", "-", "--format", "json", "--as-of", "2026-11-22"};
    Ran one = run("{\"budgetUsd\": 2400}", command);
    Ran two = run("{\"budgetUsd\": 2400}", command);
    assertThat(one.out()).isEqualTo(two.out());
    JsonNode decision = Json.MAPPER.readTree(one.out());
    assertThat(decision.path("verdict").asText()).isEqualTo("recommended");
    assertThat(decision.path("asOf").asText()).isEqualTo("2026-11-22");
    assertThat(decision.fieldNames()).toIterable().containsSubsequence(Contract.DECISION_FIELDS);
    JsonNode pick = decision.path("recommendation");
    assertThat(pick.path("totalUsd").asLong()).isLessThanOrEqualTo(2400);
    assertThat(pick.at("/memory/verdict").asText()).isEqualTo("fits");
    assertThat(pick.at("/parts/0/because").size()).isPositive();
    assertThat(pick.at("/parts/0/sources").size()).isPositive();
  }

  @Test
  void a_title_changes_no_id() throws Exception {
    String[] command = {"advise", "-", "--format", "json", "--as-of", "2026-11-22"};
    JsonNode plain = Json.MAPPER.readTree(run("{\"budgetUsd\": 2400}", command).out());
    JsonNode titled =
        Json.MAPPER.readTree(run("{\"budgetUsd\": 2400, \"title\": \"Mine\"}", command).out());
    assertThat(titled.path("title").asText()).isEqualTo("Mine");
    assertThat(titled.path("decisionId")).isEqualTo(plain.path("decisionId"));
    assertThat(run("{\"budgetUsd\": 2401}", command).out())
        .doesNotContain(plain.path("decisionId").asText());
  }

  @Test
  void markdown_can_be_pasted() throws Exception {
    Ran ran = run("{\"budgetUsd\": 2400}", "advise", "-", "--format", "markdown");
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).startsWith("#").contains("|");
  }

  @Test
  void the_policy_can_be_overridden() throws Exception {
    Ran ran = run("{\"budgetUsd\": 2500}", "advise", "-", "--format", "json", "--policy", "guide");
    assertThat(Json.MAPPER.readTree(ran.out()).at("/recommendation/gpus/0/id").asText())
        .isEqualTo("rtx-4070-ti-super");
  }

  @Test
  void an_infeasible_requirement_is_answered_with_exit_code_1() throws Exception {
    Ran ran = run("", "advise", Home.PATH.resolve("facts/requirements/impossible.json").toString());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).isNotEmpty();
    assertThat(ran.err()).isEmpty();
  }

  private static final String[][] BAD_INPUT = {
    {"{\"budgetUsd\": 12", "line 1, column"},
    {"", "There is nothing"},
    {"[]", "Found []; allowed is a value of type object"},
    {"{\"budgetUsd\": \"much\"}", "/budgetUsd: Found \"much\"; allowed is a value of type integer"},
    {"{\"budgetUsd\": 1.5}", "/budgetUsd: Found 1.5"},
    {"{\"budgetUsd\": 0}", "/budgetUsd: Found 0; allowed is 1 or more"},
    {"{\"budget\": 100}", "/budget: The field (budget) is not known. Maybe budgetUsd was meant"},
    {
      "{\"limits\": {\"vendor\": [\"amd\"]}}",
      "/limits/vendor: The field (vendor) is not known. Maybe vendors was meant"
    },
    {"{\"users\": 0}", "/users: Found 0; allowed is 1 or more"},
    {"{\"condition\": \"mint\"}", "/condition: Found \"mint\"; allowed are new, used, any"},
    {"{\"asOf\": \"2026-02-31\"}", "/asOf: Found \"2026-02-31\"; allowed is a day of the calendar"},
    {"{\"models\": [{\"id\": \"lama-3.1-70b\"}]}", "Maybe llama-3.1-70b"},
    {"{\"models\": [{\"sizeB\": 1000}]}", "there are representatives for"},
    {"{\"models\": [{}]}", "A model is named by its id or by its sizeB"},
    {
      "{\"owned\": {\"gpus\": [{\"id\": \"rtx 3900\"}]}}",
      "/owned/gpus/0/id: The card (rtx 3900) is not in the catalogue. Maybe rtx-3090"
    },
    {
      "{\"models\": [{\"id\": \"qwen2.5-7b\", \"quantization\": \"awq\"}], \"engine\": \"llama.cpp\"}",
      "llama.cpp does not run"
    },
    {"{\"models\": [{\"id\": \"qwen2.5-7b\"}], \"contextTokens\": 10000000}", "tokens at the most"},
    {"{\"models\": [{\"id\": \"deepseek-v4-pro\"}]}", "is not known well enough"},
    {"{\"a\": 1, \"a\": 2}", "Duplicate field"},
  };

  @Test
  void bad_input_is_refused_with_where_what_and_what_is_allowed() throws Exception {
    List<String> command = new ArrayList<>(List.of("advise", "-"));
    for (int i = 1; i < BAD_INPUT.length; i++) {
      command.add(
          Files.writeString(folder.resolve("bad-%d.json".formatted(i)), BAD_INPUT[i][0])
              .toString());
    }
    Ran ran = run(BAD_INPUT[0][0], command.toArray(String[]::new));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    for (int i = 0; i < BAD_INPUT.length; i++) {
      String before = i == 0 ? "standard input: " : command.get(i + 1) + ": ";
      String message = BAD_INPUT[i][1];
      assertThat(ran.err().lines())
          .as(BAD_INPUT[i][0])
          .anySatisfy(line -> assertThat(line).startsWith(before).contains(message));
    }
    assertThat(ran.err().lines())
        .allSatisfy(line -> assertThat(line).matches("(standard input|.*/bad-\\d+\\.json): .*"));
  }

  @Test
  void of_several_files_the_good_ones_are_answered_and_the_exit_code_is_the_highest()
      throws Exception {
    Path bad = Files.writeString(folder.resolve("bad.json"), "{\"users\": -1}");
    String good = Home.PATH.resolve("facts/requirements/writer.json").toString();
    Ran ran = run("", "advise", bad.toString(), good, folder.resolve("none.json").toString());
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).contains("BUY");
    assertThat(ran.err()).contains("bad.json: /users").contains("none.json: There is no such file");
  }

  @Test
  void a_broken_rule_is_named_with_file_line_and_column_and_exit_code_3() throws Exception {
    Path rules = copyOfRules();
    Path file = rules.resolve("rejections/budget.drl");
    Files.writeString(file, Files.readString(file).replace("insertLogical(", "insertLogical(("));
    Ran ran = run("{}", "advise", "-", "--rules", rules.toString());
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).containsPattern("rejections/budget\\.drl:\\d+:\\d+: ");
    Files.writeString(
        file, "package rigwright;\nrule \"budget/over\"\nwhen\n  Finalist(\nthen\nend\n");
    ran = run("{}", "advise", "-", "--rules", rules.toString());
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.err()).containsPattern("budget\\.drl:[4-6]:\\d+: ");
  }

  private Path copyOfRules() throws IOException {
    Path from = Home.PATH.resolve("rules");
    Path to = folder.resolve("rules");
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.filter(p -> p.toString().endsWith(".drl")).toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        Files.createDirectories(target.getParent());
        Files.copy(path, target);
      }
    }
    return to;
  }

  @Test
  void a_broken_fact_is_named_with_file_line_and_column_and_exit_code_3() throws Exception {
    Path home = folder.resolve("home");
    copy(Home.PATH.resolve("facts"), home.resolve("facts"));
    copy(Home.PATH.resolve("rules"), home.resolve("rules"));
    Path file = home.resolve("facts/catalog/gpus.json");
    String whole = Files.readString(file);
    Files.writeString(file, whole.replaceFirst("\"vramGib\": 24,", "\"vramGib\": 24576,"));
    Ran ran = run("{}", "advise", "-", "--home", home.toString());
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .containsPattern("gpus\\.json:\\d+:\\d+: ")
        .contains("The vramGib (24576) of ")
        .contains("must be between 1 and 1024. Maybe it was entered in MiB.");
    Files.writeString(file, whole.replaceFirst("\"rows\"", "\"row\""));
    assertThat(run("{}", "advise", "-", "--home", home.toString()).code()).isEqualTo(3);
    Files.delete(file);
    ran = run("{}", "advise", "-", "--home", home.toString());
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.err()).contains("gpus.json:1:1: This file of facts cannot be read");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        Files.createDirectories(target.getParent());
        Files.copy(path, target);
      }
    }
  }

  @Test
  void wrong_usage_is_said_with_exit_code_2() throws Exception {
    assertThat(run("", "advise").code()).isEqualTo(2);
    assertThat(run("", "advice").code()).isEqualTo(2);
    assertThat(run("").code()).isEqualTo(2);
    assertThat(run("", "--version").out()).startsWith("rigwright ");
  }

  @Test
  void prices_are_those_that_the_observations_give() throws Exception {
    Ran ran = run("", "prices", "--as-of", "2026-11-22");
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .isEqualTo(Files.readString(Home.PATH.resolve("facts/catalog/offers.json")));
  }

  @Test
  void the_readme_shows_the_real_answer() throws Exception {
    Path file = Home.PATH.resolve("README.md");
    String readme = Files.readString(file, StandardCharsets.UTF_8);
    Ran ran = run("", "advise", Home.PATH.resolve("facts/requirements/small-team.json").toString());
    assertThat(ran.code()).isZero();
    String command = "$ scripts/rigwright advise facts/requirements/small-team.json\n";
    assertThat(readme).contains(command);
    int from = readme.indexOf(command) + command.length();
    int to = readme.indexOf("```", from);
    if (Boolean.getBoolean("rigwright.approve")) {
      readme = readme.substring(0, from) + ran.out().strip() + "\n" + readme.substring(to);
      Files.writeString(file, readme);
      to = readme.indexOf("```", from);
    }
    assertThat(readme.substring(from, to).strip()).isEqualTo(ran.out().strip());
  }
}
