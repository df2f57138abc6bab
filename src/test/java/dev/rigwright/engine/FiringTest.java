package dev.rigwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rigwright.Home;
import dev.rigwright.domain.Breadth;
import dev.rigwright.domain.CardCount;
import dev.rigwright.engine.Firing.Bounds;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookException;
import dev.rigwright.rulebook.RulebookReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.kie.api.runtime.KieSession;

/** A decision comes to an end, whatever its rules say. */
class FiringTest {

  private static final String RUNAWAY =
      """
      package rigwright;

      import dev.rigwright.domain.CardCount;

      declare Counted
          number : int @key
      end

      rule "counting/starts"
          @because( "It fires once" )
      when
          CardCount( count == 1 )
      then
          insertLogical( new Counted( 100 ) );
      end

      rule "counting/goes-on"
          @because( "It feeds itself" )
      when
          Counted( number >= 100, $number : number )
      then
          insertLogical( new Counted( $number + 1 ) );
      end
      """;

  private static final String SLOW =
      """
      package rigwright;

      import dev.rigwright.domain.CardCount;

      rule "counting/first"
          @because( "It fires once" )
      when
          CardCount( count == 1 )
      then
          insertLogical( new CardCount( 1000 ) );
      end

      rule "counting/everything"
          @because( "It tries every combination" )
      when
          CardCount( $a : count )
          CardCount( $b : count )
          CardCount( $c : count )
          CardCount( $d : count )
          CardCount( count + $a + $b + $c + $d == 5000 )
      then
          insertLogical( new CardCount( $a + 1 ) );
      end
      """;

  private static void fire(int most, Duration longest) {
    fire(RUNAWAY, 1, most, longest);
  }

  private static void fire(String rules, int facts, int most, Duration longest) {
    Rulebook rulebook =
        RulebookReader.compile(
            RulebookReader.parse(Path.of("rules"), Map.of("needs/counting.drl", rules)));
    KieSession session = rulebook.base().newKieSession();
    try {
      for (int count = 1; count <= facts; count++) {
        session.insert(new CardCount(count));
      }
      Firing.fire(rulebook, session, new Bounds(most, longest));
    } finally {
      session.dispose();
    }
  }

  @Test
  void a_rule_that_feeds_itself_is_named_after_so_many_firings() {
    assertThatThrownBy(() -> fire(1000, Duration.ofMinutes(1)))
        .isInstanceOf(RulebookException.class)
        .hasMessageStartingWith(
            "rules/needs/counting.drl:17:1: The rule (counting/goes-on) ran away: it fired 1,000 times of 1,001 in ");
  }

  @Test
  void a_rule_that_feeds_itself_is_named_after_so_long() {
    // So long that no pause of a busy machine is taken for a slow match: half of it would have to
    // be.
    assertThatThrownBy(() -> fire(Integer.MAX_VALUE, Duration.ofSeconds(2)))
        .isInstanceOf(RulebookException.class)
        .hasMessageStartingWith(
            "rules/needs/counting.drl:17:1: The rule (counting/goes-on) ran away: it fired ");
  }

  @Test
  void a_rule_that_tries_every_combination_is_named() {
    assertThatThrownBy(() -> fire(SLOW, 14, 1000, Duration.ofMillis(20)))
        .isInstanceOf(RulebookException.class)
        .hasMessageStartingWith(
            "rules/needs/counting.drl:13:1: The rule (counting/everything) ran away: it took ")
        .hasMessageContaining("Maybe its patterns share no binding");
  }

  @Test
  void a_machine_that_slept_meanwhile_says_nothing_about_a_rule() {
    Rulebook rulebook =
        RulebookReader.compile(
            RulebookReader.parse(Path.of("rules"), Map.of("needs/counting.drl", SLOW)));
    KieSession session = rulebook.base().newKieSession();
    int[] fired = {0};
    try {
      session.insert(new CardCount(1));
      Firing.fire(
          rulebook,
          session,
          match -> {
            fired[0]++;
            LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
            return true;
          },
          new Bounds(1000, Duration.ofSeconds(2)));
    } finally {
      session.dispose();
    }
    assertThat(fired[0]).isPositive();
  }

  @Test
  void a_rule_that_feeds_itself_ends_a_decision() {
    Map<String, String> texts =
        new LinkedHashMap<>(RulebookReader.texts(Home.PATH.resolve("rules")));
    texts.put("cautions/counting.drl", RUNAWAY.replace(" == 1 ", " == 2 "));
    Advisor home = Home.advisor();
    // More than the shipped rules fire before this stratum, and soon reached.
    Bounds bounds = new Bounds(5_000, Bounds.SHIPPED.longest());
    assertThatThrownBy(
            () ->
                new Advisor(
                        RulebookReader.compile(RulebookReader.parse(Path.of("rules"), texts)),
                        home.facts(),
                        home.reader(),
                        home.facts().forRules(),
                        bounds)
                    .decide(Home.requirement("{ \"budgetUsd\": 2000 }")))
        .isInstanceOf(RulebookException.class)
        .hasMessageStartingWith(
            "rules/cautions/counting.drl:17:1: The rule (counting/goes-on) ran away: it fired ")
        .hasMessageContaining(" of 5,001 in ");
  }

  @Test
  void every_decision_is_held_to_the_bounds_that_the_page_for_authors_names() {
    assertThat(Home.advisor().bounds()).isEqualTo(new Bounds(500_000, Duration.ofSeconds(30)));
    assertThat(Home.PATH.resolve("rules/README.md"))
        .content()
        .contains("A decision may take 500,000 firings and 30 seconds of a processor;");
  }

  @Test
  void the_shipped_rules_stay_far_below_the_bounds() {
    Advisor advisor = Home.advisor();
    KieSession session = advisor.rulebook().base().newKieSession();
    try {
      advisor.facts().forRules().forEach(session::insert);
      advisor
          .inputs(
              Home.requirement(
                  "{ \"budgetUsd\": 4000, \"models\": [ { \"id\": \"llama-3.1-8b\" } ] }"),
              new Breadth(true))
          .forEach(session::insert);
      assertThat(session.fireAllRules()).isBetween(1, advisor.bounds().most() / 20);
    } finally {
      session.dispose();
    }
  }
}
