package dev.rigwright.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.domain.Outcome;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RequirementSetTest {

  private static final Advisor ADVISOR = Home.advisor();
  private static final Path SAMPLE = Home.PATH.resolve("facts/requirements/sample.jsonl");
  private static final RequirementSet SET = new RequirementSet(ADVISOR, SAMPLE, 3);

  @Test
  void the_same_seed_gives_the_same_lines_and_another_others() {
    List<String> lines = SET.lines(0, 300).toList();
    assertThat(new RequirementSet(ADVISOR, SAMPLE, 3).lines(100, 300).toList())
        .isEqualTo(lines.subList(100, 300));
    assertThat(new RequirementSet(ADVISOR, SAMPLE, 4).lines(0, 300))
        .doesNotContainAnyElementsOf(lines);
  }

  @Test
  void every_line_is_read_without_a_problem_and_has_an_id_of_its_own() {
    List<String> ids =
        LongStream.range(0, 3000).mapToObj(i -> SET.requirement(ADVISOR, i).id()).toList();
    assertThat(ids).doesNotHaveDuplicates().hasSize(3000);
  }

  @Test
  void about_a_tenth_has_no_answer() {
    long infeasible =
        LongStream.range(0, 500)
            .mapToObj(i -> SET.requirement(ADVISOR, i))
            .map((Requirement requirement) -> ADVISOR.outline(requirement).verdict())
            .filter(Outcome.INFEASIBLE::equals)
            .count();
    assertThat(infeasible).isBetween(45L, 60L);
  }
}
