package dev.rigwright.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.bench.RequirementSet;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.rulebook.RulebookReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules and the same judgement written by hand; {@code scripts/bench oracle} tries more. */
class OracleTest {

  private static final Path SAMPLE = Home.PATH.resolve("facts/requirements/sample.jsonl");
  private static final long SEED = 20261126;
  private static final int EACH = 150;
  private static final RequirementSet SET = new RequirementSet(Home.advisor(), SAMPLE, SEED);

  private static Map<String, List<String>> differences(Advisor advisor, long seed, int count) {
    RequirementSet set = SET.with(seed);
    Agreement agreement = new Agreement(advisor);
    Map<String, List<String>> found = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      Requirement requirement = set.requirement(advisor, i);
      List<String> differences = agreement.disagreements(requirement);
      if (!differences.isEmpty()) {
        found.put(set.line(i), differences);
      }
    }
    return found;
  }

  @Test
  void rules_and_oracle_agree_on_the_same_requirements_each_time() {
    assertThat(differences(Home.advisor(), SEED, EACH)).isEmpty();
  }

  @Test
  void rules_and_oracle_agree_on_others_each_time() {
    long seed = new Random().nextInt(1 << 20);
    assertThat(differences(Home.advisor(), seed, EACH)).as("seed %d", seed).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "exclusions/avoid.drl; vramGib <= 8,; vramGib <= 10,; avoided",
        "candidates/sizing.drl; marginPercent >= $margin; marginPercent > $margin + 2; fit of",
        "candidates/psu.drl; $count * $tdp + $headroom; $count * $tdp; supply for",
        "candidates/cooling.drl; Cooling.AIO; Cooling.AIR; cooling of",
        "scores/value.drl; $speed * 1000 / $total; $speed * 1000; best value",
        "exclusions/fit.drl; count == $count - 1; count == $count - 2; excluded",
      })
  void a_rule_that_says_something_else_is_noticed(
      String file, String from, String to, String difference) {
    Map<String, String> texts =
        new LinkedHashMap<>(RulebookReader.texts(Home.PATH.resolve("rules")));
    String edited = texts.get(file).replace(from, to);
    assertThat(edited).isNotEqualTo(texts.get(file));
    texts.put(file, edited);
    Advisor other =
        new Advisor(
            RulebookReader.compile(RulebookReader.parse(Path.of("rules"), texts)),
            Home.advisor().facts(),
            Home.advisor().reader());
    assertThat(differences(other, SEED, 12).values())
        .anySatisfy(found -> assertThat(found).anyMatch(one -> one.startsWith(difference)));
  }
}
