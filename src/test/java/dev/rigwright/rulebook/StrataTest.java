package dev.rigwright.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.authoring.Cases;
import dev.rigwright.authoring.Cases.Case;
import dev.rigwright.authoring.Cases.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Order carries no meaning because conclusions lie in strata. What each rule concludes is taken
 * from its cases, what it reads and negates from its parsed condition.
 */
class StrataTest {

  private static final Map<String, RuleInfo> RULES = Home.advisor().rulebook().rules();
  private static final Map<String, String> CONCLUDES = new TreeMap<>();
  private static final Map<String, Set<String>> FOLDERS = new TreeMap<>();

  @BeforeAll
  static void conclusions() {
    Map<String, Rulebook> alone = new HashMap<>();
    for (Case tried : Cases.read(Home.PATH.resolve("rules"))) {
      if (tried.fires() && !CONCLUDES.containsKey(tried.rule())) {
        Rulebook one =
            alone.computeIfAbsent(
                tried.rule(), rule -> RulebookReader.alone(Home.advisor().rulebook(), rule));
        Result result = Cases.run(one, tried);
        CONCLUDES.put(tried.rule(), Cases.type(one, tried));
        assertThat(result.concluded()).isNotEmpty();
      }
    }
    CONCLUDES.forEach(
        (rule, type) ->
            FOLDERS.computeIfAbsent(type, t -> new TreeSet<>()).add(RULES.get(rule).folder()));
  }

  @Test
  void every_rule_is_known_to_conclude_something() {
    assertThat(CONCLUDES.keySet()).containsExactlyInAnyOrderElementsOf(RULES.keySet());
  }

  @Test
  void each_type_is_concluded_in_one_folder() {
    assertThat(FOLDERS).isNotEmpty();
    assertThat(FOLDERS).allSatisfy((type, folders) -> assertThat(folders).as(type).hasSize(1));
  }

  @Test
  void nothing_reads_what_a_later_stratum_concludes() {
    List<String> faults = new ArrayList<>();
    RULES.forEach(
        (id, rule) -> {
          for (String type : rule.reads()) {
            for (String folder : FOLDERS.getOrDefault(type, Set.of())) {
              if (Strata.rank(folder) > Strata.rank(rule.folder())) {
                faults.add(id + " reads " + type + ", which " + folder + " concludes");
              }
            }
          }
        });
    assertThat(faults).isEmpty();
  }

  @Test
  void no_cycle_runs_through_a_negation_or_an_accumulation() {
    Map<String, Set<String>> below = new HashMap<>();
    CONCLUDES.forEach(
        (id, type) ->
            below.computeIfAbsent(type, t -> new HashSet<>()).addAll(RULES.get(id).reads()));
    List<String> faults = new ArrayList<>();
    CONCLUDES.forEach(
        (id, type) -> {
          for (String negated : RULES.get(id).negates()) {
            if (reaches(negated, type, below, new HashSet<>())) {
              faults.add(
                  id + " concludes " + type + " and negates " + negated + ", which rests on it");
            }
          }
        });
    assertThat(faults).isEmpty();
    assertThat(RULES.values()).anySatisfy(rule -> assertThat(rule.negates()).isNotEmpty());
  }

  private static boolean reaches(
      String from, String to, Map<String, Set<String>> below, Set<String> seen) {
    if (from.equals(to)) {
      return true;
    }
    return seen.add(from)
        && below.getOrDefault(from, Set.of()).stream().anyMatch(t -> reaches(t, to, below, seen));
  }
}
