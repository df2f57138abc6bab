package dev.rigwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.domain.Outcome;
import dev.rigwright.domain.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The interval in which the same is recommended, against deciding for each value of a grid. */
class OutwardTest {

  private final Advisor shipped = Home.advisor();

  private static String file(String name) {
    try {
      return Files.readString(Home.PATH.resolve("facts/requirements/" + name + ".json"));
    } catch (IOException missing) {
      throw new AssertionError(missing);
    }
  }

  /** Values all over an interval, closer to its ends and to the value itself. */
  private static SortedSet<Long> grid(long now, long from, long to) {
    SortedSet<Long> grid = new TreeSet<>();
    for (long end : new long[] {from, to, now}) {
      for (long step : new long[] {0, 1, 2, 130}) {
        grid.add(end + step);
        grid.add(end - step);
      }
    }
    for (int i = 1; i < 4; i++) {
      grid.add(from + (to - from) / 4 * i);
      grid.add(from + (now - from) / 4 * i);
      grid.add(now + Math.min(to - now, 4000) / 4 * i);
    }
    return new TreeSet<>(grid.subSet(from, to + 1));
  }

  @ParameterizedTest
  @CsvSource({
    "writer, budgetUsd",
    "writer, users",
    "writer, contextTokens",
    "student, budgetUsd",
    "small-team, users",
    "firm-70b, contextTokens",
    "batch-job, users",
    "help-me-choose, budgetUsd",
    "guide-to-the-letter, budgetUsd",
    "clinic-voice-agent, promptTokens",
    "weak-psu, owned.psuWatts",
    "tight-limits, limits.maxSystemWatts",
    "impossible, contextTokens",
    "two-models, contextTokens"
  })
  void the_interval_is_that_of_deciding_for_each_value(String name, String field) {
    String json = file(name);
    Requirement read = Home.requirement(json);
    if (Dial.of(read).stream()
        .noneMatch(dial -> dial.field().equals(field) && dial.now() != null)) {
      throw new AssertionError(name + " has no " + field);
    }
    OneNumber number = new OneNumber(shipped, json, field);
    OneNumber.Interval interval = number.interval(300);
    assertThat(interval.oneByOne()).as("no rule had to be tried value by value").isEmpty();
    assertThat(interval.unproven()).as("all of it is certain").isEmpty();
    assertThat(List.of(interval.provenFrom(), interval.provenTo()))
        .containsExactly(interval.from(), interval.to());
    long now = number.dial.now();
    List<Object> said = number.said(now);
    for (long value : grid(now, interval.from(), interval.to())) {
      assertThat(number.said(value))
          .as("%s of %s at %d within %s", field, name, value, interval)
          .isEqualTo(said);
    }
    if (interval.from() > number.dial.least()) {
      assertThat(number.said(interval.from() - 1)).as("below %s", interval).isNotEqualTo(said);
    }
    if (interval.to() < number.dial.most()) {
      assertThat(number.said(interval.to() + 1)).as("above %s", interval).isNotEqualTo(said);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"budgetUsd\": 3000, \"models\": [{\"sizeB\": 14}]}', models.0.sizeB",
    "'{\"budgetUsd\": 6000, \"models\": [{\"id\": \"whisper-large-v3\"}, {\"sizeB\": 7.5}]}', models.1.sizeB",
    "'{\"budgetUsd\": 900, \"models\": [{\"sizeB\": 14}], \"owned\": {\"gpus\": [{\"id\": \"rtx-3060-12gb\", \"count\": 1}]}}', owned.gpus.0.count",
    "'{\"budgetUsd\": 5000, \"models\": [{\"sizeB\": 70}], \"owned\": {\"gpus\": [{\"id\": \"rtx-3060-12gb\", \"count\": 1}, {\"id\": \"rtx-3090\", \"count\": 2}]}}', owned.gpus.1.count"
  })
  void sizes_of_models_and_counts_of_owned_cards_have_their_interval(String json, String field) {
    OneNumber number = new OneNumber(shipped, json, field);
    OneNumber.Interval interval = number.interval();
    long now = number.dial.now();
    List<Object> said = number.said(now);
    long from = now;
    while (from > number.dial.least() && number.said(from - 1).equals(said)) {
      from--;
    }
    long to = now;
    while (to < number.dial.most() && number.said(to + 1).equals(said)) {
      to++;
    }
    assertThat(List.of(interval.from(), interval.to())).containsExactly(from, to);
  }

