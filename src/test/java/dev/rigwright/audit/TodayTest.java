package dev.rigwright.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.engine.Advisor;
import dev.rigwright.facts.FactsReader;
import dev.rigwright.facts.RequirementReader;
import dev.rigwright.rulebook.RuleChange;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would be said now, and which rules make the difference. */
class TodayTest {

  @TempDir Path folder;
  private Path file;
  private Recorded recorded;

  @BeforeEach
  void record() {
    file = folder.resolve("log.sqlite");
    try (DecisionLog log = DecisionLog.open(file)) {
      recorded = log.record(Home.advisor(), Log.entry(Log.WRITER));
    }
  }

  /** The shipped rules with some changed: file, what stood there, what stands there now. */
  private static Rulebook changed(String... changes) {
    Map<String, String> texts =
        new LinkedHashMap<>(RulebookReader.texts(Home.PATH.resolve("rules")));
    for (int i = 0; i < changes.length; i += 3) {
      String before = texts.get(changes[i]);
      String after = before.replace(changes[i + 1], changes[i + 2]);
      assertThat(after).isNotEqualTo(before);
      texts.put(changes[i], after);
    }
    return RulebookReader.compile(RulebookReader.parse(Path.of("rules"), texts));
  }

  private Today.Answer answer(Rulebook rulebook) {
    try (DecisionLog log = DecisionLog.read(file)) {
      return Today.rules(log, rulebook).answer(recorded);
    }
  }

  @Test
  void the_same_rules_say_the_same() {
    Today.Answer answer = answer(Home.advisor().rulebook());
    assertThat(answer.same()).isTrue();
    assertThat(answer.changed()).isZero();
  }

  @Test
  void a_rule_that_changed_and_does_not_speak_is_not_blamed() {
    Today.Answer answer =
        answer(
            changed(
                "scores/value.drl",
                "$total == 0 ? Double.MAX_VALUE : $speed * 1000 / $total",
                "1.0 * $speed",
                "cautions/memory.drl",
                "Memory is tight",
                "Memory is short"));
    assertThat(answer.same()).isFalse();
    assertThat(answer.changed()).isEqualTo(2);
    assertThat(answer.made())
        .extracting(RuleChange::rule, RuleChange::how)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("value/best", RuleChange.How.CHANGED));
    assertThat(answer.then().cards()).containsExactly("rtx-3090");
    assertThat(answer.now().cards()).containsExactly("rtx-3090-ti");
    assertThat(answer.differences())
        .extracting(Difference::pointer)
        .contains("/recommendation/gpus/0");
  }

  @Test
  void removed_and_added_rules_are_tried_too() {
    Today.Answer answer =
        answer(changed("cautions/prices.drl", "\"prices/old\"", "\"prices/stale\""));
    assertThat(answer.made())
        .extracting(change -> change.how().word() + " " + change.rule())
        .containsExactlyInAnyOrder("removed prices/old", "added prices/stale");
  }

  @Test
  void other_facts_are_told_from_other_rules() throws Exception {
    Path own = Files.createDirectories(folder.resolve("own/catalog"));
    Files.writeString(
        own.resolve("offers.json"),
        """
        {"rows": [{"itemId": "rtx-3090", "condition": "used", "lowUsd": 400, "typicalUsd": 450,
         "highUsd": 500, "asOf": "2026-11-01", "basis": "observed", "confidence": "low",
         "source": "own offer"}]}
        """);
    Path facts = Home.PATH.resolve("facts");
    var read = FactsReader.read(facts, folder.resolve("own"));
    Advisor today = new Advisor(Home.advisor().rulebook(), read, RequirementReader.of(read, facts));
    try (DecisionLog log = DecisionLog.read(file)) {
      Today.Answer answer = Today.rulesAndFacts(log, today).answer(recorded);
      assertThat(answer.same()).isFalse();
      assertThat(answer.facts()).isTrue();
      assertThat(answer.changed()).isZero();
      assertThat(answer.now().totalUsd()).isEqualTo(answer.then().totalUsd() - 400);
    }
  }
}
