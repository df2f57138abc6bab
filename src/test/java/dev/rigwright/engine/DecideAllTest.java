package dev.rigwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rigwright.Home;
import dev.rigwright.domain.Requirement;
import dev.rigwright.facts.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DecideAllTest {

  private static final Advisor ADVISOR = Home.advisor();

  private static List<Requirement> requirements(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                Home.requirement(
                    "{\"id\": \"r%d\", \"budgetUsd\": %d, \"models\": [{\"sizeB\": %d}]}"
                        .formatted(i, 900 + 150 * i, i % 3 == 0 ? 8 : 32)))
        .toList();
  }

  private static List<String> lines(Stream<Decision> decisions) {
    return decisions.map(decision -> DecisionJson.tree(decision).toString()).toList();
  }

  @Test
  void many_threads_give_the_answers_of_one_in_their_order() {
    List<Requirement> asked = requirements(24);
    List<String> alone =
        asked.stream().map(r -> DecisionJson.tree(ADVISOR.decide(r)).toString()).toList();
    assertThat(lines(ADVISOR.decideAll(asked.stream()))).isEqualTo(alone);
    assertThat(lines(ADVISOR.decideAll(asked.parallelStream()))).isEqualTo(alone);
    List<String> inOrder = new ArrayList<>();
    ADVISOR
        .decideAll(asked.parallelStream())
        .forEachOrdered(decision -> inOrder.add(decision.requirementId()));
    assertThat(inOrder).isEqualTo(asked.stream().map(Requirement::id).toList());
  }

  @Test
  void an_answer_says_what_the_decision_says_and_carries_no_proof() {
    for (Requirement asked : requirements(24)) {
      Decision decision = ADVISOR.decide(asked);
      Decision answer = ADVISOR.answer(asked);
      assertThat(DecisionJson.line(answer)).isEqualTo(DecisionJson.line(decision));
      assertThat(decision.proof().conclusions()).isNotEmpty();
      assertThat(answer.proof()).isNull();
    }
  }

  @Test
  void nothing_is_decided_that_nobody_asks_for() {
    AtomicInteger passes = new AtomicInteger();
    Advisor counting = ADVISOR.telling((known, given) -> passes.incrementAndGet());
    AtomicInteger read = new AtomicInteger();
    Stream<Decision> answers =
        counting.decideAll(
            Stream.generate(() -> requirements(1).get(0)).peek(r -> read.incrementAndGet()));
    assertThat(passes).hasValue(0);
    assertThat(answers.limit(2)).hasSize(2);
    assertThat(read).hasValue(2);
    assertThat(passes).hasPositiveValue();
  }

  @Test
  void a_failure_comes_out_where_the_answers_are_consumed_and_closing_goes_through() {
    AtomicBoolean closed = new AtomicBoolean();
    List<String> before = new ArrayList<>();
    try (Stream<Decision> answers =
        ADVISOR.decideAll(
            Stream.of("{\"id\": \"good\", \"budgetUsd\": 2400}", "{\"budgetUsd\": \"much\"}")
                .map(Home::requirement)
                .onClose(() -> closed.set(true)))) {
      assertThatThrownBy(() -> answers.forEachOrdered(d -> before.add(d.requirementId())))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("much");
    }
    assertThat(before).containsExactly("good");
    assertThat(closed).isTrue();
  }

  @Test
  void the_passes_that_are_told_are_those_of_the_decision_and_of_its_relaxations() {
    List<Requirement> told = new ArrayList<>();
    Advisor telling =
        ADVISOR.telling(
            (known, given) ->
                given.stream()
                    .filter(Requirement.class::isInstance)
                    .map(Requirement.class::cast)
                    .forEach(told::add));
    telling.decide(Home.requirement("{\"budgetUsd\": 2400, \"models\": [{\"sizeB\": 32}]}"));
    assertThat(told).extracting(Requirement::budgetUsd).containsExactly(2400L);
    told.clear();
    Decision infeasible =
        telling.decide(Home.requirement("{\"budgetUsd\": 300, \"models\": [{\"sizeB\": 32}]}"));
    assertThat(told.get(0).budgetUsd()).isEqualTo(300L);
    assertThat(told)
        .extracting(Requirement::budgetUsd)
        .contains((Long) infeasible.relaxations().get(0).to());
  }
}
