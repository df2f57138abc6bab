package dev.rigwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.domain.Requirement;
import dev.rigwright.rulebook.RuleCache;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules from the cache decide as those that were compiled, proof included. */
class KeptRulesTest {

  /** Every so-manieth requirement of the sample is asked. */
  private static final int STEP = 25;

  @TempDir private Path scratch;

  @Test
  void decisions_are_byte_for_byte_those_of_compiled_rules_and_the_same_facts_stand()
      throws IOException {
    Path rules = Home.PATH.resolve("rules");
    Path folder = scratch.resolve("cache");
    RulebookReader.read(rules, RuleCache.in(folder));
    Path entry;
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> entries = files.toList();
      assertThat(entries).hasSize(1);
      entry = entries.get(0);
    }
    FileTime written = Files.getLastModifiedTime(entry);
    Rulebook kept = RulebookReader.read(rules, RuleCache.in(folder));
    assertThat(Files.getLastModifiedTime(entry)).as("the entry was used").isEqualTo(written);
    assertThat(kept.hash()).isEqualTo(Home.advisor().rulebook().hash());
    assertThat(kept.rules()).isEqualTo(Home.advisor().rulebook().rules());
    Advisor one = new Advisor(kept, Home.advisor().facts(), Home.advisor().reader());
    Advisor other =
        new Advisor(Home.advisor().rulebook(), Home.advisor().facts(), Home.advisor().reader());
    List<String> sample = Files.readAllLines(Home.PATH.resolve("facts/requirements/sample.jsonl"));
    assertThat(sample).hasSizeGreaterThan(100);
    for (int i = 0; i < sample.size(); i += STEP) {
      Requirement requirement = Home.requirement(sample.get(i));
      assertThat(DecisionJson.tree(one.decide(requirement)).toString())
          .as("requirement %d", i)
          .isEqualTo(DecisionJson.tree(other.decide(requirement)).toString());
      assertThat(standing(one, requirement))
          .as("requirement %d", i)
          .isEqualTo(standing(other, requirement));
    }
  }

  /** What stands at the end, in no order. */
  private static List<String> standing(Advisor advisor, Requirement requirement) {
    return advisor.explain(requirement).standing().stream().map(Object::toString).sorted().toList();
  }
}
