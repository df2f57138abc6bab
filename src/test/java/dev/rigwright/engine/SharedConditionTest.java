package dev.rigwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kie.api.runtime.KieSession;

/**
 * The case of apache/incubator-kie#7115: {@code exists( A() and not B() )} never fires when a rule
 * of another package shares the start of the condition. In one package it has to.
 */
class SharedConditionTest {

  private static final String FIRST =
      """
      package rigwright;
      import dev.rigwright.domain.CardCount;
      import dev.rigwright.domain.RamFloor;
      import dev.rigwright.domain.StorageFloor;
      rule "first/exists-and-not"
      when
          CardCount( count == 1 )
          exists( RamFloor( ) and not StorageFloor( gb == 7 ) )
      then
          insertLogical( new StorageFloor( 1 ) );
      end
      """;

  private static final String SECOND =
      """
      package rigwright;
      import dev.rigwright.domain.CardCount;
      import dev.rigwright.domain.RamFloor;
      import dev.rigwright.domain.StorageFloor;
      rule "second/shares-the-start"
      when
          CardCount( count == 1 )
          RamFloor( )
      then
          insertLogical( new StorageFloor( 2 ) );
      end
      """;

  private static List<Integer> concluded(String... names) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : names) {
      texts.put(name, name.contains("first") ? FIRST : SECOND);
    }
    Rulebook rulebook = RulebookReader.compile(RulebookReader.parse(Path.of("rules"), texts));
    KieSession session = rulebook.base().newKieSession();
    try {
      session.insert(new dev.rigwright.domain.CardCount(1));
      session.insert(new dev.rigwright.domain.RamFloor(16, "a test"));
      session.fireAllRules();
      List<Integer> concluded = new ArrayList<>();
      for (Object fact : session.getObjects()) {
        if (fact instanceof dev.rigwright.domain.StorageFloor floor) {
          concluded.add(floor.gb());
        }
      }
      return concluded;
    } finally {
      session.dispose();
    }
  }

  @Test
  void a_rule_is_not_silenced_by_another_that_shares_the_start_of_its_condition() {
    assertThat(concluded("needs/first.drl")).containsExactly(1);
    assertThat(concluded("needs/first.drl", "needs/second.drl")).containsExactlyInAnyOrder(1, 2);
    assertThat(concluded("needs/second.drl", "needs/first.drl")).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void segments_are_not_created_eagerly() {
    concluded("needs/first.drl");
    assertThat(System.getProperty("drools.useEagerSegmentCreation")).isEqualTo("false");
  }
}
