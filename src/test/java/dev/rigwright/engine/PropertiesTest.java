package dev.rigwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.Home;
import dev.rigwright.domain.Breadth;
import dev.rigwright.domain.Outcome;
import dev.rigwright.domain.Policy;
import dev.rigwright.domain.Requirement;
import dev.rigwright.facts.Facts;
import dev.rigwright.rulebook.RuleFile;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Laws that hold for every requirement. */
class PropertiesTest {

  private static final Advisor ADVISOR = Home.advisor();
  private static final List<Requirement> SAMPLE = sample();
  private static final Map<Long, Advisor> SHUFFLED = new ConcurrentHashMap<>();

  private static List<Requirement> sample() {
    try {
      return Files.readAllLines(Home.PATH.resolve("facts/requirements/sample.jsonl")).stream()
          .filter(line -> !line.isBlank())
          .map(Home::requirement)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Provide
  Arbitrary<Requirement> requirements() {
    return Arbitraries.of(SAMPLE);
  }

  @Provide
  Arbitrary<Requirement> withNamedModel() {
    return Arbitraries.of(
        SAMPLE.stream()
            .filter(r -> !r.models().isEmpty() && r.policy() == Policy.CHECKED)
            .filter(r -> r.budgetUsd() != null)
            .toList());
  }

  private static String bytes(Decision decision) {
    return DecisionJson.tree(decision).toString();
  }

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void the_order_of_facts_changes_nothing(
      @ForAll("requirements") Requirement requirement,
      @ForAll @LongRange(min = 1, max = 5) long seed) {
    Advisor shuffled =
        SHUFFLED.computeIfAbsent(
            seed,
            s -> {
              Facts facts = ADVISOR.facts();
              List<Object> catalogue = new ArrayList<>(facts.forRules());
              Collections.shuffle(catalogue, new Random(s));
              return new Advisor(
                  ADVISOR.rulebook(), facts, ADVISOR.reader(), catalogue, ADVISOR.bounds());
            });
    assertThat(bytes(shuffled.decide(requirement))).isEqualTo(bytes(ADVISOR.decide(requirement)));
  }

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void the_order_of_rule_files_changes_nothing(
      @ForAll("requirements") Requirement requirement,
      @ForAll @LongRange(min = 11, max = 13) long seed) {
    Advisor shuffled =
        SHUFFLED.computeIfAbsent(
            seed,
            s -> {
              List<RuleFile> files = new ArrayList<>(ADVISOR.rulebook().files());
              if (s == 11) {
                Collections.reverse(files);
              } else {
                Collections.shuffle(files, new Random(s));
              }
              return new Advisor(RulebookReader.compile(files), ADVISOR.facts(), ADVISOR.reader());
            });
    assertThat(bytes(shuffled.decide(requirement))).isEqualTo(bytes(ADVISOR.decide(requirement)));
  }

  @Property(tries = 150, shrinking = ShrinkingMode.OFF)
  void more_budget_never_makes_a_feasible_need_infeasible(
      @ForAll("withNamedModel") Requirement requirement,
      @ForAll @IntRange(min = 1, max = 20000) int more) {
    boolean feasible = feasible(requirement);
    Requirement richer = Changes.budget(requirement, requirement.budgetUsd() + more);
    if (feasible) {
      assertThat(feasible(richer)).as("%s with %d more", requirement.id(), more).isTrue();
    }
  }

  private static boolean feasible(Requirement requirement) {
    return ADVISOR.once(requirement, new Breadth(false)).verdict() != Outcome.INFEASIBLE;
  }

  @Property(tries = 120, shrinking = ShrinkingMode.OFF)
  void leaving_out_candidates_that_cannot_matter_changes_no_answer(
      @ForAll("requirements") Requirement requirement) {
    assertThat(answer(ADVISOR.decide(requirement, new Breadth(false))))
        .isEqualTo(answer(ADVISOR.decide(requirement, new Breadth(true))));
  }

  /** What is answered; what is said of cards that were never looked at is not part of it. */
  private static String answer(Decision decision) {
    ObjectNode tree = (ObjectNode) DecisionJson.tree(decision);
    tree.remove(List.of("decisionId", "exclusions"));
    return tree.toString();
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void a_recommendation_never_costs_more_than_the_budget(
      @ForAll("requirements") Requirement requirement) {
    Decision decision = ADVISOR.decide(requirement);
    if (requirement.policy() == Policy.CHECKED
        && requirement.budgetUsd() != null
        && decision.recommendation() != null) {
      assertThat(decision.recommendation().totalUsd()).isLessThanOrEqualTo(requirement.budgetUsd());
      assertThat(
              decision.recommendation().parts().stream()
                  .mapToLong(Decision.PartView::priceUsd)
                  .sum())
          .isEqualTo(decision.recommendation().totalUsd());
    }
  }

  @Property(tries = 25, shrinking = ShrinkingMode.OFF)
  void a_relaxation_that_is_named_brings_an_answer(
      @ForAll("requirements") Requirement requirement) {
    Decision decision = ADVISOR.decide(requirement);
    for (Decision.Relaxation relaxation : decision.relaxations()) {
      assertThat(relaxation.verdict()).isNotEqualTo(Outcome.INFEASIBLE);
      if (relaxation.field().equals("budgetUsd") && requirement.policy() == Policy.CHECKED) {
        long to = (Long) relaxation.to();
        Requirement asked = decision.requirement();
        assertThat(feasible(Changes.budget(asked, to))).isTrue();
        assertThat(feasible(Changes.budget(asked, to - 1))).isFalse();
      }
    }
  }

  @Example
  void nobody_is_offered_less_context_than_a_prompt_and_its_answer_take() {
    int offered = 0;
    for (int users : new int[] {20, 50, 200, 1000}) {
      Requirement many = Home.requirement("{\"budgetUsd\": 2500, \"users\": %d}".formatted(users));
      for (Decision.Relaxation relaxation : ADVISOR.decide(many).relaxations()) {
        if (relaxation.field().equals("contextTokens")) {
          offered++;
          assertThat((Integer) relaxation.to())
              .isGreaterThanOrEqualTo(many.promptTokens() + many.answerTokens());
        }
      }
    }
    assertThat(offered).isBetween(1, 3);
  }

  @Example
  void every_decision_of_the_sample_can_be_made_and_both_outcomes_occur() {
    assertThat(SAMPLE).hasSize(500);
    Map<Outcome, Integer> outcomes = new HashMap<>();
    SAMPLE.forEach(
        r -> outcomes.merge(ADVISOR.once(with(r), new Breadth(false)).verdict(), 1, Integer::sum));
    assertThat(outcomes.keySet()).contains(Outcome.RECOMMENDED, Outcome.INFEASIBLE, Outcome.KEEP);
  }

  /** Types that a rule file declares are another class in each rulebook; their text is the same. */
  private static Set<Object> comparable(Collection<Object> conclusions) {
    Set<Object> comparable = new HashSet<>();
    for (Object conclusion : conclusions) {
      boolean declared = !conclusion.getClass().getName().startsWith("dev.rigwright");
      comparable.add(declared ? conclusion.toString() : conclusion);
    }
    return comparable;
  }

  private static Requirement with(Requirement requirement) {
    return requirement.models().isEmpty() ? ADVISOR.decide(requirement).requirement() : requirement;
  }

  /**
   * What each rule concludes among all others it concludes alone over the same facts. This catches
   * apache/incubator-kie#7115 and its like, where a rule is silenced by what another shares with
   * it.
   */
  @Example
  void each_rule_alone_concludes_what_it_concludes_among_all() {
    Map<String, Rulebook> alone = new LinkedHashMap<>();
    ADVISOR
        .rulebook()
        .rules()
        .keySet()
        .forEach(id -> alone.put(id, RulebookReader.alone(ADVISOR.rulebook(), id)));
    assertThat(alone).hasSizeGreaterThan(90);
    Set<String> compared = new HashSet<>();
    for (Requirement requirement : SAMPLE.subList(0, 25)) {
      ADVISOR.session(
          with(requirement),
          new Breadth(false),
          session -> {
            List<Object> all = List.copyOf(session.getObjects());
            Proof proof = new ProofReader(session).read(all);
            Map<String, Set<Object>> together = new HashMap<>();
            for (Object conclusion : proof.conclusions()) {
              for (Ground ground : proof.grounds(conclusion)) {
                together.computeIfAbsent(ground.rule(), r -> new HashSet<>()).add(conclusion);
              }
            }
            alone.forEach(
                (id, rulebook) -> {
                  Set<Object> expected = comparable(together.getOrDefault(id, Set.of()));
                  Set<Object> found =
                      comparable(OneRule.conclusions(ADVISOR.rulebook(), rulebook, all));
                  assertThat(found).as("%s over %s", id, requirement.id()).isEqualTo(expected);
                  if (!expected.isEmpty()) {
                    compared.add(id);
                  }
                });
            return null;
          });
    }
    assertThat(compared).hasSizeGreaterThan(60);
  }
}
