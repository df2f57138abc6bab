package dev.rigwright.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.web.page.AnswerView.Bar;
import dev.rigwright.web.page.AnswerView.Key;
import dev.rigwright.web.page.AnswerView.MemoryView;
import dev.rigwright.web.page.AnswerView.Segment;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The legend of the bars of memory names what is drawn, and nothing else. */
class MemoryLegendTest {

  private static List<String> legend(Segment... drawn) {
    Bar bar = new Bar("Card", "", Stream.of(drawn).toList());
    return new MemoryView("", null, List.of(bar)).legend().stream().map(Key::name).toList();
  }

  private static Segment segment(String kind, long length) {
    return new Segment(kind, kind, "", 0, length);
  }

  @Test
  void what_is_too_much_has_its_entry_and_nothing_is_free() {
    assertThat(legend(segment("weights", 700), segment("kv", 300), segment("over", 90)))
        .containsExactly("weights", "KV cache", "more than the card has");
  }

  @Test
  void a_card_of_several_models_is_one_stretch() {
    assertThat(legend(segment("used", 800), segment("free", 200)))
        .containsExactly("models on the card", "free");
  }

  @Test
  void a_stretch_of_no_length_is_not_named() {
    assertThat(legend(segment("weights", 1000), segment("free", 0))).containsExactly("weights");
  }
}
