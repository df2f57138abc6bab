package dev.rigwright.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.DecisionJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.drools.base.definitions.rule.impl.RuleImpl;
import org.drools.mvel.MVELConstraint;
import org.junit.jupiter.api.Test;
import org.kie.api.KieBase;
import org.kie.api.definition.KiePackage;
import org.kie.api.definition.rule.Rule;

/** What runs already of rules that did not change runs on, and nothing else does. */
class HandoverTest {

  private static final Path FOLDER = Path.of("rules");

  /** A file with a declared type, and a rule of it that decides with it. */
  private static final String FILE = "platforms/psu.drl";

  private static final String RULE = "psu/load-of-the-machine";

  private final Recompiler recompiler = new Recompiler();
  private final Map<String, String> texts =
      new LinkedHashMap<>(RulebookReader.texts(Home.PATH.resolve("rules")));

  private Rulebook compiled() {
    return recompiler.compile(RulebookReader.parse(FOLDER, texts));
  }

  private static Advisor advisor(Rulebook rulebook) {
    return Home.advisor().under(rulebook);
  }

  /** Rules whose consequence runs on as it is. */
  private static Set<String> runOn(Rulebook before, Rulebook after) {
    Set<String> rules = new TreeSet<>();
    for (KiePackage one : after.base().getKiePackages()) {
      for (Rule rule : one.getRules()) {
        RuleImpl old = (RuleImpl) before.base().getRule(one.getName(), rule.getName());
        if (old != null && old.getConsequence() == ((RuleImpl) rule).getConsequence()) {
          rules.add(rule.getName());
        }
      }
    }
    return rules;
  }

  /** How many conditions of a rule base the engine has made classes of. */
  private static int ready(KieBase base) {
    Set<MVELConstraint> ready = Collections.newSetFromMap(new IdentityHashMap<>());
    for (KiePackage one : base.getKiePackages()) {
      for (Rule rule : one.getRules()) {
        for (MVELConstraint condition : Handover.conditions(base, (RuleImpl) rule)) {
          if (Handover.made(condition) != null) {
            ready.add(condition);
          }
        }
      }
    }
    return ready.size();
  }

  @Test
  void consequences_run_on_but_that_of_the_rule_that_changed() {
    Rulebook first = compiled();
    texts.computeIfPresent(FILE, (path, text) -> text.replace(RULE, RULE + "-of-all"));
    Rulebook second = compiled();
    Set<String> others = new TreeSet<>(second.rules().keySet());
    assertThat(others.remove(RULE + "-of-all")).isTrue();
    assertThat(runOn(first, second)).isEqualTo(others);
    assertThat(second.base().getFactType("rigwright", "PsuNeed").getFactClass())
        .as("the same words mean the same class")
        .isSameAs(first.base().getFactType("rigwright", "PsuNeed").getFactClass());
  }

  @Test
  void all_runs_on_where_only_words_changed_and_the_new_words_count() {
    Rulebook first = compiled();
    String words = "What the machine draws, and again as much as the guide leaves above it";
    texts.computeIfPresent(
        FILE,
        (path, text) ->
            text.replaceFirst("(rule \"" + RULE + "\"\\s+@because\\( \")[^\"]+", "$1" + words));
    Rulebook second = compiled();
    assertThat(runOn(first, second)).isEqualTo(second.rules().keySet());
    assertThat(second.rule(RULE).because()).isEqualTo(words);
    assertThat(second.base().getRule("rigwright", RULE).getMetaData())
        .containsEntry("because", words);
    assertThat(first.rule(RULE).because()).isNotEqualTo(words);
  }

  @Test
  void nothing_of_a_rule_runs_on_where_its_condition_changed() {
    Rulebook first = compiled();
    texts.computeIfPresent(
        FILE,
        (path, text) ->
            text.replaceFirst("(?s)(rule \"" + RULE + "\".*?candidate\\.bought) > 0", "$1 >= 1"));
    Set<String> others = new TreeSet<>(first.rules().keySet());
    others.remove(RULE);
    assertThat(runOn(first, compiled())).isEqualTo(others);
  }

  @Test
  void nothing_runs_on_over_other_types() {
    Rulebook first = compiled();
    texts.computeIfPresent(
        FILE, (path, text) -> text + "\ndeclare More\n    name : String @key\nend\n");
    assertThat(runOn(first, compiled())).isEmpty();
  }

  /** Writes the condition of a rule with one space more. */
  private void edit(String rule) {
    Pattern condition = Pattern.compile("(?s)(rule \"" + rule + "\".*?\\swhen\\s.*?\\()");
    texts.replaceAll((path, text) -> condition.matcher(text).replaceFirst("$1 "));
  }

  @Test
  void what_ran_at_first_is_let_go_of_once_classes_of_many_rulebooks_are_in_use() {
    Rulebook first = compiled();
    int rulebooks = 1;
    Rulebook newest = first;
    for (String rule : first.rules().keySet()) {
      edit(rule);
      newest = compiled();
      if (runOn(first, newest).isEmpty() || rulebooks == 50) {
        break;
      }
      rulebooks++;
    }
    assertThat(rulebooks).isEqualTo(21);
    edit(RULE);
    assertThat(runOn(newest, compiled())).as("from there it goes on").isNotEmpty();
  }

  @Test
  void who_edits_one_rule_over_and_over_keeps_all_others_running() {
    Rulebook first = compiled();
    Rulebook newest = first;
    for (int times = 0; times < 25; times++) {
      edit(RULE);
      newest = compiled();
    }
    Set<String> others = new TreeSet<>(first.rules().keySet());
    others.remove(RULE);
    assertThat(runOn(first, newest)).isEqualTo(others);
  }

  @Test
  void conditions_that_the_engine_compiled_are_compiled_no_more_and_decide_the_same()
      throws IOException, InterruptedException {
    Rulebook first = compiled();
    Advisor before = advisor(first);
    List<Requirement> sample = new ArrayList<>();
    for (String line :
        Files.readAllLines(Home.PATH.resolve("facts/requirements/sample.jsonl")).subList(0, 40)) {
      sample.add(Home.requirement(line));
    }
    sample.forEach(before::decide);
    int ready = 0;
    for (int looks = 0; looks < 100 && ready < 200; looks++) {
      // The engine compiles them on a thread of its own.
      Thread.sleep(50);
      ready = ready(first.base());
    }
    assertThat(ready).isGreaterThan(200);
    Rulebook second = compiled();
    assertThat(ready(second.base())).isGreaterThanOrEqualTo(ready);
    Advisor fresh = advisor(RulebookReader.compile(RulebookReader.parse(FOLDER, texts)));
    Advisor after = advisor(second);
    for (Requirement requirement : sample) {
      assertThat(DecisionJson.content(after.decide(requirement)))
          .isEqualTo(DecisionJson.content(fresh.decide(requirement)));
    }
  }
}
