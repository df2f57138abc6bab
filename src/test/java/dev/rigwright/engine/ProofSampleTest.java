package dev.rigwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.rigwright.Home;
import dev.rigwright.domain.Breadth;
import dev.rigwright.domain.Claim;
import dev.rigwright.domain.Requirement;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookReader;
import dev.rigwright.rulebook.Strata;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;

/** The proofs of 200 decisions, each ground tried by its rule alone. */
class ProofSampleTest {

  private static final Advisor ADVISOR = Home.advisor();
  private static final int DECISIONS = 200;

  private static final List<Explained> SAMPLE = new ArrayList<>();
  private static final Map<String, Rulebook> ALONE = new HashMap<>();
  private static final Map<String, KieSession> SESSIONS = new HashMap<>();

  @BeforeAll
  static void decide() throws Exception {
    List<String> lines = Files.readAllLines(Home.PATH.resolve("facts/requirements/sample.jsonl"));
    for (int i = 0; i < DECISIONS; i++) {
      String line = lines.get(i * lines.size() / DECISIONS);
      Requirement requirement =
          ADVISOR.reader().read(line.getBytes(StandardCharsets.UTF_8), Home.TODAY);
      SAMPLE.add(ADVISOR.explain(requirement));
    }
  }

  @AfterAll
  static void close() {
    SESSIONS.values().forEach(KieSession::dispose);
  }

  private static Rulebook alone(String rule) {
    return ALONE.computeIfAbsent(rule, id -> RulebookReader.alone(ADVISOR.rulebook(), id));
  }

  @Test
  void an_explained_decision_is_the_decision() {
    for (Explained explained : SAMPLE.subList(0, 40)) {
      Decision plain = ADVISOR.once(explained.decision().requirement(), new Breadth(false));
      assertThat(explained.decision().decisionId()).isEqualTo(plain.decisionId());
    }
  }

  @Test
  void every_tree_ends_in_the_requirement_and_the_catalogue() {
    Set<Object> catalogue = identitySet(ADVISOR.facts().forRules());
    for (Explained explained : SAMPLE) {
      List<Object> asked = ADVISOR.inputs(explained.decision().requirement(), new Breadth(false));
      Proof proof = explained.proof();
      assertThat(proof.conclusions()).isNotEmpty();
      for (Object conclusion : proof.conclusions()) {
        List<Object> leaves = proof.leaves(conclusion);
        if (leaves.isEmpty()) {
          fail("%s rests on nothing", conclusion);
        }
        for (Object leaf : leaves) {
          if (!catalogue.contains(leaf) && !asked.contains(leaf)) {
            fail("%s rests on %s", conclusion, leaf);
          }
        }
      }
    }
  }

  @Test
  void what_was_computed_of_claims_ends_in_the_catalogue_and_holds_for_each_rule_alone() {
    Judgement judgement = ADVISOR.judgement();
    Set<Object> given = identitySet(ADVISOR.facts().forRules());
    given.addAll(ADVISOR.facts().forTrials());
    given.removeIf(Claim.class::isInstance);
    judgement.standing().stream().filter(Claim.class::isInstance).forEach(given::add);
    Set<String> rules = new TreeSet<>();
    for (Object conclusion : judgement.proof().conclusions()) {
      for (Object leaf : judgement.proof().leaves(conclusion)) {
        // How many rows an accumulation counted is no row itself.
        if (!given.contains(leaf) && !(leaf instanceof Number)) {
          fail("%s rests on %s", conclusion, leaf);
        }
      }
      for (Ground ground : judgement.proof().grounds(conclusion)) {
        rules.add(ground.rule());
        tryAlone(ground, conclusion);
      }
    }
    assertThat(rules)
        .hasSizeGreaterThan(15)
        .allMatch(rule -> ADVISOR.rulebook().rule(rule).folder().equals(Strata.CLAIMS));
    // Every status by which a decision goes has its conclusion here.
    for (Claim claim : ADVISOR.facts().claims()) {
      assertThat(judgement.of(claim).isEmpty())
          .as(claim.id())
          .isEqualTo(claim.computed().isEmpty());
      if (claim.quoted() != null) {
        assertThat(judgement.of(claim).get(0))
            .isEqualTo(new dev.rigwright.domain.Standing(claim.id(), claim.status()));
      }
    }
  }

