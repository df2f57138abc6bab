package dev.rigwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.domain.Requirement;
import dev.rigwright.report.JsonReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What many answers say alike is worded and written once, and nobody can tell. */
class SharedWordingTest {

  private static final int SOME = 80;

  private static List<Requirement> some() throws IOException {
    List<String> lines = Files.readAllLines(Home.PATH.resolve("facts/requirements/sample.jsonl"));
    long seed = System.nanoTime();
    System.out.println("The sample is taken by seed " + seed + ".");
    Collections.shuffle(lines, new Random(seed));
    return lines.subList(0, SOME).stream().map(Home::requirement).toList();
  }

  @Test
  void a_line_is_what_writing_it_anew_gives_whatever_was_written_before() throws IOException {
    List<Decision> decisions = some().stream().map(Home.advisor()::answer).toList();
    // At first it is written, then written to be quoted, then quoted.
    for (int round = 0; round < 3; round++) {
      for (Decision decision : decisions) {
        assertThat(new String(DecisionJson.line(decision), StandardCharsets.UTF_8))
            .as(decision.requirementId())
            .isEqualTo(DecisionJson.tree(decision) + "\n");
        assertThat(new String(DecisionJson.printed(decision), StandardCharsets.UTF_8))
            .as(decision.requirementId())
            .isEqualTo(JsonReport.indented(DecisionJson.tree(decision)));
      }
    }
  }

  @Test
  void an_answer_does_not_depend_on_what_was_answered_before() throws IOException {
    List<String> busy = new ArrayList<>();
    List<String> alone = new ArrayList<>();
    for (Requirement requirement : some().subList(0, 10)) {
      busy.add(DecisionJson.tree(Home.advisor().answer(requirement)).toString());
      Advisor fresh = Home.advisor().under(Home.advisor().rulebook());
      alone.add(DecisionJson.tree(fresh.answer(requirement)).toString());
      fresh.retire();
    }
    assertThat(busy).isEqualTo(alone);
  }

  @Test
  void equal_exclusions_are_one_object_in_all_answers() throws IOException {
    List<Decision.Excluded> gtx = new ArrayList<>();
    for (Requirement requirement : some()) {
      Home.advisor().answer(requirement).exclusions().stream()
          .filter(excluded -> excluded.rule().equals("avoid/rented"))
          .forEach(gtx::add);
    }
    assertThat(gtx).hasSizeGreaterThan(1);
    assertThat(gtx).allMatch(one -> !one.equals(gtx.get(0)) || one == gtx.get(0));
  }

  @Test
  void what_is_asked_for_once_is_not_made() {
    List<String> made = new ArrayList<>();
    Recent<String, String> recent = new Recent<>(2);
    List<String> given = new ArrayList<>();
    for (String key : List.of("a", "b", "a", "a", "c", "d", "b")) {
      given.add(
          recent.again(
              key,
              one -> {
                made.add(one);
                return one + " again";
              }));
    }
    assertThat(made).containsExactly("a");
    assertThat(given).containsExactly(null, null, "a again", "a again", null, null, null);
  }

  @Test
  void what_was_asked_for_longest_ago_is_forgotten_first() {
    List<Integer> made = new ArrayList<>();
    Recent<Integer, String> recent = new Recent<>(2);
    for (int key : new int[] {1, 2, 1, 3, 1, 2}) {
      String value =
          recent.of(
              key,
              one -> {
                made.add(one);
                return "made of " + one;
              });
      assertThat(value).isEqualTo("made of " + key);
    }
    assertThat(made).containsExactly(1, 2, 3, 2);
  }
}
