package dev.rigwright.authoring;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.facts.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which fields the schemas of the facts require, always or for some kind of row: these are never
 * unknown where a rule may ask for them.
 */
final class Required {

  /** Rows of facts as a schema describes them. */
  private record Rows(Set<String> properties, Set<String> required) {}

  private final List<Rows> all = new ArrayList<>();

  /**
   * Reads the schemas.
   *
   * @param home the folder that holds facts/schema; without it, nothing is required
   */
  Required(Path home) {
    Path folder = home.resolve("facts/schema");
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.filter(p -> p.toString().endsWith(".json")).sorted().toList()) {
        read(Json.MAPPER.readTree(Files.readAllBytes(path)));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private void read(JsonNode schema) {
    if (schema.path("properties").isObject()) {
      Set<String> properties = new HashSet<>();
      schema.get("properties").fieldNames().forEachRemaining(properties::add);
      Set<String> required = new HashSet<>();
      required(schema, required);
      all.add(new Rows(properties, required));
    }
    schema.forEach(this::read);
  }

  private static void required(JsonNode schema, Set<String> names) {
    schema
        .properties()
        .forEach(
            entry -> {
              if (entry.getKey().equals("required") && entry.getValue().isArray()) {
                entry.getValue().forEach(name -> names.add(name.asText()));
              } else if (!entry.getKey().equals("properties") && !entry.getKey().equals("if")) {
                required(entry.getValue(), names);
              }
            });
    if (schema.isArray()) {
      schema.forEach(inner -> required(inner, names));
    }
  }

  /** Whether rows of a record must have a field; a record that no schema describes has none. */
  boolean field(Class<?> owner, String name) {
    if (owner == null || !owner.isRecord()) {
      return false;
    }
    List<String> own =
        Arrays.stream(owner.getRecordComponents()).map(RecordComponent::getName).toList();
    Rows best = null;
    long most = 0;
    for (Rows rows : all) {
      long shared = own.stream().filter(rows.properties()::contains).count();
      if (shared > most) {
        most = shared;
        best = rows;
      }
    }
    return best != null && 3 * most >= 2L * own.size() && best.required().contains(name);
  }
}
