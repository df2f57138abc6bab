package dev.rigwright.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.authoring.Cases.Case;
import dev.rigwright.authoring.Cases.Result;
import dev.rigwright.rulebook.RuleInfo;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CasesTest {

  private static final Rulebook RULEBOOK = Home.advisor().rulebook();
  private static final Map<String, Rulebook> ALONE = new HashMap<>();
  private static final List<Case> CASES = Cases.read(Home.PATH.resolve("rules"));

  @TestFactory
  Stream<DynamicTest> each_case_concludes_what_it_says() {
    assertThat(CASES).isNotEmpty();
    return CASES.stream()
        .map(
            tried ->
                DynamicTest.dynamicTest(
                    tried.rule() + ": " + tried.name(),
                    () -> {
                      Result result = run(tried);
                      assertThat(result.passed())
                          .as(
                              "rules/%s, case (%s): expected %s, concluded %s",
                              tried.file(), tried.name(), result.expected(), result.concluded())
                          .isTrue();
                    }));
  }

  private static Result run(Case tried) {
    return Cases.run(
        ALONE.computeIfAbsent(tried.rule(), rule -> RulebookReader.alone(RULEBOOK, rule)), tried);
  }

  @Test
  void every_rule_has_a_case_that_fires_it_and_one_that_keeps_it_silent() {
    List<String> missing = new ArrayList<>();
    for (RuleInfo rule : RULEBOOK.rules().values()) {
      List<Case> own = CASES.stream().filter(c -> c.rule().equals(rule.id())).toList();
      String where = "rules/" + rule.file() + ":" + rule.line() + ": rule (" + rule.id() + ")";
      if (own.stream().noneMatch(Case::fires)) {
        missing.add(
            where + " has no case in which it fires. Add one to the .cases.json beside it.");
      }
      if (own.stream().allMatch(Case::fires)) {
        missing.add(where + " has no case that keeps it silent. Add one near its boundary.");
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void cases_stand_beside_the_file_of_their_rule() {
    List<String> astray = new ArrayList<>();
    for (Case tried : CASES) {
      RuleInfo rule = RULEBOOK.rules().get(tried.rule());
      String beside = tried.file().replace(".cases.json", ".drl");
      if (rule == null || !rule.file().equals(beside)) {
        astray.add("rules/" + tried.file() + ": case (" + tried.name() + ") tries " + tried.rule());
      }
    }
    assertThat(astray).isEmpty();
  }

  @Test
  void a_case_with_a_wrong_expectation_fails() {
    Case right = CASES.stream().filter(Case::fires).findFirst().orElseThrow();
    Case wrong = new Case(right.file(), right.rule(), right.name(), right.given(), List.of());
    assertThat(run(wrong).passed()).isFalse();
    Case empty = new Case(right.file(), right.rule(), right.name(), List.of(), right.concludes());
    assertThat(run(empty).passed()).isFalse();
  }
}
