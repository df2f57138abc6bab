package dev.rigwright.batch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.rigwright.facts.Json;
import java.io.IOException;
import java.io.InputStream;

/** One JSON array of objects. Where it stops being JSON, nothing after it can be read. */
final class ArrayInput implements Input {

  private static final ObjectReader ELEMENT =
      Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final JsonParser parser;
  private long number;
  private boolean over;

  ArrayInput(InputStream in) throws IOException {
    parser = Json.MAPPER.createParser(in);
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
      return Item.tree(number, ELEMENT.readTree(parser));
    } catch (JsonProcessingException malformed) {
      return end(
          "%s Nothing after this can be read. Maybe one object a line (JSONL) keeps a bad one from hiding the rest.",
          Json.problem(malformed));
    }
  }

  private Item end(String message, Object found) {
    over = true;
    var at = parser.currentLocation();
    return Item.refused(
        number,
        "line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()),
        message.formatted(found));
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
