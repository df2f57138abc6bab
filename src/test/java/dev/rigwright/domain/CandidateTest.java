package dev.rigwright.domain;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** How answers name cards, and what such a name says. */
class CandidateTest {

  @Property
  void a_name_of_cards_tells_card_and_number(
      @ForAll @AlphaChars @StringLength(min = 1, max = 12) String gpu,
      @ForAll @IntRange(min = 1, max = 64) int count) {
    String cards = Candidate.cards(gpu, count);
    assertThat(Candidate.gpuOf(cards)).isEqualTo(gpu);
    assertThat(Candidate.countOf(cards)).isEqualTo(count);
  }

  @Test
  void an_id_may_begin_with_digits_and_hold_an_x() {
    assertThat(Candidate.gpuOf("2x 4000-ada")).isEqualTo("4000-ada");
    assertThat(Candidate.gpuOf("4000-ada")).isEqualTo("4000-ada");
    assertThat(Candidate.gpuOf("rx-7900-xtx")).isEqualTo("rx-7900-xtx");
    assertThat(Candidate.countOf("16x rx-7900-xtx")).isEqualTo(16);
    assertThat(Candidate.gpuOf("")).isEmpty();
  }
}
