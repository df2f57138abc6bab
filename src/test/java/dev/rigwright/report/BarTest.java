package dev.rigwright.report;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BarTest {

  @Test
  void cells_are_shared_out_by_size() {
    Bar bar = Bar.of(18, 2, 1, 21, 24);
    assertThat(bar.drawn(24, false)).isEqualTo("##################==-...");
    assertThat(bar.drawn(24, true)).isEqualTo("██████████████████▓▓▒░░░");
  }

  @Test
  void cells_that_rounding_leaves_go_to_the_largest_remainders() {
    assertThat(Bar.of(10, 1, 1, 12, 16).drawn(12, false)).isEqualTo("#######=-...");
  }

  @Test
  void what_does_not_fit_stands_out() {
    assertThat(Bar.of(18, 2, 1, 21, 14).drawn(21, false)).isEqualTo("##############!!!!!!!");
  }

  @Test
  void an_empty_memory_still_has_its_width() {
    assertThat(Bar.of(0, 0, 0, 0, 0).drawn(10, false)).hasSize(10);
  }

  @Property
  void a_bar_has_its_width_whatever_it_shows(
      @ForAll @DoubleRange(max = 500) double weights,
      @ForAll @DoubleRange(max = 500) double kvCache,
      @ForAll @DoubleRange(max = 50) double overhead,
      @ForAll @DoubleRange(max = 1000) double available,
      @ForAll @IntRange(min = 1, max = 200) int width) {
    Bar bar = Bar.of(weights, kvCache, overhead, weights + kvCache + overhead, available);
    assertThat(bar.drawn(width, false)).hasSize(width);
    assertThat(Page.length(bar.drawn(width, true))).isEqualTo(width);
  }
}
