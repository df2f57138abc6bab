package dev.rigwright.rulebook.loops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.domain.Model;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.WantedModel;
import dev.rigwright.rulebook.Recompiler;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** From one rulebook to the next, loops of rules that did not change run on as they are. */
class LoopRulesTest {

  private static final List<Class<?>> GIVEN =
      List.of(Requirement.class, WantedModel.class, Model.class);
  private static final long LONGEST_NANOS = Duration.ofSeconds(30).toNanos();
  private static final String FILE = "candidates/sizing.drl";

  private final Recompiler recompiler = new Recompiler();
  private final Map<String, String> texts =
      new LinkedHashMap<>(RulebookReader.texts(Home.PATH.resolve("rules")));

  private Rulebook compiled() {
    return recompiler.compile(RulebookReader.parse(Path.of("rules"), texts));
  }

  private static Map<String, Class<?>> classes(LoopRules rules) {
    assertThat(rules.over(Home.advisor().facts().forRules(), LONGEST_NANOS))
        .as(String.valueOf(rules.cannot()))
        .isNotNull();
    Map<String, Class<?>> classes = new TreeMap<>();
    rules.loops().forEach(loop -> classes.put(loop.rule().getName(), loop.getClass()));
    return classes;
  }

  private void edit(String file, String text, String other) {
    assertThat(texts.get(file)).contains(text);
    texts.computeIfPresent(file, (path, was) -> was.replace(text, other));
  }

  private Set<String> anew(String text, String other) {
    return anew(FILE, text, other);
  }

  private Set<String> anew(String file, String text, String other) {
    LoopRules first = new LoopRules(compiled(), GIVEN, Set::of);
    assertThat(first.atHand()).isFalse();
    Map<String, Class<?>> before = classes(first);
    edit(file, text, other);
    LoopRules then = first.after(compiled(), Set::of);
    assertThat(then.atHand()).as("it takes little time now").isTrue();
    Set<String> anew = new TreeSet<>();
    classes(then)
        .forEach(
            (rule, its) -> {
              if (before.get(rule) != its) {
                anew.add(rule);
              }
            });
    return anew;
  }

  @Test
  void only_what_changed_is_written_anew() {
    assertThat(anew("marginPercent >= $margin", "marginPercent > $margin"))
        .containsExactly("sizing/fits");
  }

  @Test
  void so_it_is_where_it_reads_types_that_rule_files_declare() {
    assertThat(anew("needs/heat.drl", "tdpWatts >= 450", "tdpWatts >= 451"))
        .containsExactly("heat/hot-card");
  }

  @Test
  void rules_that_were_edited_before_anybody_asked_are_written_too() {
    compiled();
    edit("needs/heat.drl", "tdpWatts >= 450", "tdpWatts >= 451");
    assertThat(classes(new LoopRules(compiled(), GIVEN, Set::of))).containsKey("heat/hot-card");
  }

  @Test
  void other_reasons_make_no_other_loops() {
    assertThat(anew("What does not fit would run from system memory, slowly", "It runs, slowly"))
        .isEmpty();
  }

  @Test
  void over_other_declared_types_all_is_written_anew() {
    assertThat(
            anew(
                "rule \"sizing/fits\"",
                "declare More\n    name : String @key\nend\n\nrule \"sizing/fits\""))
        .contains("sizing/fits", "touched/always", "verdict/keep");
  }

  @Test
  void what_can_never_match_is_not_written() {
    assertThat(classes(new LoopRules(compiled(), GIVEN, Set::of)))
        .containsKeys("sizing/fits", "claims/contradicted")
        .doesNotContainKey("power/overhead-too-small");
  }
}