  @Test
  void every_ground_holds_for_its_rule_alone_and_without_it_the_conclusion_falls() {
    Set<List<Object>> tried = new HashSet<>();
    Set<String> rules = new TreeSet<>();
    for (Explained explained : SAMPLE) {
      Proof proof = explained.proof();
      for (Object conclusion : proof.conclusions()) {
        for (Ground ground : proof.grounds(conclusion)) {
          // What hangs on the catalogue alone is the same match in every decision.
          if (tried.add(key(ground))) {
            rules.add(ground.rule());
            tryAlone(ground, conclusion);
          }
        }
      }
    }
    assertThat(rules).hasSizeGreaterThan(80);
  }

  private static List<Object> key(Ground ground) {
    List<Object> key = new ArrayList<>();
    key.add(ground.rule());
    ground.restsOn().forEach(fact -> key.add(System.identityHashCode(fact)));
    return key;
  }

  private static void tryAlone(Ground ground, Object conclusion) {
    Rulebook alone = alone(ground.rule());
    KieSession session = SESSIONS.computeIfAbsent(ground.rule(), r -> alone.base().newKieSession());
    List<FactHandle> handles = new ArrayList<>();
    for (Object fact : ground.restsOn()) {
      handles.add(session.insert(translated(alone, fact)));
    }
    session.fireAllRules();
    Object expected = translated(alone, conclusion);
    // The description is made only where it is needed: a workload is a page of text.
    if (!stands(session, expected)) {
      fail("%s alone does not conclude %s from %s", ground.rule(), conclusion, ground.restsOn());
    }
    handles.forEach(session::delete);
    session.fireAllRules();
    assertThat(session.getObjects()).as("what %s leaves", ground.rule()).isEmpty();
  }

  @Test
  void a_conclusion_with_several_grounds_stands_until_the_last_of_them_is_gone() {
    Map<Object, List<Ground>> several = new LinkedHashMap<>();
    for (Explained explained : SAMPLE) {
      Proof proof = explained.proof();
      for (Object conclusion : proof.conclusions()) {
        List<Ground> grounds = proof.grounds(conclusion);
        if (grounds.size() > 1 && several.size() < 300) {
          several.put(conclusion, grounds);
        }
      }
    }
    assertThat(several).hasSize(300);
    several.forEach(ProofSampleTest::fallsWithTheLast);
  }

  private static void fallsWithTheLast(Object conclusion, List<Ground> grounds) {
    Rulebook whole = ADVISOR.rulebook();
    Set<String> rules = new HashSet<>();
    grounds.forEach(ground -> rules.add(ground.rule()));
    KieSession session = whole.base().newKieSession();
    try {
      Map<Object, FactHandle> handles = new IdentityHashMap<>();
      for (Ground ground : grounds) {
        ground.restsOn().forEach(f -> handles.computeIfAbsent(f, session::insert));
      }
      session.fireAllRules(match -> rules.contains(match.getRule().getName()));
      for (int i = 0; i < grounds.size(); i++) {
        assertThat(stands(session, conclusion))
            .as("%s stands by ground %d of %s", conclusion, i, grounds)
            .isTrue();
        Set<Object> needed = Collections.newSetFromMap(new IdentityHashMap<>());
        grounds.subList(i + 1, grounds.size()).forEach(g -> needed.addAll(g.restsOn()));
        for (Object fact : grounds.get(i).restsOn()) {
          if (!needed.contains(fact) && handles.containsKey(fact)) {
            session.delete(handles.remove(fact));
          }
        }
        session.fireAllRules();
      }
      assertThat(stands(session, conclusion)).as("%s stands by nothing", conclusion).isFalse();
    } finally {
      session.dispose();
    }
  }

  private static boolean stands(KieSession session, Object fact) {
    return session.getObjects(one -> one.equals(fact)).size() > 0;
  }

  /** A fact of a declared type as the rulebook of one rule knows it. */
  private static Object translated(Rulebook to, Object fact) {
    return SingleRule.translated(ADVISOR.rulebook(), to, fact);
  }

  private static Set<Object> identitySet(Collection<?> facts) {
    Set<Object> set = Collections.newSetFromMap(new IdentityHashMap<>());
    set.addAll(facts);
    return set;
  }
}
