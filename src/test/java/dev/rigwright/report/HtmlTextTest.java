package dev.rigwright.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTextTest {

  @Test
  void a_text_of_several_lines_keeps_its_columns() {
    assertThat(HtmlText.lines("BUY\n  RTX 3090 24 GB     700-900     800 USD\n\n  <b>  x"))
        .isEqualTo("BUY\n  RTX 3090 24 GB     700-900     800 USD\n\n  &lt;b&gt;  x");
  }

  @Test
  void what_steers_a_terminal_or_turns_the_writing_is_left_out_of_it() {
    assertThat(HtmlText.lines("  a\u001b[31m   b\u202ec  ")).isEqualTo("  a[31m   bc  ");
  }
}
