package dev.rigwright.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeenIdsTest {

  @Test
  void a_million_ids_are_told_apart_and_each_is_known_again() {
    SeenIds seen = new SeenIds();
    int taken = 0;
    int known = 0;
    for (int i = 0; i < 1_000_000; i++) {
      taken += seen.add(SeenIds.key("r-" + i)) ? 1 : 0;
    }
    for (int i = 0; i < 1_000_000; i++) {
      known += seen.add(SeenIds.key("r-" + i)) ? 0 : 1;
    }
    assertThat(taken).isEqualTo(1_000_000);
    assertThat(known).isEqualTo(1_000_000);
  }
}
