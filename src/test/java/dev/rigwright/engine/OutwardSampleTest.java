package dev.rigwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The intervals of sampled decisions, each number of them, against deciding for values all over
 * them. {@code -Drigwright.margins=200} takes so many decisions instead of a few.
 */
class OutwardSampleTest {

  private static final int DECISIONS = Integer.getInteger("rigwright.margins", 4);
  private static final long SEED = Long.getLong("rigwright.margins.seed", 20261126L);
  private static final int WITHIN = 16;

  @Test
  void whatever_the_decision_and_the_number_the_interval_is_that_of_deciding_for_each_value()
      throws Exception {
    List<String> lines = Files.readAllLines(Home.PATH.resolve("facts/requirements/sample.jsonl"));
    Random random = new Random(SEED);
    List<String> wrong = new ArrayList<>();
    int looked = 0;
    for (int i = 0; i < DECISIONS; i++) {
      String line = lines.get(random.nextInt(lines.size()));
      for (Dial dial : Dial.of(Home.requirement(line))) {
        if (dial.now() != null) {
          check(line, dial.field(), random, wrong);
          looked++;
        }
      }
    }
    assertThat(looked).isGreaterThan(5 * DECISIONS);
    assertThat(wrong).isEmpty();
  }

  @Test
  void scores_that_run_close_to_each_other_over_millions_of_tokens_are_told_apart()
      throws IOException {
    String line = Files.readString(Home.PATH.resolve("facts/requirements/no-budget.json"));
    OneNumber.Interval interval = new OneNumber(Home.advisor(), line, "answerTokens").interval(300);
    assertThat(interval.to()).as("longer answers").isGreaterThan(10_000_000);
    assertThat(interval.provenTo()).isEqualTo(interval.to());
    assertThat(interval.provenFrom()).isEqualTo(interval.from());
  }

  private static void check(String line, String field, Random random, List<String> wrong) {
    OneNumber number = new OneNumber(Home.advisor(), line, field);
    OneNumber.Interval interval = number.interval(300);
    long now = number.dial.now();
    List<Object> said = number.said(now);
    for (long value : within(now, interval.from(), interval.to(), random)) {
      if (!number.said(value).equals(said)) {
        wrong.add("%s at %d within %s of %s".formatted(field, value, interval, line));
        return;
      }
    }
    // So far estimates are watched where 300 values may be decided for.
    if (interval.from() < interval.provenFrom() && now - interval.provenFrom() < 150_000
        || interval.to() > interval.provenTo() && interval.provenTo() - now < 150_000) {
      wrong.add(
          "%s is certain from %d to %d only of %s"
              .formatted(field, interval.provenFrom(), interval.provenTo(), line));
    }
    boolean all = interval.oneByOne().isEmpty();
    if (all
        && interval.from() > number.dial.least()
        && number.said(interval.from() - 1).equals(said)) {
      wrong.add("%s below %s of %s".formatted(field, interval, line));
    }
    if (all && interval.to() < number.dial.most() && number.said(interval.to() + 1).equals(said)) {
      wrong.add("%s above %s of %s".formatted(field, interval, line));
    }
  }

  /** Both ends, and values in between: most of them near the value, where intervals are dense. */
  private static SortedSet<Long> within(long now, long from, long to, Random random) {
    SortedSet<Long> values = new TreeSet<>(List.of(from, to));
    for (int i = 0; i < WITHIN; i++) {
      boolean up = random.nextBoolean();
      double room = up ? to - now : now - from;
      // As many between 10 and 100 away as between 1,000 and 10,000.
      long away = Math.min((long) room, (long) Math.exp(random.nextDouble() * Math.log1p(room)));
      values.add(up ? now + away : now - away);
    }
    return values;
  }
}
