package dev.rigwright.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.domain.Recommended;
import dev.rigwright.domain.Verdict;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.kie.api.KieBase;
import org.kie.api.definition.KiePackage;

/** Which rules only speak, and a copy of the others. */
class DecidingRulesTest {

  private static final Set<Class<?>> WANTED = Set.of(Verdict.class, Recommended.class);

  private static Rulebook with(String file, String rule) {
    Map<String, String> texts =
        new LinkedHashMap<>(RulebookReader.texts(Home.PATH.resolve("rules")));
    texts.merge(file, rule, String::concat);
    texts.compute(
        file,
        (same, text) ->
            text.replace(
                "import dev.rigwright.domain.Requirement;",
                "import dev.rigwright.domain.Requirement;\nimport dev.rigwright.domain.Touched;"));
    return RulebookReader.compile(RulebookReader.parse(Home.PATH.resolve("rules"), texts));
  }

  private static Set<String> names(KieBase base) {
    Set<String> names = new HashSet<>();
    for (KiePackage one : base.getKiePackages()) {
      one.getRules().forEach(rule -> names.add(rule.getName()));
    }
    return names;
  }

  @Test
  void what_warns_and_advises_is_left_out_and_what_it_alone_rests_on() {
    Set<String> silent = DecidingRules.silent(Home.advisor().rulebook(), WANTED);
    assertThat(silent)
        .contains("claims/applies", "touched/tier", "prices/old")
        .doesNotContain("sizing/fits", "verdict/recommended", "budget/over", "psu/needed");
  }

  @Test
  void a_rule_that_something_wanted_rests_on_stays_whatever_its_folder() {
    Rulebook rulebook =
        with(
            "rejections/budget.drl",
            """

            rule "budget/touched"
                @severity( NOTE )
                @says( "Touched" )
                @because( "A rejection that hangs on what only cautions hung on" )
                @reviewed( "2026-11-26" )
            when
                $finalist : Finalist( )
                exists Touched( )
            then
                insertLogical( rejection( kcontext, $finalist ) );
            end
            """);
    assertThat(DecidingRules.silent(rulebook, WANTED))
        .contains("claims/applies")
        .doesNotContain("touched/tier", "budget/touched");
  }

  @Test
  void the_copy_has_the_others_and_the_rulebook_keeps_all() {
    Rulebook rulebook = Home.advisor().rulebook();
    Set<String> expected = new HashSet<>(rulebook.rules().keySet());
    expected.removeAll(DecidingRules.silent(rulebook, WANTED));
    assertThat(names(new DecidingRules(rulebook, WANTED).base())).isEqualTo(expected);
    assertThat(names(rulebook.base())).isEqualTo(rulebook.rules().keySet());
    assertThat(expected.size()).isLessThan(rulebook.rules().size() * 3 / 4);
  }
}
