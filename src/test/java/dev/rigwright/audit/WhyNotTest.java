package dev.rigwright.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rigwright.Home;
import dev.rigwright.audit.WhyNot.Attempt;
import dev.rigwright.audit.WhyNot.Comparison;
import dev.rigwright.audit.WhyNot.State;
import dev.rigwright.domain.Label;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Blocking;
import dev.rigwright.facts.BadInputException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Why cards were not picked, and why rules did not fire. */
class WhyNotTest {

  private static final Advisor ADVISOR = Home.advisor();
  private static final Requirement TEAM =
      Home.requirement(
          "{\"budgetUsd\": 5000, \"users\": 3, \"contextTokens\": 16384, \"models\": [{\"id\": \"qwen2.5-coder-32b\"}], \"useCases\": [\"chat\", \"coding\"]}");
  private static final Requirement WRITER =
      Home.requirement("{\"budgetUsd\": 2400, \"models\": [{\"id\": \"qwen2.5-32b\"}]}");

  private static WhyNot card(Requirement requirement, String card) {
    return WhyNotQuestion.ask(ADVISOR, requirement, "d-1", card);
  }

  private static Blocked rule(Requirement requirement, String rule) {
    return BlockedQuestion.ask(ADVISOR, requirement, "d-1", rule);
  }

