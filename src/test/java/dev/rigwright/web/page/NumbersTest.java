package dev.rigwright.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

  private final Numbers german = new Numbers(Locale.GERMANY);

  @Test
  void dollars_and_memory_have_the_separators_of_the_language() {
    assertThat(german.usd(12345)).isEqualTo("12.345 USD");
    assertThat(german.gib(31.84)).isEqualTo("31,8 GiB");
    assertThat(new Numbers(Locale.US).usd(12345)).isEqualTo("12,345 USD");
    assertThat(new Numbers(Locale.FRANCE).usd(12345)).isEqualTo("12\u202f345 USD");
    assertThat(new Numbers(Locale.forLanguageTag("ar-EG")).usd(12345)).matches("[0-9].*USD");
  }

  @Test
  void figures_inside_a_sentence_are_turned_and_versions_and_names_are_not() {
    assertThat(german.said("needs 30.9 GiB, has 28.8; 1,628 W and 5,080 USD"))
        .isEqualTo("needs 30,9 GiB, has 28.8; 1.628 W and 5.080 USD");
    assertThat(german.said("31.8 of 43.2 GiB, 26.3 % to spare"))
        .isEqualTo("31,8 of 43,2 GiB, 26,3 % to spare");
    assertThat(german.said("take an ATX 3.0 or 3.1 supply for Llama 3.1 and Qwen2.5 (G003, G018)"))
        .isEqualTo("take an ATX 3.0 or 3.1 supply for Llama 3.1 and Qwen2.5 (G003, G018)");
    assertThat(new Numbers(Locale.US).said("1,628 W, 30.9 GiB")).isEqualTo("1,628 W, 30.9 GiB");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "de-DE,de;q=0.9,en;q=0.8 | de",
        "en-US,en;q=0.5 | en",
        "fr | fr",
        "en;q=0.2,de;q=0.7 | de",
      })
  void the_language_that_is_wanted_most_counts(String header, String language) {
    assertThat(Numbers.of(header).locale().getLanguage()).isEqualTo(language);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", ";;;q=", "<script>", "x-!!"})
  void nonsense_is_read_as_english(String header) {
    assertThat(Numbers.of(header).locale()).isEqualTo(Locale.US);
    assertThat(Numbers.of(null).locale()).isEqualTo(Locale.US);
    assertThat(Numbers.of("de,".repeat(2000)).locale()).isEqualTo(Locale.US);
  }
}
