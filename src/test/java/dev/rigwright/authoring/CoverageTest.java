package dev.rigwright.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.authoring.Coverage.Line;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageTest {

  @TempDir private Path folder;

  private List<String> lines(String condition, String... given) {
    SmallRules.rule(folder, condition);
    SmallRules.cases(
        folder,
        "["
            + String.join(
                ", ",
                Arrays.stream(given).map(facts -> SmallRules.one("a case", facts, "")).toList())
            + "]");
    Coverage coverage = Coverage.of(Bench.open(folder), null, null, List.of(), line -> {});
    return coverage.lines().stream().map(CoverageTest::shown).toList();
  }

  private static String shown(Line line) {
    return "%d:%d %s %s%s"
        .formatted(
            line.place().line(),
            line.place().column(),
            line.constraint(),
            line.cases().whenTrue() ? "T" : "-",
            line.cases().whenFalse() ? "F" : "-");
  }

  private static String gpu(String id, String more) {
    return "{ \"Gpu\": { \"id\": \"%s\", \"name\": \"A\"%s } }".formatted(id, more);
  }

  @Test
  void a_weak_case_file_lacks_exactly_what_it_never_tries() {
    assertThat(
            lines(
                "$gpu : Gpu( vramGib != null, vramGib <= 8, $card : label )",
                gpu("a", ", \"vramGib\": 6"),
                gpu("b", ", \"vramGib\": 24")))
        .containsExactly("7:6 null TF", "14:17 vramGib != null T-", "14:34 vramGib <= 8 TF");
  }

  @Test
  void what_an_earlier_constraint_stops_is_not_seen() {
    assertThat(lines("$gpu : Gpu( vramGib != null, vramGib <= 8, $card : label )", gpu("a", "")))
        .containsExactly("7:6 null -F", "14:17 vramGib != null -F", "14:34 vramGib <= 8 --");
  }

  @Test
  void a_comparison_with_an_unknown_value_is_false() {
    assertThat(lines("$gpu : Gpu( tdpWatts >= 400, $card : label )", gpu("a", "")))
        .containsExactly("7:6 null -F", "14:17 tdpWatts >= 400 -F");
  }

  @Test
  void a_choice_of_two_is_false_where_neither_holds() {
    assertThat(
            lines(
                "$gpu : Gpu( id == \"a\" || id == \"b\", $card : label )",
                gpu("b", ""),
                gpu("c", "")))
        .containsExactly("7:6 null TF", "14:17 id == \"a\" || id == \"b\" TF");
  }

  @Test
  void what_stands_under_not_is_seen_for_itself() {
    assertThat(
            lines(
                "$gpu : Gpu( $id : id, $card : label )\n    not OwnedGpu( gpuId == $id, count > 1 )",
                gpu("a", "") + ", { \"OwnedGpu\": { \"gpuId\": \"a\", \"count\": 1 } }"))
        .containsExactly("7:6 null T-", "15:19 gpuId == $id T-", "15:33 count > 1 -F");
  }

  @Test
  void an_accumulation_is_seen_with_its_result() {
    assertThat(
            lines(
                "$gpu : Gpu( $card : label )\n    accumulate( OwnedGpu( count > 1 ); $n : count(); $n > 0 )",
                gpu("a", "") + ", { \"OwnedGpu\": { \"gpuId\": \"a\", \"count\": 1 } }"))
        .containsExactly("7:6 null -F", "15:27 count > 1 -F", "15:54 $n > 0 -F");
  }

  @Test
  void half_of_what_there_is_to_see_is_fifty_percent() {
    SmallRules.rule(folder, "$gpu : Gpu( id == \"a\", $card : label )");
    SmallRules.cases(folder, "[" + SmallRules.one("a case", gpu("a", ""), "") + "]");
    Coverage coverage = Coverage.of(Bench.open(folder), null, null, List.of(), line -> {});
    assertThat(coverage.casesPercent()).isEqualTo(50);
    assertThat(coverage.text())
        .contains(
            "rules/exclusions/small.drl:14:17: id == \"a\" never false in the cases",
            "Over the cases: 50.0 %; seen both ways 0 of 1 rules, 0 of 1 constraints.");
  }

  @Test
  void decisions_show_what_the_cases_do_not_need() {
    Bench bench = new Bench(Home.advisor().rulebook(), Cases.read(Home.PATH.resolve("rules")));
    Coverage coverage =
        Coverage.of(
            bench,
            "budget/over",
            Home.advisor(),
            List.of(
                Home.requirement(
                    "{ \"budgetUsd\": 2400, \"models\": [ { \"id\": \"qwen2.5-7b\" } ] }"),
                Home.requirement("{ \"models\": [ { \"id\": \"qwen2.5-7b\" } ] }")),
            line -> {});
    assertThat(coverage.lines()).allMatch(Line::measured);
    assertThat(coverage.lines().stream().map(Line::set))
        .containsOnly(new Coverage.Seen(true, true));
    assertThat(coverage.requirements()).isEqualTo(2);
  }
}
