package dev.rigwright.facts;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleDeserializers;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.rigwright.domain.Word;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** How JSON is read and written everywhere: strictly, enums by their word, dates as text. */
public final class Json {

  /** The one mapper. */
  public static final JsonMapper MAPPER = mapper();

  /** Lays JSON out for people: indented by two spaces, with line feeds on every system. */
  public static final DefaultPrettyPrinter PRINTER = printer();

  private Json() {}

  /** What is wrong with a text that is no JSON, without the parser's own addresses. */
  public static String problem(JsonProcessingException malformed) {
    String said = malformed.getOriginalMessage();
    return "This is no JSON: "
        + (said.startsWith("Trailing token") ? "More follows after its end" : said)
            .replaceFirst("(?s) \\((start marker|for \\w+ starting).*", "")
            // What a programmer could switch on helps nobody who wrote the text.
            .replaceFirst(": enable `[^`]*` to allow$", "")
            .replaceFirst(", from `[^`]*`\\)$", ")")
        + "."
        + (said.startsWith("Invalid UTF-8")
            ? " Maybe the text is in another encoding, such as Latin-1."
            : "");
  }

  /** Line feeds and indentation, encoded once: a decision has thousands of them. */
  private static final class Lines implements DefaultPrettyPrinter.Indenter {
    private static final List<SerializedString> BY_LEVEL =
        IntStream.range(0, 16).mapToObj(Lines::line).toList();

    private static SerializedString line(int level) {
      return new SerializedString("\n" + "  ".repeat(level));
    }

    @Override
    public void writeIndentation(JsonGenerator generator, int level) throws IOException {
      generator.writeRaw(level < BY_LEVEL.size() ? BY_LEVEL.get(level) : line(level));
    }

    @Override
    public boolean isInline() {
      return false;
    }
  }

  private static DefaultPrettyPrinter printer() {
    DefaultPrettyPrinter.Indenter lines = new Lines();
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER));
    printer.indentObjectsWith(lines);
    printer.indentArraysWith(lines);
    return printer;
  }

  private static JsonMapper mapper() {
    SimpleModule words = new SimpleModule("words");
    words.setDeserializers(new WordDeserializers());
    words.addSerializer(Word.class, ToStringSerializer.instance);
    JsonMapper mapper =
        JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(words)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            // The same digits on every Java: its own way of writing a double changed with 19.
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();
    mapper
        .coercionConfigFor(LogicalType.Textual)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    return mapper;
  }

  private static final class WordDeserializers extends SimpleDeserializers {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonDeserializer<?> findEnumDeserializer(
        Class<?> type, DeserializationConfig config, BeanDescription description) {
      return Word.class.isAssignableFrom(type) ? new WordDeserializer(type) : null;
    }

    @Override
    public boolean hasDeserializerFor(DeserializationConfig config, Class<?> type) {
      return Word.class.isAssignableFrom(type);
    }
  }

  private static final class WordDeserializer extends JsonDeserializer<Object> {
    private final Class<?> type;

    WordDeserializer(Class<?> type) {
      this.type = type;
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        return context.handleUnexpectedToken(type, parser);
      }
      StringBuilder known = new StringBuilder();
      for (Object constant : type.getEnumConstants()) {
        String word = ((Word) constant).word();
        if (word.equals(parser.getText())) {
          return constant;
        }
        known.append(known.isEmpty() ? "" : ", ").append(word);
      }
      return context.handleWeirdStringValue(type, parser.getText(), "must be one of " + known);
    }
  }
}
