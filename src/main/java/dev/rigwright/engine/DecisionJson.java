package dev.rigwright.engine;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.ResolvableSerializer;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Decision.Disagreement;
import dev.rigwright.engine.Decision.Excluded;
import dev.rigwright.engine.Decision.Said;
import dev.rigwright.facts.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/** A decision as the contract's JSON. */
public final class DecisionJson {

  /** Most decisions take less. */
  private static final int USUAL_BYTES = 64 << 10;

  /** Some dozens of warnings and exclusions stand in nearly every decision. */
  private static final int MOST = 1024;

  /** What many decisions say alike: elements of their lists. */
  private static final Set<Class<?>> QUOTED =
      Set.of(Said.class, Excluded.class, Disagreement.class);

  private static final JsonMapper MAPPER = mapper(Shape.class).build();
  private static final ObjectWriter LINE = quoting(MAPPER, null);
  private static final ObjectWriter PRINTED = quoting(MAPPER, Json.PRINTER);
  private static final ObjectWriter FINGERPRINT =
      quoting(
          mapper(Content.class)
              .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
              .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
              .build(),
          null);

  private DecisionJson() {}

  private static JsonMapper.Builder mapper(Class<?> shape) {
    return Json.MAPPER
        .rebuild()
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
        .addMixIn(Decision.class, shape);
  }

  /**
   * What of a decision is written: all but the way to it; and that there is no pick is written too.
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  private abstract static class Shape {
    @JsonIgnore
    abstract Requirement requirement();

    @JsonIgnore
    abstract Proof proof();

    @JsonIgnore
    abstract DecisionContent content();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    abstract String title();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    abstract List<String> overlaid();
  }

  /** What of a decision its id is made from. */
  private abstract static class Content extends Shape {
    @JsonIgnore
    abstract String decisionId();

    @JsonIgnore
    abstract String requirementId();

    @Override
    @JsonIgnore
    abstract String title();
  }

  /**
   * What of a decision its id is made from, in one form: sorted keys, no white space. Left out are
   * the id itself, and what somebody called the requirement: its id and title. The bytes are not to
   * be changed.
   */
  public static byte[] content(Decision decision) {
    return decision.content().json();
  }

  /** The same of a decision that has no id yet. */
  static byte[] written(Decision decision) {
    return bytes(FINGERPRINT, decision).toByteArray();
  }

  /** An estimate as a tree: the memory and speed of a decision, and what makes it fit. */
  public static ObjectNode tree(Fitting fitting) {
    ObjectNode tree = MAPPER.createObjectNode();
    tree.put("gpu", fitting.gpu());
    tree.put("count", fitting.count());
    tree.set("models", MAPPER.valueToTree(fitting.models()));
    tree.put("verdict", fitting.memory().verdict().word());
    tree.set("memory", MAPPER.valueToTree(fitting.memory()));
    tree.set("speed", MAPPER.valueToTree(fitting.speed()));
    tree.set("perModel", MAPPER.valueToTree(fitting.perModel()));
    tree.set("changes", MAPPER.valueToTree(fitting.changes()));
    tree.set("assumptions", MAPPER.valueToTree(fitting.assumptions()));
    return tree;
  }

  /** The decision on one line, with a line feed at the end, in UTF-8. */
  public static byte[] line(Decision decision) {
    return ended(bytes(LINE, decision));
  }

  /** The decision as a person can read it, with a line feed at the end, in UTF-8. */
  public static byte[] printed(Decision decision) {
    return ended(bytes(PRINTED, decision));
  }

  private static byte[] ended(ByteArrayBuilder text) {
    text.append('\n');
    return text.toByteArray();
  }

  private static ByteArrayBuilder bytes(ObjectWriter writer, Decision decision) {
    ByteArrayBuilder bytes = new ByteArrayBuilder(USUAL_BYTES);
    try {
      writer.writeValue((OutputStream) bytes, decision);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes;
  }

  /** The decision as a tree. */
  public static JsonNode tree(Decision decision) {
    return MAPPER.valueToTree(decision);
  }

  /**
   * Writes what many decisions say alike as it was written before.
   *
   * @param mapper says how
   * @param printer lays it out; null for none
   */
  private static ObjectWriter quoting(JsonMapper mapper, PrettyPrinter printer) {
    ObjectWriter anew = mapper.writer(printer);
    SimpleModule quotes = new SimpleModule("quotes");
    quotes.setSerializerModifier(
        new BeanSerializerModifier() {
          private static final long serialVersionUID = 1L;

          @Override
          @SuppressWarnings("unchecked")
          public JsonSerializer<?> modifySerializer(
              SerializationConfig config, BeanDescription described, JsonSerializer<?> serializer) {
            return QUOTED.contains(described.getBeanClass())
                ? new Quoting((JsonSerializer<Object>) serializer, anew)
                : serializer;
          }
        });
    return mapper.rebuild().addModule(quotes).build().writer(printer);
  }

  /** Writes what stands in a list of a decision, and from the second time on the same text. */
  private static final class Quoting extends JsonSerializer<Object>
      implements ResolvableSerializer {

    /** Behind each line feed, where lines are laid out: the decision's and its list's. */
    private static final String INDENT = "    ";

    private final JsonSerializer<Object> first;
    private final ObjectWriter anew;
    private final Recent<Object, SerializedString> written = new Recent<>(MOST);

    /**
     * Quotes of one type.
     *
     * @param first writes what was not written before
     * @param anew writes what is to be quoted from then on
     */
    Quoting(JsonSerializer<Object> first, ObjectWriter anew) {
      this.first = first;
      this.anew = anew;
    }

    @Override
    public void resolve(SerializerProvider provider) throws JsonMappingException {
      if (first instanceof ResolvableSerializer resolvable) {
        resolvable.resolve(provider);
      }
    }

    @Override
    public void serialize(Object value, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      SerializedString quote = written.again(value, this::write);
      if (quote == null) {
        first.serialize(value, generator, provider);
      } else {
        generator.writeRawValue(quote);
      }
    }

    private SerializedString write(Object value) {
      try {
        return new SerializedString(anew.writeValueAsString(value).replace("\n", "\n" + INDENT));
      } catch (JsonProcessingException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }
  }
}
