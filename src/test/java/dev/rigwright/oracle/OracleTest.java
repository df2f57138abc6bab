package dev.rigwright.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.domain.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OracleTest {

  private static final Agreement AGREEMENT = new Agreement(Home.advisor());

  @Test
  void rules_and_oracle_agree_on_the_sample() throws IOException {
    Map<String, List<String>> found = new TreeMap<>();
    for (String line : Files.readAllLines(Home.PATH.resolve("facts/requirements/sample.jsonl"))) {
      Requirement requirement = Home.requirement(line);
      List<String> differences = AGREEMENT.disagreements(requirement);
      if (!differences.isEmpty()) {
        found.put(line, new ArrayList<>(differences));
      }
    }
    assertThat(found).isEmpty();
  }
}
