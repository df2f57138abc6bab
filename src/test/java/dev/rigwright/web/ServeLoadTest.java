package dev.rigwright.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.bench.ServeLoad;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The load of {@code scripts/bench serve}, for a few seconds; its times are judged there. */
class ServeLoadTest {

  @TempDir Path folder;

  @Test
  void under_load_with_edits_and_harm_nothing_is_lost_mixed_or_the_servers_fault()
      throws Exception {
    ServeLoad.Result result = ServeLoad.run(Home.PATH, folder, 40, 6, 60);
    assertThat(result.unexpected()).isEmpty();
    assertThat(result.lost()).isEmpty();
    assertThat(result.statuses()).containsKey(200).doesNotContainKey(500);
    assertThat(result.decisions()).isPositive();
    assertThat(result.messages()).isEmpty();
    assertThat(result.code()).as("it stops tidily").isZero();
  }
}
