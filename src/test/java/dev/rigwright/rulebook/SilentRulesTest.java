package dev.rigwright.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.domain.Recommended;
import dev.rigwright.domain.Verdict;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which rules only speak. */
class SilentRulesTest {

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

  @Test
  void what_warns_and_advises_is_left_out_and_what_it_alone_rests_on() {
    Set<String> silent = SilentRules.of(Home.advisor().rulebook(), WANTED);
    assertThat(silent)
        .contains("claims/applies", "touched/tier", "prices/old")
        .doesNotContain("sizing/fits", "verdict/recommended", "budget/over", "psu/needed")
        .hasSizeGreaterThan(Home.advisor().rulebook().rules().size() / 4);
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
    assertThat(SilentRules.of(rulebook, WANTED))
        .contains("claims/applies")
        .doesNotContain("touched/tier", "budget/touched");
  }
}
