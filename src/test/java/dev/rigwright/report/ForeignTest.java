package dev.rigwright.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ForeignTest {

  @Test
  void control_characters_go_and_line_ends_become_a_blank() {
    assertThat(Foreign.line("a\u001b[31mb\u0007\r\nc\td\u0085e\u009bf")).isEqualTo("a[31mb c d ef");
  }

  @Test
  void what_turns_the_direction_of_writing_goes() {
    assertThat(Foreign.line("abc\u202egnp.exe\u2066x\u200f")).isEqualTo("abcgnp.exex");
  }

  @Test
  void letters_of_every_language_and_joined_pictures_stay() {
    String text = "Größe 模型 עברית \uD83D\uDC69\u200D\uD83D\uDCBB";
    assertThat(Foreign.line(text)).isEqualTo(text);
  }

  @Test
  void half_a_surrogate_pair_goes() {
    assertThat(Foreign.line("a\uD83Db")).isEqualTo("ab");
  }
}
