package dev.rigwright.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.Home;
import dev.rigwright.audit.Settings.Setting;
import dev.rigwright.audit.WhyNot.State;
import dev.rigwright.engine.Decision;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recorded decision with other values in its requirement. */
class WhatIfTest {

  private static final String TEAM =
      """
      {"budgetUsd": 5000, "asOf": "2026-11-22", "users": 3, "contextTokens": 16384,
       "models": [{"id": "qwen2.5-coder-32b"}], "useCases": ["chat", "coding"]}
      """;

  private static Rederived recorded;

  @BeforeAll
  static void record(@TempDir Path folder) {
    try (DecisionLog log = DecisionLog.open(folder.resolve("log.sqlite"))) {
      Recorded one = log.record(Home.advisor(), Log.entry(TEAM));
      recorded = new Rederived(one, Home.advisor(), Home.requirement(TEAM));
    }
  }

  private static WhatIf ask(String... settings) {
    return WhatIfQuestion.ask(recorded, Stream.of(settings).map(Setting::of).toList());
  }

  private static Decision decide(String json) {
    return Home.advisor().decide(Home.requirement(json));
  }

  @Test
  void the_other_decision_is_the_one_that_its_requirement_would_get() {
    WhatIf whatIf = ask("budgetUsd=3800");
    assertThat(whatIf.decisionId()).isEqualTo(decide(TEAM).decisionId());
    assertThat(whatIf.otherId()).isEqualTo(decide(TEAM.replace("5000", "3800")).decisionId());
    assertThat(whatIf.settings()).containsExactly(new WhatIf.Change("budgetUsd", 5000L, 3800L));
  }

  @Test
  void what_keeps_each_pick_out_of_the_other_decision_is_told() {
    WhatIf whatIf = ask("budgetUsd=3800");
    assertThat(whatIf.oldPick().state()).isEqualTo(State.REJECTED);
    assertThat(whatIf.oldPick().against()).extracting("rule").containsExactly("budget/over");
    assertThat(whatIf.newPick().state()).isEqualTo(State.LOST);
    assertThat(whatIf.causes())
        .extracting("rule")
        .contains("budget/over")
        .doesNotContain("avoid/gtx");
    assertThat(whatIf.refusals())
        .anySatisfy(
            refusal -> {
              assertThat(refusal.rule()).isEqualTo("cost/several-cards");
              assertThat(refusal.then()).isGreaterThan(refusal.before());
            });
  }

  @Test
  void a_default_that_follows_from_a_setting_is_named() {
    assertThat(ask("users=1").followed())
        .extracting("field")
        .contains("engine")
        .doesNotContain("users");
  }

  @Test
  void where_nothing_depends_on_it_nothing_changes() {
    WhatIf whatIf = ask("title=Another name");
    assertThat(whatIf.otherId()).isEqualTo(whatIf.decisionId());
    assertThat(whatIf.rows()).allMatch(WhatIf.Row::same);
    assertThat(whatIf.causes()).isEmpty();
    assertThat(whatIf.said()).isEmpty();
  }

  @Test
  void an_unknown_field_or_a_bad_value_is_refused_as_in_a_file() {
    assertThatThrownBy(() -> ask("budgetUds=3800"))
        .isInstanceOf(BadInputException.class)
        .hasMessage("/budgetUds: The field (budgetUds) is not known. Maybe budgetUsd was meant.");
    assertThatThrownBy(() -> ask("users=many"))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("/users: Found \"many\"");
    assertThatThrownBy(() -> ask("models.0.id=qwen9-32b"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("Maybe ");
    assertThatThrownBy(() -> ask("models.4.id=qwen2.5-32b"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("The place (4) is not in this list");
    assertThatThrownBy(() -> ask("budgetUsd.low=3"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("has no field (low)");
    assertThatThrownBy(() -> ask("budgetUsd"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("FIELD=VALUE");
  }

  @Test
  void settings_reach_into_lists_and_objects_make_them_and_leave_fields_open() throws Exception {
    ObjectNode asked = (ObjectNode) Json.MAPPER.readTree(TEAM);
    for (String text :
        List.of(
            "models.0.quantization=q5_k_m",
            "models.1.id=kokoro",
            "limits.maxGpus=1",
            "owned.gpus.0.id=rtx-3090",
            "budgetUsd=",
            "title=Two = three")) {
      Settings.apply(asked, Setting.of(text));
    }
    assertThat(asked)
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"asOf": "2026-11-22", "users": 3, "contextTokens": 16384,
                 "models": [{"id": "qwen2.5-coder-32b", "quantization": "q5_k_m"}, {"id": "kokoro"}],
                 "useCases": ["chat", "coding"], "limits": {"maxGpus": 1},
                 "owned": {"gpus": [{"id": "rtx-3090"}]}, "title": "Two = three"}
                """));
  }
}
