package dev.rigwright.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rigwright.facts.BadInputException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaseRunTest {

  private static final String FIRES = "\"A 12 GB is small\"";

  @TempDir private Path folder;

  private CaseRun run(String condition, String given, String concludes) {
    SmallRules.rule(folder, condition);
    SmallRules.cases(folder, "[" + SmallRules.one("a case", given, concludes) + "]");
    return CaseRun.of(Bench.open(folder), null);
  }

  private String obstacle(String condition, String given) {
    CaseRun run = run(condition, given, FIRES);
    assertThat(run.failures()).hasSize(1);
    return String.join(
        "\n",
        run.failures().get(0).obstacles().stream()
            .map(
                o ->
                    "%s:%d:%d %s | %s"
                        .formatted(o.file(), o.line(), o.column(), o.constraint(), o.says()))
            .toList());
  }

  private static String gpu(String more) {
    return "{ \"Gpu\": { \"id\": \"a\", \"name\": \"A\", \"vramGib\": 12" + more + " } }";
  }

  @Test
  void a_case_that_concludes_what_it_says_passes() {
    CaseRun run = run("$gpu : Gpu( vramGib <= 12, $card : label )", gpu(""), FIRES);
    assertThat(run.passed()).isTrue();
    assertThat(run.text()).isEqualTo("1 of 1 cases pass, 1 rules.");
  }

  @Test
  void the_one_constraint_that_blocked_is_named_with_place_and_values() {
    assertThat(obstacle("$gpu : Gpu( id == \"a\", vramGib <= 11, $card : label )", gpu("")))
        .isEqualTo("exclusions/small.drl:14:28 vramGib <= 11 | is false: vramGib is 12");
  }

  @Test
  void an_unknown_value_is_shown_as_null() {
    assertThat(obstacle("$gpu : Gpu( tdpWatts >= 400, $card : label )", gpu("")))
        .isEqualTo("exclusions/small.drl:14:17 tdpWatts >= 400 | is false: tdpWatts is null");
  }

  @Test
  void a_join_that_does_not_meet_shows_both_sides() {
    assertThat(
            obstacle(
                "OwnedGpu( $id : gpuId )\n    $gpu : Gpu( id == $id, $card : label )",
                gpu("") + ", { \"OwnedGpu\": { \"gpuId\": \"b\", \"count\": 1 } }"))
        .isEqualTo("exclusions/small.drl:15:17 id == $id | is false: id is a, $id is b");
  }

  @Test
  void constraints_that_are_false_together_are_all_named() {
    assertThat(obstacle("$gpu : Gpu( id == \"b\", vramGib > 12, $card : label )", gpu("")))
        .isEqualTo(
            """
            exclusions/small.drl:14:17 id == "b" | is false: id is a
            exclusions/small.drl:14:28 vramGib > 12 | is false: vramGib is 12""");
  }

  @Test
  void a_fact_that_is_not_given_is_named() {
    assertThat(obstacle("OwnedGpu( )\n    $gpu : Gpu( $card : label )", gpu("")))
        .isEqualTo("exclusions/small.drl:14:5 null | no OwnedGpu is given");
  }

  @Test
  void a_fact_that_must_not_stand_is_shown() {
    assertThat(
            obstacle(
                "$gpu : Gpu( $id : id, $card : label )\n    not OwnedGpu( gpuId == $id )",
                gpu("") + ", { \"OwnedGpu\": { \"gpuId\": \"a\", \"count\": 1 } }"))
        .isEqualTo(
            "exclusions/small.drl:15:9 null | must not stand, and does: OwnedGpu {\"gpuId\":\"a\",\"count\":1}");
  }

  @Test
  void another_wording_is_shown_against_the_expected_one_and_nothing_blocked() {
    CaseRun run = run("$gpu : Gpu( $card : label )", gpu(""), "\"A 12 GB is tiny\"");
    assertThat(run.text())
        .contains("expected   A 12 GB is tiny", "concluded  A 12 GB is small", "0 of 1 cases pass")
        .doesNotContain("blocked");
  }

  @Test
  void a_rule_that_fires_where_it_should_be_silent_fails() {
    CaseRun run = run("$gpu : Gpu( $card : label )", gpu(""), "");
    assertThat(run.text()).contains("expected   nothing", "concluded  A 12 GB is small");
  }

  @Test
  void a_rule_without_cases_is_named() {
    SmallRules.rule(folder, "$gpu : Gpu( $card : label )");
    assertThat(CaseRun.of(Bench.open(folder), null).text())
        .contains("rules/exclusions/small.drl:7: small/card has no case.");
  }

  @Test
  void a_misspelt_rule_is_refused_with_the_near_name() {
    SmallRules.rule(folder, "$gpu : Gpu( $card : label )");
    Bench bench = Bench.open(folder);
    assertThatThrownBy(() -> CaseRun.of(bench, "small/crad"))
        .isInstanceOf(BadInputException.class)
        .hasMessage("There is no rule (small/crad). Maybe one of these was meant: small/card.");
  }

  @Test
  void a_case_of_a_misspelt_rule_fails_with_the_near_name() {
    SmallRules.rule(folder, "$gpu : Gpu( $card : label )");
    SmallRules.cases(
        folder, "[" + SmallRules.one("a case", gpu(""), FIRES).replace("card\"", "cart\"") + "]");
    assertThat(CaseRun.of(Bench.open(folder), null).text())
        .contains("There is no rule (small/cart). Maybe one of these was meant: small/card.");
  }

  @Test
  void a_file_of_cases_that_is_no_json_is_refused_with_its_place() {
    SmallRules.rule(folder, "$gpu : Gpu( $card : label )");
    SmallRules.cases(folder, "[\n  { \"rule\": }\n]");
    assertThatThrownBy(() -> Bench.open(folder))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("rules/exclusions/small.cases.json:2:13: This is no JSON");
  }
}
