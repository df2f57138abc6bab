package dev.rigwright.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.domain.Fit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A report knows a few rules by their names; a renamed rule would fall silent without a word. */
class NamedRulesTest {

  private final Set<String> rules = Answers.advisor().rulebook().rules().keySet();

  @Test
  void the_rules_that_a_report_names_exist() {
    List<String> named = new ArrayList<>(List.of(Reasons.BEST_VALUE, Reasons.KEEP, Figures.SPEED));
    for (Fit fit : Fit.values()) {
      named.add(Figures.rule(fit));
    }
    assertThat(rules).as("Rename them in dev.rigwright.report too.").containsAll(named);
  }

  @Test
  void each_reason_by_which_refusals_are_ordered_is_that_of_a_rule() {
    assertThat(Refusals.TELLING)
        .isNotEmpty()
        .as("Rename it in Refusals too.")
        .allMatch(reason -> rules.stream().anyMatch(rule -> rule.startsWith(reason)));
  }
}
