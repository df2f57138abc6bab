package dev.rigwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.domain.Requirement;
import dev.rigwright.rulebook.RuleInfo;
import dev.rigwright.rulebook.Strata;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What blocks rules, held against what the engine itself fired. */
class BlockingTest {

  private static final Advisor ADVISOR = Home.advisor();
  private static final Requirement WRITER =
      Home.requirement("{\"budgetUsd\": 2400, \"models\": [{\"id\": \"qwen2.5-32b\"}]}");

  @Test
  void a_rule_has_an_obstacle_just_where_it_concluded_nothing() {
    Explained explained = ADVISOR.explainAll(ADVISOR.explain(WRITER).decision().requirement());
    Map<String, Integer> grounds = new HashMap<>();
    for (Object fact : explained.proof().conclusions()) {
      explained
          .proof()
          .grounds(fact)
          .forEach(ground -> grounds.merge(ground.rule(), 1, Integer::sum));
    }
    TreeSet<String> blocked = new TreeSet<>();
    int tried = 0;
    for (RuleInfo rule : ADVISOR.rulebook().rules().values()) {
      // The rules of claims stand over the facts alone, before anybody asks. Of the others each
      // tenth keeps the test short.
      if (rule.folder().equals(Strata.CLAIMS) || rule.line() % 10 != 0) {
        continue;
      }
      tried++;
      Blocking blocking = Blocking.of(ADVISOR.rulebook(), rule.id(), explained.standing());
      boolean fired = grounds.containsKey(rule.id());
      assertThat(blocking.matches() > 0).as("%s: %s", rule.id(), blocking).isEqualTo(fired);
      assertThat(blocking.obstacle() == null).as(rule.id()).isEqualTo(fired);
      if (!fired) {
        blocked.add(rule.id());
        assertThat(blocking.obstacle().kind()).as(rule.id()).isNotEqualTo(Blocking.Kind.OTHER);
      }
    }
    assertThat(tried).isGreaterThan(10);
    assertThat(blocked).isNotEmpty().hasSizeLessThan(tried);
  }
}
