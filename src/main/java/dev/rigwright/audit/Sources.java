package dev.rigwright.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.domain.Fingerprint;
import dev.rigwright.engine.Advisor;
import dev.rigwright.facts.Canonical;
import dev.rigwright.facts.Facts;
import dev.rigwright.facts.FactsReader;
import dev.rigwright.facts.Json;
import dev.rigwright.facts.RequirementReader;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rules, facts and the schema of a requirement, to and from the bytes that lie in the log. */
final class Sources {

  private static final String SCHEMA_FILE = "requirement.schema.json";

  private Sources() {}

  /** What a record needs to be decided again. */
  enum Kind {
    RULEBOOK,
    FACTS,
    SCHEMA;

    /** Its word in the log. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of a word.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Kind of(String word) {
      return valueOf(String.valueOf(word).toUpperCase(Locale.ROOT));
    }
  }

  /** The fingerprint of each kind. */
  static Map<Kind, String> fingerprints(Advisor advisor) {
    return Map.of(
        Kind.RULEBOOK,
        advisor.rulebook().hash(),
        Kind.FACTS,
        advisor.facts().hash(),
        Kind.SCHEMA,
        schema(advisor.reader().schema()));
  }

  private record Known(JsonNode schema, String digest) {}

  /** Of the schema that was asked for last: one record after the other has the same. */
  private static volatile Known last = new Known(null, null);

  private static String schema(JsonNode schema) {
    Known known = last;
    if (known.schema() != schema) {
      known = new Known(schema, Digest.of(Canonical.bytes(schema)));
      last = known;
    }
    return known.digest();
  }

  /** One kind, packed. */
  static byte[] packed(Advisor advisor, Kind kind) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    switch (kind) {
      case RULEBOOK ->
          advisor
              .rulebook()
              .files()
              .forEach(
                  file -> files.put(file.path(), file.text().getBytes(StandardCharsets.UTF_8)));
      case FACTS -> files.putAll(advisor.facts().files());
      case SCHEMA -> files.put(SCHEMA_FILE, Canonical.bytes(advisor.reader().schema()));
    }
    return Packed.zipped(files);
  }

  /**
   * The fingerprint that packed bytes of a kind have.
   *
   * @throws IOException if they are broken
   */
  static String fingerprint(Kind kind, byte[] packed) throws IOException {
    Map<String, byte[]> files = Packed.unzipped(packed);
    return switch (kind) {
      case RULEBOOK -> RulebookReader.fingerprint(texts(files));
      case FACTS -> Fingerprint.ofFiles(files);
      case SCHEMA -> Digest.of(files.getOrDefault(SCHEMA_FILE, new byte[0]));
    };
  }

  /** The rules of packed bytes, compiled. */
  static Rulebook rulebook(byte[] packed) throws IOException {
    return RulebookReader.compile(
        RulebookReader.parse(Path.of("rules"), texts(Packed.unzipped(packed))));
  }

  /** The facts of packed bytes. */
  static Facts facts(byte[] packed, List<String> overlaid) throws IOException {
    return FactsReader.of(Packed.unzipped(packed), overlaid);
  }

  /** A reader of requirements over facts and the packed bytes of a schema. */
  static RequirementReader reader(Facts facts, byte[] packed) throws IOException {
    JsonNode schema =
        Json.MAPPER.readTree(Packed.unzipped(packed).getOrDefault(SCHEMA_FILE, new byte[0]));
    return new RequirementReader(facts, schema);
  }

  private static Map<String, String> texts(Map<String, byte[]> files) {
    Map<String, String> texts = new LinkedHashMap<>();
    files.forEach((path, bytes) -> texts.put(path, new String(bytes, StandardCharsets.UTF_8)));
    return texts;
  }
}