  private static Attempt attempt(WhyNot whyNot, String candidate) {
    return whyNot.attempts().stream()
        .filter(one -> one.candidate().equals(candidate))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_card_that_was_refused_has_what_was_said_against_it() {
    Attempt one = attempt(card(TEAM, "RTX 4090"), "rtx-4090 new");
    assertThat(one.state()).isEqualTo(State.EXCLUDED);
    assertThat(one.against())
        .anySatisfy(
            against -> {
              assertThat(against.rule()).isEqualTo("fit/too-large");
              assertThat(against.says()).startsWith("Needs ");
              assertThat(against.file()).isEqualTo("rules/exclusions/fit.drl");
            });
    Attempt two = attempt(card(TEAM, "2x rtx-4090"), "2x rtx-4090 new");
    assertThat(two.state()).isEqualTo(State.REJECTED);
    assertThat(two.against()).extracting("rule").containsExactly("budget/over");
    assertThat(two.totalUsd()).isGreaterThan(5000);
  }

  @Test
  void a_card_that_lost_has_the_comparison_that_it_lost() {
    WhyNot whyNot = card(TEAM, "rtx-a6000");
    Attempt lost =
        whyNot.attempts().stream()
            .filter(one -> one.state() == State.LOST)
            .findFirst()
            .orElseThrow();
    Comparison decides = lost.comparisons().get(0);
    assertThat(decides.decides()).isTrue();
    assertThat(decides.label()).isEqualTo(Label.BEST_VALUE);
    assertThat(decides.value()).isLessThan(decides.winnerValue());
    String winner = ADVISOR.decide(TEAM).recommendation().gpus().get(0).id();
    assertThat(decides.winner()).contains(winner);
  }

  @Test
  void the_card_that_was_picked_is_told_so() {
    String winner = ADVISOR.decide(TEAM).recommendation().gpus().get(0).id();
    assertThat(card(TEAM, winner).attempts().get(0).state()).isEqualTo(State.PICKED);
  }

  @Test
  void a_number_of_cards_that_was_left_out_is_forced_in() {
    WhyNot whyNot = card(WRITER, "4x rtx-4090");
    assertThat(whyNot.attempts())
        .isNotEmpty()
        .allSatisfy(
            one -> {
              assertThat(one.forced()).isTrue();
              assertThat(one.count()).isEqualTo(4);
              assertThat(one.against()).isNotEmpty();
            });
  }

  @Test
  void a_card_that_nobody_sells_is_judged_as_if_it_were_there() {
    WhyNot whyNot = card(TEAM, "GTX 1080 Ti");
    assertThat(whyNot.notes()).anyMatch(note -> note.startsWith("No offer for it is known"));
    assertThat(whyNot.attempts())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.state()).isEqualTo(State.NOT_SOLD);
              assertThat(one.against()).extracting("rule").contains("avoid/gtx", "fit/too-large");
            });
  }

  @Test
  void a_card_that_does_not_exist_is_refused_with_those_near() {
    assertThatThrownBy(() -> card(TEAM, "rtx 4091"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("rtx-4090");
  }

  @Test
  void each_fifth_card_of_the_catalogue_has_an_answer() {
    List<String> cards = List.copyOf(ADVISOR.facts().gpuById().keySet());
    for (int i = 0; i < cards.size(); i += 5) {
      String gpu = cards.get(i);
      WhyNot whyNot = card(WRITER, gpu);
      assertThat(whyNot.attempts()).as(gpu).isNotEmpty();
      for (Attempt one : whyNot.attempts()) {
        boolean told =
            one.state() == State.PICKED
                || one.state() == State.NOT_SOLD
                || !one.against().isEmpty()
                || !one.comparisons().isEmpty();
        assertThat(told).as("%s: %s", gpu, one).isTrue();
      }
    }
  }

  @Test
  void a_rule_that_misses_by_a_value_says_what_is_there_and_what_is_required() {
    Blocked blocked = rule(TEAM, "memory/tight");
    assertThat(blocked.fired()).isZero();
    assertThat(blocked.stages()).hasSize(2);
    assertThat(blocked.stages().get(0).matches()).isEqualTo(1);
    assertThat(blocked.stages().get(1).matches()).isZero();
    assertThat(blocked.kind()).isEqualTo(Blocking.Kind.UNMET);
    assertThat(blocked.constraints())
        .singleElement()
        .satisfies(
            unmet -> {
              assertThat(unmet.constraint()).isEqualTo("fit == Fit.TIGHT");
              assertThat(unmet.facts()).isEqualTo(1);
              assertThat(unmet.misses().get(0).actual().value()).isEqualTo("fits");
              assertThat(unmet.misses().get(0).required()).isEqualTo("tight");
            });
  }

  @Test
  void the_nearest_miss_comes_first() {
    Blocked blocked =
        rule(
            Home.requirement("{\"budgetUsd\": 100000, \"models\": [{\"id\": \"qwen2.5-32b\"}]}"),
            "budget/over");
    assertThat(blocked.fired()).isZero();
    assertThat(blocked.constraints()).hasSize(1);
    var unmet = blocked.constraints().get(0);
    assertThat(unmet.constraint()).isEqualTo("totalUsd > $budget");
    long nearest = ((Number) unmet.misses().get(0).actual().value()).longValue();
    long next = ((Number) unmet.misses().get(1).actual().value()).longValue();
    assertThat(nearest).isGreaterThanOrEqualTo(next).isLessThan(100000);
    assertThat(unmet.misses().get(0).required()).isEqualTo(100000L);
    assertThat(unmet.facts()).isGreaterThan(3);
  }

  @Test
  void a_rule_that_wants_something_absent_names_what_stands() {
    Blocked blocked = rule(TEAM, "machine/power-unknown");
    assertThat(blocked.kind()).isEqualTo(Blocking.Kind.STANDS);
    assertThat(blocked.count()).isGreaterThan(1);
    assertThat(blocked.facts()).allMatch(fact -> fact.startsWith("PsuFloor "));
  }

  @Test
  void a_rule_whose_facts_are_not_there_says_so() {
    Blocked blocked = rule(TEAM, "pick/guide-option-for-this-need");
    assertThat(blocked.kind()).isEqualTo(Blocking.Kind.NO_FACT);
    assertThat(blocked.type()).isEqualTo("GuideMatch");
  }

  @Test
  void a_rule_that_fired_is_told_so() {
    Blocked blocked = rule(TEAM, "budget/over");
    assertThat(blocked.fired()).isPositive();
    assertThat(blocked.kind()).isNull();
  }

  @Test
  void a_rule_that_does_not_exist_is_refused_with_those_near() {
    assertThatThrownBy(() -> rule(TEAM, "budget/ovr"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("budget/over");
  }
}
