package dev.rigwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.Home;
import dev.rigwright.cli.Application.Ran;
import dev.rigwright.facts.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code why, why-not, what-if} as an auditor uses them. */
class WhyApplicationTest {

  @TempDir static Path folder;

  private static Ran run(String... arguments) throws Exception {
    return new Application(folder).run("", arguments);
  }

  private static String log() {
    return folder.resolve("log.sqlite").toString();
  }

  @BeforeAll
  static void advise() throws Exception {
    Ran ran =
        run(
            "advise",
            Home.PATH.resolve("facts/requirements/small-team.json").toString(),
            "--log",
            log());
    assertThat(ran.code()).as(ran.err()).isZero();
  }

  @Test
  void a_recorded_answer_is_proven_from_the_log_alone() throws Exception {
    Ran text = run("why", "#1", "--log", log());
    assertThat(text.code()).as(text.err()).isZero();
    assertThat(text.out())
        .startsWith("Why d-")
        .contains("[1] Verdict recommended\n  Rule verdict/recommended, rules/picks/verdict.drl:")
        .contains(
            "no Score( label == $label, beats( $score ) )\n            Rests on absence: none of");
    JsonNode json =
        Json.MAPPER.readTree(run("why", "#1", "--log", log(), "--format", "json").out());
    assertThat(json.at("/roots/0").asInt()).isEqualTo(1);
    assertThat(json.at("/statements/0/reasons/0/rule/id").asText())
        .isEqualTo("verdict/recommended");
    assertThat(run("why", "#1", "--log", log(), "--about", "psu", "--graph").out())
        .startsWith("<svg ")
        .contains("psu/cheapest");
  }

  @Test
  void a_card_a_rule_and_another_value_are_asked_for() throws Exception {
    Ran card = run("why-not", "small-team", "RTX 4090", "--log", log());
    assertThat(card.code()).as(card.err()).isZero();
    assertThat(card.out())
        .as("what is said against new ones and used ones alike is said once")
        .contains("rtx-4090 new, rtx-4090 used: the cards were refused")
        .contains("fit/too-large");
    Ran rule = run("why-not", "small-team", "memory/tight", "--log", log());
    assertThat(rule.code()).as(rule.err()).isZero();
    assertThat(rule.out()).contains("it did not fire").contains("BLOCKS");
    Ran unknown = run("why-not", "small-team", "memory/tihgt", "--log", log());
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("memory/tight");
    Ran other = run("what-if", "small-team", "--set", "budgetUsd=900", "--log", log());
    assertThat(other.code()).as("nothing can be had for 900 USD").isEqualTo(1);
    assertThat(other.out()).contains("* verdict").contains("infeasible");
    Ran bad = run("what-if", "small-team", "--set", "budgetUds=900", "--log", log());
    assertThat(bad.code()).isEqualTo(2);
    assertThat(bad.err()).contains("Maybe budgetUsd was meant.");
  }
}