  @ParameterizedTest
  @ValueSource(strings = {"writer", "small-team"})
  void up_to_64_users_every_single_one_was_decided_for(String name) {
    OneNumber number = new OneNumber(shipped, file(name), "users");
    OneNumber.Interval interval = number.interval();
    List<Object> said = number.said(number.dial.now());
    long from = number.dial.now();
    while (from > 1 && number.said(from - 1).equals(said)) {
      from--;
    }
    long to = number.dial.now();
    while (to < 64 && number.said(to + 1).equals(said)) {
      to++;
    }
    assertThat(List.of(interval.from(), Math.min(64, interval.to()))).containsExactly(from, to);
  }

  /** Machines of two to four cards, where a longer context moves layers from card to card. */
  private static final Map<String, String> SEVERAL =
      Map.of(
          "four by layers",
          """
          {"budgetUsd": 9000, "scope": "gpu", "models": [{"sizeB": 70}], "users": 6,
           "engine": "llama.cpp"}
          """,
          "three by layers",
          """
          {"budgetUsd": 8450, "scope": "gpu", "models": [{"sizeB": 70, "quantization": "fp8"}],
           "contextTokens": 2048, "users": 40, "engine": "vllm"}
          """,
          "two by shares",
          """
          {"budgetUsd": 3100, "scope": "build", "models": [{"sizeB": 8}], "contextTokens": 32768,
           "users": 5, "useCases": ["coding"]}
          """);

  @ParameterizedTest
  @CsvSource({
    "four by layers, contextTokens, 7",
    "three by layers, contextTokens, 3",
    "two by shares, contextTokens, 11",
    "four by layers, users, 1",
    "three by layers, users, 1",
    "two by shares, users, 1"
  })
  void an_interval_of_several_cards_is_certain_and_that_of_deciding_in_small_steps(
      String name, String field, int step) {
    OneNumber number = new OneNumber(shipped, SEVERAL.get(name), field);
    OneNumber.Interval interval = number.interval(300);
    assertThat(interval.start().standing().cards()).matches("[2-4]x .*");
    assertThat(interval.unproven()).isEmpty();
    List<Object> said = number.said(number.dial.now());
    for (long value = interval.from(); value <= interval.to(); value += step) {
      assertThat(number.said(value)).as("%s %d of %s", field, value, name).isEqualTo(said);
    }
    if (interval.from() > number.dial.least()) {
      assertThat(number.said(interval.from() - 1)).isNotEqualTo(said);
    }
    if (interval.to() < number.dial.most()) {
      assertThat(number.said(interval.to() + 1)).isNotEqualTo(said);
    }
  }

  @Test
  void where_estimates_are_watched_no_further_it_is_not_said_to_be_certain() {
    OneNumber number = new OneNumber(shipped, file("writer"), "contextTokens");
    OneNumber.Interval none = number.interval(0);
    assertThat(none.unproven()).contains("sizing/fits");
    assertThat(List.of(none.provenFrom(), none.provenTo())).containsExactly(8192L, 8192L);
    OneNumber.Interval few = number.interval(2);
    assertThat(few.unproven()).contains("sizing/fits");
    assertThat(few.provenTo())
        .as("a thousand watched, two decided")
        .isBetween(8192L + 500, 8192L + 1002);
    assertThat(number.interval(100).unproven()).isEmpty();
  }

  /** Machines whose fullest card has little left are refused, and those that have less are not. */
  @Test
  void an_estimate_that_goes_there_and_back_is_not_passed_over(@TempDir Path folder)
      throws IOException {
    Advisor advisor =
        with(
            folder,
            "exclusions/fit.drl",
            """

            rule "fit/window"
                @severity( BLOCKING )
                @says( "Has between 13.0 and 13.1 percent left" )
                @because( "It is a rule of a test" )
                @source( "facts/policy.json" )
                @reviewed( "2026-11-22" )
            when
                $sizing : Sizing( marginPercent > 13.0, marginPercent < 13.1 )
            then
                insertLogical( exclusion( kcontext, $sizing ) );
            end
            """);
    OneNumber number = new OneNumber(advisor, file("writer"), "contextTokens");
    OneNumber.Interval interval = number.interval(300);
    assertThat(interval.unproven()).isEmpty();
    List<Object> said = number.said(number.dial.now());
    for (long value = number.dial.now(); value <= interval.to(); value++) {
      assertThat(number.said(value)).as("contextTokens %d", value).isEqualTo(said);
    }
    assertThat(number.said(interval.to() + 1)).isNotEqualTo(said);
  }

