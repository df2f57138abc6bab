package dev.rigwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.domain.Sizing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Estimates that are watched, against those that the engine concludes for every value. */
class WatchedTest {

  private static final List<String> FIGURES =
      List.of(
          "needBytes",
          "leftBytes",
          "missingBytes",
          "marginPercent",
          "tokensPerSecond",
          "totalTokensPerSecond",
          "promptTokensPerSecond",
          "firstTokenSeconds",
          "lastFirstTokenSeconds",
          "fullContextTokensPerSecond");

  private final Advisor shipped = Home.advisor();

  private Map<String, Sizing> estimates(OneNumber number, long value) {
    Map<String, Sizing> byCards = new HashMap<>();
    Outward outward = new Outward(shipped, number.dial, number.reading(number.dial));
    for (Object fact : outward.at(value).facts().passes().get(0).facts()) {
      if (fact instanceof Sizing sizing) {
        byCards.put(sizing.cards(), sizing);
      }
    }
    return byCards;
  }

  private Long watched(OneNumber number, long from, long to) {
    Outward outward = new Outward(shipped, number.dial, number.reading(number.dial));
    Pass pass = outward.at(from).facts().passes().get(0);
    return new Watched(
            RuleParts.of(shipped.rulebook()),
            pass,
            number.dial.field(),
            value -> number.dial.turned(pass.requirement(), value),
            from)
        .turnsBack(to);
  }

  /** The first value at which an estimate of the engine turns back; null where there is none. */
  private Long decided(OneNumber number, long from, long to) {
    Map<String, Sizing> first = estimates(number, from);
    Map<String, Double> last = new HashMap<>();
    Map<String, Integer> ways = new HashMap<>();
    for (long value = from; value <= to; value++) {
      Map<String, Sizing> now = estimates(number, value);
      for (String cards : first.keySet()) {
        if (now.get(cards).split() != first.get(cards).split()) {
          return value;
        }
        for (String name : FIGURES) {
          Number figure = (Number) Reckoner.property(now.get(cards), name);
          double is = figure == null ? Double.NaN : figure.doubleValue();
          Double was = last.put(cards + name, is);
          int way = was == null ? 0 : (int) Math.signum(is - was);
          Integer before = way == 0 ? null : ways.put(cards + name, way);
          if (before != null && before != way
              || was != null && Double.isNaN(was) != Double.isNaN(is)) {
            return value;
          }
        }
      }
    }
    return null;
  }

  private static final Map<String, String> ASKED =
      Map.of(
          "newsroom",
          """
          {"budgetUsd": 17450, "scope": "build", "models": [{"id": "qwen3-32b"}], "users": 25,
           "contextTokens": %d, "useCases": ["coding"], "engine": "llama.cpp"}
          """,
          "two old cards",
          """
          {"models": [{"id": "deepseek-r1-distill-qwen-7b"}, {"id": "granite-4.1-3b"}],
           "contextTokens": %d, "engine": "llama.cpp",
           "owned": {"gpus": [{"id": "gtx-1080", "count": 2}]}}
          """,
          "team",
          """
          {"budgetUsd": 3100, "scope": "build", "models": [{"sizeB": 8}], "users": 5,
           "contextTokens": %d, "useCases": ["coding"]}
          """);

  @ParameterizedTest
  @CsvSource({
    "newsroom, 11800, 12000",
    "newsroom, 9290, 9410",
    "two old cards, 57900, 58000",
    "team, 32768, 32900"
  })
  void they_go_one_way_up_to_the_value_that_is_named(String name, long from, long to) {
    OneNumber number = new OneNumber(shipped, ASKED.get(name).formatted(from), "contextTokens");
    Long back = watched(number, from, to);
    long end = back == null ? to : back;
    assertThat(decided(number, from, end)).isEqualTo(back);
  }

  @Test
  void with_a_longer_context_the_fullest_of_two_cards_may_be_emptier() {
    OneNumber number =
        new OneNumber(shipped, ASKED.get("two old cards").formatted(57750), "contextTokens");
    Long back = watched(number, 57750, 58000);
    assertThat(back).isNotNull();
    Sizing before = estimates(number, back - 1).get("2x gtx-1080");
    Sizing then = estimates(number, back).get("2x gtx-1080");
    assertThat(then.marginPercent()).isGreaterThan(before.marginPercent());
    assertThat(then.split()).isEqualTo(before.split());
  }
}
