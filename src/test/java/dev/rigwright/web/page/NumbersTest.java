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
  }

  @Test
  void figures_inside_a_sentence_are_turned_and_versions_and_names_are_not() {
    assertThat(german.said("needs 30.9 GiB, has 28.8; 1,628 W and 5,080 USD"))
        .isEqualTo("needs 30,9 GiB, has 28,8; 1.628 W and 5.080 USD");
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
        "needs 21.0 GiB, has 15.5. | needs 21,0 GiB, has 15,5.",
        "Needs 21.0 GiB, has 15.53 (and 16 more) | Needs 21,0 GiB, has 15,53 (and 16 more)",
        "2.3 tokens a second (1.7-2.8) | 2,3 tokens a second (1,7-2,8)",
        "7.1 tokens a second (5.3-8.9), for one | 7,1 tokens a second (5,3-8,9), for one",
        "9.3 tokens a second (8.9–12) | 9,3 tokens a second (8,9–12)",
        "1.5-2 GiB, 1.5-2.5 GiB | 1,5-2 GiB, 1,5-2,5 GiB",
        "12.5 tokens a second for each 1,000 USD | 12,5 tokens a second for each 1.000 USD",
        "24 GB offer 14.4; they need 53 GiB of 43.2. | 24 GB offer 14,4; they need 53 GiB of 43,2.",
        "About 2.3 tokens a second, 7.5 are asked for | About 2,3 tokens a second, 7,5 are asked for",
        "9.5 where 7.5 are asked for | 9,5 where 7,5 are asked for",
        "a 5090 measures 1.3-1.9 times as fast | a 5090 measures 1,3-1,9 times as fast",
        "1.234 kWh, 1,234.5 GiB | 1,234 kWh, 1.234,5 GiB",
        "weights 18.3, cache 2.5, overhead 0.7 | weights 18,3, cache 2,5, overhead 0,7",
      })
  void all_that_is_measured_has_one_decimal_mark(String english, String said) {
    assertThat(german.said(english)).isEqualTo(said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ATX 3.1",
        "It is ATX 3.1.",
        "fine if it is ATX 3.0 or 3.1 (850 W for that)",
        "Llama 3.1 70B at awq, Llama 3.1-8B, Llama-3.1-8B, Llama 3.1.",
        "Qwen2.5 32B and Qwen2.5-7B and llama3.1:8b",
        "80+ Gold",
        "the board has 5.0 x16 and 4.0 x4",
        "it has 3.1.4",
        "PRICING-TIERS.md (Apache-2.0)",
        "CUDA (11.8-12.4)",
        "as of 2026-11-20, G003",
      })
  void versions_and_names_stay_as_they_are(String text) {
    assertThat(german.said(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "ar", "fa-IR", "ckb", "ar-EG-u-nu-arab", "ks"})
  void separators_are_those_of_latin_digits(String language) {
    Numbers numbers = Numbers.of(language);
    assertThat(numbers.usd(12500)).isEqualTo("12,500 USD");
    assertThat(numbers.gib(52.9)).isEqualTo("52.9 GiB");
    assertThat(numbers.said("1,628 W of 52.9 GiB")).isEqualTo("1,628 W of 52.9 GiB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-IN", "hi-IN", "hi", "bn-BD", "mr-IN", "ta-IN", "hi-Latn-IN"})
  void in_india_digits_are_grouped_by_two_before_the_last_three(String language) {
    Numbers numbers = Numbers.of(language);
    assertThat(numbers.whole(125000)).isEqualTo("1,25,000");
    assertThat(numbers.whole(-12345678)).isEqualTo("-1,23,45,678");
    assertThat(numbers.whole(12500)).isEqualTo("12,500");
    assertThat(numbers.whole(999)).isEqualTo("999");
    assertThat(numbers.tenths(125000.5)).isEqualTo("1,25,000.5");
    assertThat(numbers.said("1,234,567 USD and 1,628.5 W, not 131072"))
        .isEqualTo("12,34,567 USD and 1,628.5 W, not 131072");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "en-GB", "kn-IN", "ur-IN", "ta-SG", "ar-EG"})
  void elsewhere_digits_are_grouped_by_three(String language) {
    assertThat(Numbers.of(language).whole(1250000)).isEqualTo("1,250,000");
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
