package dev.rigwright.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.facts.Json;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules and facts that are edited while the server runs. */
class ReloadTest {

  private static final String RULE = "exclusions/fit.drl";

  /** Of 50 ms each; a change takes a second or two. */
  private static final int MOST_LOOKS = 2_400;

  @TempDir static Path folder;
  private static Running running;

  @BeforeAll
  static void start() throws Exception {
    running = Running.copied(folder);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static JsonNode health() throws Exception {
    return Json.MAPPER.readTree(running.get("/healthz").body());
  }

  private static JsonNode healthOnce(Predicate<JsonNode> wanted) throws Exception {
    JsonNode health = health();
    for (int look = 0; !wanted.test(health); look++) {
      assertThat(look).as(health.toPrettyString()).isLessThan(MOST_LOOKS);
      Thread.sleep(50);
      health = health();
    }
    return health;
  }

  private static void save(Path file, String text) throws Exception {
    Path aside = Files.writeString(folder.resolve("aside.tmp"), text);
    Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void an_edited_rule_comes_into_force_and_a_broken_one_is_told_with_its_line() throws Exception {
    Path file = folder.resolve("rules").resolve(RULE);
    String text = Files.readString(file);
    HttpResponse<String> before = running.get("/v1/rules/fit/too-large");
    int reloads = health().at("/rulebook/reloads").asInt();
    String tag = before.headers().firstValue("ETag").orElseThrow();

    save(file, text.replaceFirst("@because\\( \"", "@because( \"Edited: "));
    JsonNode edited = healthOnce(health -> health.at("/rulebook/reloads").asInt() == reloads + 1);
    assertThat(edited.get("status").asText()).isEqualTo("ok");
    HttpResponse<String> after =
        running.send(running.to("/v1/rules/fit/too-large").header("If-None-Match", tag));
    assertThat(after.statusCode()).isEqualTo(200);
    assertThat(after.body()).contains("Edited: ");
    String hash = edited.at("/rulebook/hash").asText();

    save(file, text.replaceFirst("(?m)^then$", "than"));
    JsonNode broken = healthOnce(health -> health.at("/refused/rulebook").isObject());
    assertThat(broken.get("status").asText()).isEqualTo("refused-change");
    assertThat(broken.at("/rulebook/hash").asText()).isEqualTo(hash);
    JsonNode finding = broken.at("/refused/rulebook/findings/0");
    assertThat(finding.get("file").asText()).isEqualTo("rules/" + RULE);
    assertThat(finding.get("line").asInt()).isGreaterThan(1);
    assertThat(finding.get("severity").asText()).isEqualTo("error");
    assertThat(
            Json.MAPPER
                .readTree(running.decide("{\"budgetUsd\": 2400}").body())
                .get("rulebook")
                .asText())
        .isEqualTo(hash);

    save(file, text);
    healthOnce(health -> health.get("status").asText().equals("ok"));
  }

  @Test
  void edited_rules_run_as_loops_too_and_where_they_cannot_it_is_said() throws Exception {
    Path hot = folder.resolve("rules/needs/heat.drl");
    Path limits = folder.resolve("rules/exclusions/limits.drl");
    String hotText = Files.readString(hot);
    String limitsText = Files.readString(limits);
    String wish = "Requirement( condition == ConditionWish.NEW )\n";

    saveRule(hot, hotText.replace("tdpWatts >= 450 )", "tdpWatts >= 450, tdpWatts > 1 )"));
    manyAsk();
    assertThat(health().at("/rulebook").has("slowedBy")).isTrue();
    assertThat(health().at("/rulebook/slowedBy").isNull())
        .as(health().at("/rulebook/slowedBy").asText())
        .isTrue();

    assertThat(limitsText).contains(wish);
    saveRule(
        limits,
        limitsText.replace(
            wish,
            "( Requirement( condition == ConditionWish.NEW ) or Requirement( condition == ConditionWish.NEW, users > 1 ) )\n"));
    manyAsk();
    assertThat(health().at("/rulebook/slowedBy").asText())
        .contains("rules/exclusions/limits.drl:", "only-new");

    saveRule(limits, limitsText);
    saveRule(hot, hotText);
  }

  /** So many that rules are written as loops. */
  private static void manyAsk() throws Exception {
    String sent = "{\"budgetUsd\": 2400}\n".repeat(220);
    assertThat(running.post("/v1/decisions", "application/x-ndjson", sent).body().lines())
        .hasSize(220)
        .allMatch(line -> line.contains("\"verdict\":\"recommended\""));
  }

  private static void saveRule(Path file, String text) throws Exception {
    int reloads = health().at("/rulebook/reloads").asInt();
    save(file, text);
    healthOnce(health -> health.at("/rulebook/reloads").asInt() == reloads + 1);
  }

  @Test
  void edited_facts_come_into_force_and_broken_ones_are_told_with_their_line() throws Exception {
    Path file = folder.resolve("facts/catalog/gpus.json");
    String text = Files.readString(file);
    String hash = health().at("/facts/hash").asText();
    int reloads = health().at("/facts/reloads").asInt();

    save(file, text.replace("\"GeForce RTX 3090\"", "\"GeForce RTX 3090 of ours\""));
    JsonNode edited = healthOnce(health -> health.at("/facts/reloads").asInt() == reloads + 1);
    assertThat(edited.at("/facts/hash").asText()).isNotEqualTo(hash);
    assertThat(running.get("/v1/catalog/gpus?q=3090").body()).contains("GeForce RTX 3090 of ours");
    String inForce = edited.at("/facts/hash").asText();
    assertThat(
            Json.MAPPER
                .readTree(running.decide("{\"budgetUsd\": 2400}").body())
                .get("facts")
                .asText())
        .isEqualTo(inForce);

    save(file, text.replaceFirst("\"rows\": \\[", "\"rows\": [ oops"));
    JsonNode broken = healthOnce(health -> health.at("/refused/facts").isObject());
    assertThat(broken.at("/refused/facts/problems/0").asText())
        .matches(".*gpus\\.json:\\d+:\\d+: .*");
    assertThat(broken.at("/facts/hash").asText()).isEqualTo(inForce);
    assertThat(running.decide("{\"budgetUsd\": 2400}").statusCode()).isEqualTo(200);

    save(file, text);
    JsonNode whole = healthOnce(health -> health.get("status").asText().equals("ok"));
    assertThat(whole.at("/facts/hash").asText()).isEqualTo(hash);
  }

  @Test
  void a_decision_of_rules_that_are_gone_is_shown_and_proven_as_it_was() throws Exception {
    Path file = folder.resolve("rules").resolve(RULE);
    String text = Files.readString(file);
    HttpResponse<String> answer = running.decide("{\"id\": \"before\", \"budgetUsd\": 2500}");
    String place = answer.headers().firstValue("Location").orElseThrow();
    String hash = health().at("/rulebook/hash").asText();

    save(file, text.replaceFirst("@because\\( \"", "@because( \"Later: "));
    healthOnce(health -> !health.at("/rulebook/hash").asText().equals(hash));
    assertThat(running.get(place).body()).isEqualTo(answer.body());
    assertThat(running.get(place + "/why").statusCode()).isEqualTo(200);

    save(file, text);
    healthOnce(health -> health.at("/rulebook/hash").asText().equals(hash));
  }
}
