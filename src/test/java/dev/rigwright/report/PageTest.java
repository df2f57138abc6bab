package dev.rigwright.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.report.Page.Look;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {

  @Test
  void a_figure_keeps_its_unit() {
    assertThat(Page.wrapped("the budget is 2,400 USD", 19, 19))
        .containsExactly("the budget is", "2,400 USD");
  }

  @Test
  void a_word_longer_than_the_line_stands_alone() {
    assertThat(Page.wrapped("a very-long-word-indeed b", 8, 8))
        .containsExactly("a", "very-long-word-indeed", "b");
  }

  @Test
  void grounds_stand_at_the_right_end_where_there_is_room() {
    Page page = new Page(60, false);
    page.grounded("  ", Look.PLAIN, "  ", "Short.", List.of("fit/too-large", "guide#G083"));
    assertThat(page.toString())
        .isEqualTo("  Short." + " ".repeat(26) + "fit/too-large · guide#G083\n");
  }

  @Test
  void grounds_stand_on_their_own_line_where_there_is_not() {
    Page page = new Page(30, false);
    page.grounded("  ", Look.PLAIN, "  ", "A line of some length.", List.of("fit/too-large"));
    assertThat(page.toString()).isEqualTo("  A line of some length.\n  fit/too-large\n");
  }

  @Test
  void colour_is_put_on_after_measuring() {
    Page page = new Page(30, true);
    page.ends("left", Look.BOLD, "right", Look.PLAIN);
    assertThat(page.toString()).isEqualTo("\u001b[1mleft\u001b[0m" + " ".repeat(21) + "right\n");
  }
}