  @Test
  void the_nearest_value_is_decided_for_one_by_one_where_there_is_no_other_way(@TempDir Path folder)
      throws IOException {
    OneNumber number = dip(folder, 2500);
    Outward outward = new Outward(number.advisor, number.dial, number.reading(number.dial));
    Predicate<Standing> infeasible = standing -> standing.verdict() == Outcome.INFEASIBLE;
    Outward.Point start = outward.at(2400);
    Outward.Nearest all = outward.nearest(start, infeasible, 300);
    assertThat(all.point().at()).as("at 2,500 alone").isEqualTo(2500);
    assertThat(all.unproven()).as("no nearer one is left").isEmpty();
    assertThat(List.of(all.from(), all.to())).containsExactly(2301L, 2499L);
    Outward.Nearest few = outward.nearest(start, infeasible, 20);
    assertThat(few.point().at()).isNotEqualTo(2500);
    assertThat(few.unproven()).containsExactly("budget/dip");
    assertThat(few.to()).isBetween(2420L, 2499L);
  }

  @Test
  void a_number_that_no_rule_reads_may_be_anything() {
    OneNumber.Interval interval =
        new OneNumber(shipped, file("writer"), "electricityUsdPerKwh").interval();
    assertThat(interval.from()).isZero();
    assertThat(interval.to()).isEqualTo(1000);
  }

  @Test
  void what_is_filled_in_changes_with_the_number() {
    String json = "{\"budgetUsd\": 3000, \"models\": [{\"id\": \"qwen2.5-32b\"}]}";
    OneNumber number = new OneNumber(shipped, json, "users");
    OneNumber.Interval interval = number.interval();
    List<Object> alone = number.said(1);
    assertThat(alone)
        .as("another engine, and so another format, serves two")
        .isNotEqualTo(number.said(2));
    assertThat(interval.to()).isEqualTo(1);
  }

