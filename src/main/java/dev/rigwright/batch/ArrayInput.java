package dev.rigwright.batch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.rigwright.facts.Json;
import java.io.IOException;
import java.io.InputStream;

/**
 * One JSON array of objects. An element that is JSON and no requirement spoils no other; where it
 * stops being JSON, nothing after it can be read.
 */
final class ArrayInput implements Input {

  /** A requirement has some dozens; what has more is none, and must not fill the memory. */
  private static final int MOST_TOKENS = 100_000;

  private static final ObjectReader ELEMENT =
      Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final JsonParser parser;
  private long number;
  private boolean over;

  ArrayInput(InputStream in) throws IOException {
    parser = Json.MAPPER.createParser(in);
    // What is wrong within an element is found when the element is read by itself.
    parser.disable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    parser.enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS.mappedFeature());
  }

  @Override
  public Item next() throws IOException {
    if (over) {
      return null;
    }
    number++;
    try {
      if (number == 1 && parser.nextToken() != JsonToken.START_ARRAY) {
        return end("Found %s; a file of JSON is an array of requirements.", parser.currentToken());
      }
      if (parser.nextToken() == JsonToken.END_ARRAY) {
        over = true;
        return parser.nextToken() == null
            ? null
            : end("Found %s behind the array.", parser.currentToken());
      }
      if (parser.currentToken() == null) {
        return end("The array is not closed. Maybe the file was cut off.", null);
      }
      return element();
    } catch (JsonProcessingException malformed) {
      return end(
          "%s Nothing after this can be read. Maybe one object a line (JSONL) keeps a bad one from hiding the rest.",
          Json.problem(malformed));
    }
  }

  /** Reads an element to its end, whatever it is. */
  private Item element() throws IOException {
    Item refused = null;
    try (TokenBuffer element = new TokenBuffer(parser)) {
      int depth = 0;
      int tokens = 0;
      while (true) {
        JsonToken token = parser.currentToken();
        if (token == null) {
          return end("The array is not closed. Maybe the file was cut off.", null);
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        tokens++;
        if (refused == null && tokens > MOST_TOKENS) {
          refused =
              refused(
                  Figures.text(
                      "It has more than %,d values. Maybe it is no requirement.", MOST_TOKENS));
        } else if (refused == null && wordAsNumber(token)) {
          refused = refused("Found %s, which is no number in JSON.".formatted(parser.getText()));
        } else if (refused == null) {
          element.copyCurrentEvent(parser);
        }
        if (depth == 0) {
          break;
        }
        parser.nextToken();
      }
      if (refused != null) {
        return refused;
      }
      try (JsonParser read = element.asParser()) {
        return Item.tree(number, ELEMENT.readTree(read));
      } catch (JsonProcessingException wrong) {
        return refused(
            Json.problem(wrong)
                .replaceFirst(" for `ObjectNode`: not allowed when `[^`]*` enabled", ""));
      }
    }
  }

  /** Whether it is NaN or an infinity; a number that is only too large is judged as one. */
  private boolean wordAsNumber(JsonToken token) throws IOException {
    if (token != JsonToken.VALUE_NUMBER_FLOAT) {
      return false;
    }
    String text = parser.getText();
    return Character.isLetter(text.charAt(text.length() - 1));
  }

  private Item refused(String message) {
    return Item.refused(number, at(), message);
  }

  private String at() {
    var at = parser.currentLocation();
    return Figures.text("line %d, column %d", at.getLineNr(), at.getColumnNr());
  }

  private Item end(String message, Object found) {
    over = true;
    return Item.refused(number, at(), message.formatted(found));
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
