package dev.rigwright.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.facts.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where two documents differ, and how that is said. */
class DifferenceTest {

  private static JsonNode tree(String json) throws Exception {
    return Json.MAPPER.readTree(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1} | {\"a\":1} | ``",
        "{\"a\":1} | {\"a\":2} | /a 1 2",
        "{\"a\":1} | {} | /a 1 null",
        "{} | {\"a/b~c\":1} | /a~1b~0c null 1",
        "{\"a\":null} | {\"a\":{}} | /a null {}",
        "{\"a\":[1,2]} | {\"a\":[1,3]} | /a/1 2 3",
        "{\"a\":[1,2]} | {\"a\":[1]} | /a/1 2 null",
        "{\"a\":[\"x\",\"y\"]} | {\"a\":[\"y\"]} | /a/0 \"x\" null",
        "{\"a\":[\"x\",\"y\"]} | {\"a\":[\"y\",\"x\"]} | /a [\"x\",\"y\"] [\"y\",\"x\"]",
        "[{\"rule\":\"r\",\"says\":\"a\"},{\"rule\":\"s\",\"says\":\"b\"}] | [{\"rule\":\"s\",\"says\":\"c\"}] | /0 {\"rule\":\"r\",\"says\":\"a\"} null; /1/says \"b\" \"c\"",
        "[{\"rule\":\"r\"}] | [{\"rule\":\"r\"},{\"rule\":\"r\"}] | /1 null {\"rule\":\"r\"}",
        "{\"a\":{\"b\":true}} | {\"a\":[]} | /a {\"b\":true} []",
      })
  void each_place_is_named_with_what_stood_and_stands_there(String was, String now, String found)
      throws Exception {
    assertThat(
            String.join(
                "; ",
                Difference.between(tree(was), tree(now)).stream()
                    .map(one -> one.pointer() + " " + one.was() + " " + one.now())
                    .toList()))
        .isEqualTo(found == null ? "" : found);
  }
}