  private static Advisor with(Path folder, String file, String rule) throws IOException {
    Path rules = folder.resolve("rules");
    try (var paths = Files.walk(Home.PATH.resolve("rules"))) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        Path target = rules.resolve(Home.PATH.resolve("rules").relativize(path).toString());
        Files.createDirectories(target.getParent());
        Files.copy(path, target);
      }
    }
    Path edited = rules.resolve(file);
    Files.writeString(edited, Files.readString(edited) + rule);
    return Advisor.open(rules, Home.PATH.resolve("facts"));
  }

  private static final String REJECTED =
      """

      rule "budget/%s"
          @severity( IMPORTANT )
          @says( "Nobody pays {budget} USD" )
          @because( "It is a rule of a test" )
          @source( "requirement#/budgetUsd" )
          @reviewed( "2026-11-22" )
      when
          Requirement( budgetUsd != null, $budget : budgetUsd, %s )
          $finalist : Finalist( )
      then
          insertLogical( rejection( kcontext, $finalist ) );
      end
      """;

  @Test
  void a_window_within_the_way_is_seen_although_both_ends_are_alike(@TempDir Path folder)
      throws IOException {
    String window = "budgetUsd * 2 >= 5000, budgetUsd < 2503";
    Advisor advisor = with(folder, "rejections/budget.drl", REJECTED.formatted("window", window));
    OneNumber.Interval interval = new OneNumber(advisor, file("writer"), "budgetUsd").interval();
    assertThat(interval.oneByOne()).isEmpty();
    assertThat(interval.to()).isEqualTo(2499);
  }

  @Test
  void what_comes_and_goes_is_tried_value_by_value_and_said(@TempDir Path folder)
      throws IOException {
    Advisor advisor =
        with(folder, "rejections/budget.drl", REJECTED.formatted("sevens", "budgetUsd % 50 == 7"));
    OneNumber.Interval interval = new OneNumber(advisor, file("writer"), "budgetUsd").interval();
    assertThat(interval.oneByOne()).containsExactly("budget/sevens");
    assertThat(List.of(interval.from(), interval.to())).containsExactly(2358L, 2406L);
  }

  /** The writer's budget where machines are refused at one budget and no other: in a dip. */
  private OneNumber dip(Path folder, long at) throws IOException {
    String below = "budgetUsd * budgetUsd - %d * budgetUsd + %d < 0".formatted(2 * at, at * at - 1);
    Advisor advisor = with(folder, "rejections/budget.drl", REJECTED.formatted("dip", below));
    return new OneNumber(advisor, file("writer"), "budgetUsd");
  }

  @Test
  void a_comparison_that_turns_twice_between_two_values_that_are_looked_at_is_not_passed_over(
      @TempDir Path folder) throws IOException {
    // At 2,485 and 2,741, which are looked at, nothing is refused.
    OneNumber number = dip(folder, 2500);
    assertThat(number.said(2500)).isNotEqualTo(number.said(2400)).isNotEqualTo(number.said(2501));
    assertThat(number.interval(0).to()).as("where it is only looked at a few").isGreaterThan(2500);
    OneNumber.Interval interval = number.interval(100);
    assertThat(interval.to()).isEqualTo(2499);
    assertThat(interval.provenTo()).isEqualTo(2499);
  }

  @Test
  void what_is_not_proven_is_not_said_to_be(@TempDir Path folder) throws IOException {
    OneNumber number = dip(folder, 4000);
    OneNumber.Interval interval = number.interval(100);
    assertThat(interval.unproven()).containsExactly("budget/dip");
    // A hundred values are decided one by one; the next is one of those that are looked at anyway.
    assertThat(interval.provenTo()).isEqualTo(2501);
    assertThat(interval.to()).as("what was found, and is no more than that").isGreaterThan(2501);
    for (long value : grid(2400, interval.provenFrom(), interval.provenTo())) {
      assertThat(number.said(value)).isEqualTo(number.said(2400));
    }
  }

  @Test
  void two_values_that_both_rise_and_cross_there_and_back_are_told_apart(@TempDir Path folder)
      throws IOException {
    // At each 36th of 37, such as 2,404; at 2,401 and 2,405, which are looked at, they are not.
    Advisor advisor =
        with(
            folder,
            "rejections/budget.drl",
            REJECTED.formatted(
                "steps", "budgetUsd > Math.floor( budgetUsd / 37.0 ) * 37.0 + 35.5"));
    OneNumber number = new OneNumber(advisor, file("writer"), "budgetUsd");
    assertThat(number.said(2404)).isNotEqualTo(number.said(2400)).isNotEqualTo(number.said(2405));
    OneNumber.Interval interval = number.interval(0);
    assertThat(interval.unproven()).isEmpty();
    assertThat(interval.oneByOne()).as("the rule can be computed").isEmpty();
    assertThat(List.of(interval.from(), interval.to())).containsExactly(2368L, 2403L);
  }

  @Test
  void the_whole_interval_of_the_prompt_is_proven_although_all_speeds_fall_with_it() {
    OneNumber number = new OneNumber(shipped, file("writer"), "promptTokens");
    OneNumber.Interval interval = number.interval();
    assertThat(interval.unproven()).isEmpty();
    assertThat(List.of(interval.provenFrom(), interval.provenTo()))
        .containsExactly(interval.from(), interval.to());
    List<Object> said = number.said(number.dial.now());
    for (long value = interval.from(); value <= interval.to(); value += 37) {
      assertThat(number.said(value)).as("promptTokens %d", value).isEqualTo(said);
    }
  }

  @Test
  void a_decision_at_a_value_is_that_of_the_one_decision_function() {
    for (String name : List.of("writer", "small-team", "help-me-choose", "enough-already")) {
      OneNumber number = new OneNumber(shipped, file(name), "contextTokens");
      Outward outward = new Outward(shipped, number.dial, number.reading(number.dial));
      for (long value : new long[] {512, 8192, 16384}) {
        Standing standing = outward.at(value).standing();
        Standing decided = Standing.of(shipped.decide(number.reading(number.dial).apply(value)));
        assertThat(standing.same(decided)).as("%s at %d", name, value).isTrue();
        assertThat(Objects.equals(standing.totalUsd(), decided.totalUsd())).isTrue();
      }
    }
  }
}
