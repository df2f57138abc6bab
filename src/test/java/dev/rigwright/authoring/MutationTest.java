package dev.rigwright.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.authoring.Cases.Case;
import dev.rigwright.authoring.Mutants.Mutant;
import dev.rigwright.authoring.Mutation.Survivor;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutationTest {

  private static final String SIX =
      SmallRules.one("six", gpu(", \"vramGib\": 6"), "\"A 6 GB is small\"");
  private static final String TWENTY_FOUR =
      SmallRules.one("twenty-four", gpu(", \"vramGib\": 24"), "");
  private static final String CONDITION =
      "$gpu : Gpu( vramGib != null, vramGib <= 8, $card : label )";

  @TempDir private Path folder;

  private static String gpu(String more) {
    return "{ \"Gpu\": { \"id\": \"a\", \"name\": \"A\"" + more + " } }";
  }

  private Mutation mutation(String condition, String... cases) {
    SmallRules.rule(folder, condition);
    SmallRules.cases(folder, "[" + String.join(", ", cases) + "]");
    return Mutation.of(Bench.open(folder), null, line -> {});
  }

  private static List<String> shown(List<Mutant> mutants) {
    return mutants.stream()
        .map(
            m ->
                "%d:%d %s -> %s"
                    .formatted(m.place().line(), m.place().column(), m.was(), m.becomes()))
        .toList();
  }

  private List<String> mutants(String condition) {
    SmallRules.rule(folder, condition);
    return shown(Mutants.of(Bench.open(folder).rulebook(), "small/card").mutants());
  }

  @Test
  void a_weak_case_file_lets_exactly_the_boundary_survive() {
    Mutation mutation = mutation(CONDITION, SIX, TWENTY_FOUR);
    assertThat(shown(mutation.survivors().stream().map(Survivor::mutant).toList()))
        .containsExactly("14:42 <= -> <", "14:45 8 -> 9");
    assertThat(mutation.survivors().stream().map(s -> s.killing().name()))
        .containsExactly("with vramGib 8 it fires", "with vramGib 9 it stays silent");
  }

  @Test
  void the_case_that_is_proposed_notices_what_survived() {
    List<Case> proposed =
        mutation(CONDITION, SIX, TWENTY_FOUR).survivors().stream().map(Survivor::killing).toList();
    Bench strong = new Bench(Bench.open(folder).rulebook(), together(Cases.read(folder), proposed));
    assertThat(CaseRun.of(strong, null).passed()).isTrue();
    assertThat(Mutation.of(strong, null, line -> {}).survivors()).isEmpty();
  }

  private static List<Case> together(List<Case> some, List<Case> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  @Test
  void a_survivor_is_printed_with_its_place_and_a_case_to_paste() {
    assertThat(mutation(CONDITION, SIX, TWENTY_FOUR).text())
        .startsWith(
            """
            rules/exclusions/small.drl:14:42: small/card: <= survives as < in vramGib <= 8
              This case would notice; maybe add it to rules/exclusions/small.cases.json:
              {"rule":"small/card","case":"with vramGib 8 it fires","given":[{"Gpu":{"id":"a","name":"A","vramGib":8}}],"concludes":["A 8 GB is small"]}
            """);
  }

  @Test
  void every_operator_is_flipped_and_every_number_shifted() {
    assertThat(
            mutants(
                "$gpu : Gpu( id != \"x\" && memoryBandwidthGbPerSecond > 0.8, $card : label )\n    exists OwnedGpu( count + 1 == 2 )"
                    .replace("memoryBandwidthGbPerSecond", "bandwidthGbPerSecond")))
        .containsExactly(
            "14:27 && -> ||",
            "14:20 != -> ==",
            "14:51 > -> >=",
            "14:51 > -> <=",
            "14:53 0.8 -> 0.9",
            "14:53 0.8 -> 0.7",
            "15:32 == -> !=",
            "15:28 + -> -",
            "15:30 1 -> 2",
            "15:30 1 -> 0",
            "15:35 2 -> 3",
            "15:35 2 -> 1",
            "15:5 exists -> not");
  }

  @Test
  void what_provably_changes_nothing_is_left_out() {
    // On whole numbers, > 5 below >= 8 decides nothing, however it is shifted.
    assertThat(mutants("$gpu : Gpu( vramGib >= 8, vramGib > 5, $card : label )"))
        .containsExactly("14:25 >= -> >", "14:25 >= -> <", "14:28 8 -> 7", "14:39 > -> <=");
  }

  @Test
  void a_fact_that_no_case_gives_is_made() {
    Mutation mutation =
        mutation(
            "$gpu : Gpu( $id : id, $card : label )\n    not OwnedGpu( gpuId == $id )",
            SmallRules.one("not owned", gpu(", \"vramGib\": 6"), "\"A 6 GB is small\""));
    assertThat(shown(mutation.survivors().stream().map(Survivor::mutant).toList()))
        .containsExactly("15:25 == -> !=");
    assertThat(mutation.survivors().get(0).killing().given())
        .hasSize(2)
        .last()
        .matches(fact -> fact.has("OwnedGpu"));
  }

  @Test
  void a_case_that_fails_as_it_is_does_not_count_as_noticing() {
    Mutation mutation = mutation(CONDITION, SIX, TWENTY_FOUR.replace("24 }", "7 }"));
    assertThat(mutation.failing())
        .containsExactly("rules/exclusions/small.cases.json: small/card: twenty-four");
    assertThat(mutation.survivors()).isNotEmpty();
  }

  @Test
  void a_rule_whose_cases_are_sharp_lets_nothing_survive() {
    Bench bench = new Bench(Home.advisor().rulebook(), Cases.read(Home.PATH.resolve("rules")));
    Mutation mutation = Mutation.of(bench, "avoid/eight-gb", line -> {});
    assertThat(mutation.survivors()).isEmpty();
    assertThat(mutation.failing()).isEmpty();
    assertThat(mutation.mutants()).isEqualTo(4);
    assertThat(mutation.equivalent()).isEqualTo(1);
  }
}
