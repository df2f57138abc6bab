package dev.rigwright.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.Home;
import dev.rigwright.audit.WhatWould.Change;
import dev.rigwright.domain.Outcome;
import dev.rigwright.engine.Outline;
import dev.rigwright.facts.BadInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would bring something about, against deciding for each value of a grid. */
class WhatWouldTest {

  private static final String WRITER =
      """
      {"id": "writer", "budgetUsd": 2400, "asOf": "2026-11-22", "contextTokens": 8192,
       "models": [{"id": "qwen2.5-32b", "quantization": "q4_k_m"}]}
      """;
  private static final String POOR =
      """
      {"id": "poor", "budgetUsd": 900, "asOf": "2026-11-22", "contextTokens": 8192, "users": 3,
       "condition": "new", "models": [{"id": "qwen2.5-32b", "quantization": "q4_k_m"}]}
      """;

  @TempDir static Path folder;
  private static DecisionLog log;

  @BeforeAll
  static void record() {
    log = DecisionLog.open(folder.resolve("log.sqlite"));
    log.record(Home.advisor(), List.of(Log.entry(WRITER), Log.entry(POOR)));
  }

  @AfterAll
  static void close() {
    log.close();
  }

  private static WhatWould ask(String id, String wanted) {
    return WhatWould.of(log.rederive(log.newest(id)), wanted, Margins.MOST_DECIDED, field -> {});
  }

  private static Change of(WhatWould what, String field) {
    return what.changes().stream()
        .filter(one -> one.field().equals(field))
        .findFirst()
        .orElseThrow();
  }

  private static Outline decided(String json, String field, long value) {
    ObjectNode asked =
        (ObjectNode) Home.advisor().reader().parse(json.getBytes(StandardCharsets.UTF_8));
    asked.put(field, value);
    return Home.advisor().outline(Home.advisor().reader().read(asked, Home.TODAY));
  }

  /** No value of a grid that is nearer does, and the one that is named does. */
  private static void nearest(
      String json, Change change, long from, long step, Predicate<Outline> wanted) {
    long to = ((Number) change.to()).longValue();
    assertThat(wanted.test(decided(json, change.field(), to))).as("%s", change).isTrue();
    long far = Math.abs(to - from);
    List<Long> nearer = new ArrayList<>(List.of(far - 1, Math.max(0, far - 2)));
    for (long at = 0; at < far; at += step) {
      nearer.add(at);
    }
    for (long by : nearer) {
      assertThat(wanted.test(decided(json, change.field(), from + by)))
          .as("%s, but %d would do", change, from + by)
          .isFalse();
      if (from > by) {
        assertThat(wanted.test(decided(json, change.field(), from - by)))
            .as("%s, but %d would do", change, from - by)
            .isFalse();
      }
    }
  }

  @Test
  void the_smallest_budget_that_brings_a_verdict_is_found() {
    WhatWould what = ask("poor", "recommended");
    assertThat(what.now().verdict()).isEqualTo(Outcome.INFEASIBLE);
    nearest(
        POOR, of(what, "budgetUsd"), 900, 40, outline -> outline.verdict() == Outcome.RECOMMENDED);
    assertThat(of(what, "contextTokens").to()).as("no context makes it cheap enough").isNull();
    assertThat(of(what, "contextTokens").looked()).isEqualTo("1 to 131072");
    assertThat(of(what, "condition").looked()).isEqualTo("any, used");
  }

  @Test
  void the_nearest_change_that_makes_a_verdict_infeasible_is_found() {
    WhatWould what = ask("writer", "infeasible");
    Predicate<Outline> infeasible = outline -> outline.verdict() == Outcome.INFEASIBLE;
    nearest(WRITER, of(what, "budgetUsd"), 2400, 40, infeasible);
    nearest(WRITER, of(what, "users"), 1, 1, infeasible);
    nearest(WRITER, of(what, "contextTokens"), 8192, 127, infeasible);
    assertThat(what.changes()).allMatch(change -> change.unproven().isEmpty());
    Change context = of(what, "contextTokens");
    long far = ((Number) context.to()).longValue() - 8192;
    assertThat(context.certainTo()).isEqualTo(8192 + far - 1);
    assertThat(context.certainFrom()).isEqualTo(Math.max(1, 8192 - far + 1));
    assertThat(of(what, "contextTokens").proven()).startsWith("d-");
  }

  /** Every value on both sides, until one does. */
  private static Long decidedOneByOne(
      String json, String field, long from, long least, long most, Predicate<Outline> wanted) {
    for (long far = 1; from + far <= most || from - far >= least; far++) {
      if (from + far <= most && wanted.test(decided(json, field, from + far))) {
        return from + far;
      }
      if (from - far >= least && wanted.test(decided(json, field, from - far))) {
        return from - far;
      }
    }
    return null;
  }

  @Test
  void the_nearest_number_of_people_and_the_nearest_context_are_those_of_deciding_for_each() {
    String json =
        """
        {"id": "team", "budgetUsd": 3100, "asOf": "2026-11-22", "contextTokens": 32768, "users": 5,
         "models": [{"sizeB": 8}], "useCases": ["coding"]}
        """;
    log.record(Home.advisor(), List.of(Log.entry(json)));
    WhatWould one = ask("team", "rtx-3090");
    Predicate<Outline> card =
        outline -> outline.picked() != null && outline.picked().plainCards().equals("rtx-3090");
    WhatWould none = ask("team", "infeasible");
    Predicate<Outline> infeasible = outline -> outline.verdict() == Outcome.INFEASIBLE;
    for (WhatWould what : List.of(one, none)) {
      Predicate<Outline> wanted = what == one ? card : infeasible;
      Change users = of(what, "users");
      assertThat(users.unproven()).isEmpty();
      assertThat(users.to() == null ? null : ((Number) users.to()).longValue())
          .as("%s", users)
          .isEqualTo(decidedOneByOne(json, "users", 5, 1, 40, wanted));
    }
    Change context = of(none, "contextTokens");
    assertThat(context.unproven()).isEmpty();
    nearest(json, context, 32768, 151, infeasible);
  }

  @Test
  void what_is_so_already_needs_no_change() {
    WhatWould what = ask("writer", "GeForce RTX 3090");
    assertThat(what.holds()).isTrue();
    assertThat(what.possible()).isTrue();
    assertThat(what.changes()).isEmpty();
    assertThat(what.wanted()).isEqualTo("rtx-3090");
  }

  @Test
  void a_card_that_nothing_brings_about_is_said_of_every_field() {
    WhatWould what = ask("writer", "gtx-1080-ti");
    assertThat(what.possible()).isFalse();
    assertThat(what.changes())
        .extracting(Change::field)
        .containsExactly("budgetUsd", "users", "contextTokens", "owned.psuWatts", "condition");
    assertThat(of(what, "budgetUsd").looked()).isEqualTo("1 to 10000000");
  }

  @Test
  void an_unknown_card_is_refused_with_the_nearest() {
    assertThatThrownBy(() -> ask("writer", "rtx-3091"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("rtx-3090");
  }
}
