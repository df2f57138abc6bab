package dev.rigwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rigwright.Home;
import dev.rigwright.domain.Breadth;
import dev.rigwright.domain.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sessions that stand from one requirement to the next decide as sessions of their own do. */
class SessionsTest {

  private static final int SOME = 60;
  private static final List<Requirement> ASKED = new ArrayList<>();
  private static final Advisor STANDING = Home.advisor();

  /** Who is asked about each firing needs a session of its own for each pass. */
  private static final Advisor FRESH = STANDING.asking(rule -> true);

  @BeforeAll
  static void sample() throws IOException {
    List<String> lines = Files.readAllLines(Home.PATH.resolve("facts/requirements/sample.jsonl"));
    long seed = System.nanoTime();
    System.out.println("The sample is taken by seed " + seed + ".");
    Collections.shuffle(lines, new Random(seed));
    lines.subList(0, SOME).forEach(line -> ASKED.add(Home.requirement(line)));
  }

  private static String bytes(Decision decision) {
    return DecisionJson.tree(decision).toString();
  }

  /** What was concluded and by what, without an order. */
  private static Map<String, Set<String>> proof(Decision decision) {
    Map<String, Set<String>> proof = new TreeMap<>();
    for (Object fact : decision.proof().conclusions()) {
      Set<String> grounds = proof.computeIfAbsent(fact.toString(), one -> new HashSet<>());
      for (Ground ground : decision.proof().grounds(fact)) {
        List<String> facts = new ArrayList<>();
        ground.facts().forEach(rested -> facts.add(rested.toString()));
        Collections.sort(facts);
        grounds.add(ground.rule() + " " + facts);
      }
    }
    return proof;
  }

  @Test
  void answers_and_proofs_are_those_of_sessions_of_their_own() {
    for (Requirement requirement : ASKED) {
      Decision standing = STANDING.decide(requirement);
      Decision fresh = FRESH.decide(requirement);
      assertThat(bytes(standing)).as(requirement.id()).isEqualTo(bytes(fresh));
      assertThat(proof(standing)).as(requirement.id()).isEqualTo(proof(fresh));
    }
  }

  @Test
  void it_does_not_matter_what_a_session_saw_before_nor_how_many_threads_ask() {
    Map<String, String> first = new HashMap<>();
    ASKED.forEach(one -> first.put(one.id(), bytes(STANDING.decide(one))));
    List<Requirement> others = new ArrayList<>(ASKED);
    Collections.reverse(others);
    Map<String, String> then = Collections.synchronizedMap(new HashMap<>());
    others.parallelStream().forEach(one -> then.put(one.id(), bytes(STANDING.decide(one))));
    assertThat(then).isEqualTo(first);
  }

  @Test
  void the_order_in_which_a_session_met_kinds_of_facts_does_not_matter() {
    Requirement guide =
        Home.requirement(
            """
            {"id": "between-tiers", "budgetUsd": 3900, "useCases": ["chat"], "policy": "guide"}""");
    // The guide gives a card, and no tier: a session that begins with it lists picks before tiers.
    Requirement card =
        Home.requirement(
            """
            {"id": "a-card", "budgetUsd": 900, "scope": "gpu", "models": [{"id": "llama-3.1-8b"}],
             "useCases": ["chat"]}""");
    Advisor one = STANDING.under(STANDING.rulebook());
    assertThat(one.decide(card).guidePick()).isNotNull();
    assertThat(one.decide(card).tier()).isNull();
    Advisor other = STANDING.under(STANDING.rulebook());
    assertThat(bytes(one.decide(guide))).isEqualTo(bytes(other.decide(guide)));
    one.retire();
    other.retire();
  }

  @Test
  void nothing_of_a_requirement_stays_behind() {
    Requirement requirement = ASKED.get(0);
    Map<Object, Integer> before = facts(requirement);
    ASKED.forEach(STANDING::decide);
    assertThat(facts(requirement)).isEqualTo(before);
  }

  /** What stands, and how often: equal facts that are put in are several. */
  private static Map<Object, Integer> facts(Requirement requirement) {
    return STANDING.session(
        requirement,
        new Breadth(false),
        session -> {
          Map<Object, Integer> times = new HashMap<>();
          session.getObjects().forEach(fact -> times.merge(fact, 1, Integer::sum));
          return times;
        });
  }

  @Test
  void a_session_in_which_something_went_wrong_is_not_used_again() {
    Requirement requirement = ASKED.get(1);
    String expected = bytes(STANDING.decide(requirement));
    assertThatThrownBy(
            () ->
                STANDING.session(
                    ASKED.get(0),
                    new Breadth(false),
                    session -> {
                      throw new IllegalStateException("on purpose");
                    }))
        .hasMessage("on purpose");
    assertThat(bytes(STANDING.decide(requirement))).isEqualTo(expected);
  }
}
