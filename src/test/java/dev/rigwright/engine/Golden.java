package dev.rigwright.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.Home;
import dev.rigwright.facts.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Whole answers that a person has read and approved: in {@code src/test/resources/golden}, each a
 * requirement and the decision, named as a sentence. What names the state of rules and facts is
 * left out, so that a golden decision changes only when a buyer is told something else.
 */
final class Golden {

  static final Path FOLDER = Home.PATH.resolve("src/test/resources/golden");

  private Golden() {}

  /** The requirements, by the sentence that names them. */
  static Map<String, JsonNode> requirements() {
    Map<String, JsonNode> requirements = new TreeMap<>();
    read(".requirement.json").forEach(requirements::put);
    return requirements;
  }

  private static Map<String, JsonNode> read(String ending) {
    Map<String, JsonNode> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(f -> f.toString().endsWith(ending)).toList()) {
        String name = file.getFileName().toString().replace(ending, "");
        found.put(name, Json.MAPPER.readTree(file.toFile()));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return found;
  }

  /** Where the approved decision of a name stands. */
  static Path approved(String name) {
    return FOLDER.resolve(name + ".decision.json");
  }

  /** The decision of today, in the form in which it is approved. */
  static ObjectNode decided(JsonNode requirement) {
    Decision decision =
        Home.advisor().decide(Home.advisor().reader().read(requirement, Home.TODAY));
    ObjectNode tree = (ObjectNode) DecisionJson.tree(decision);
    tree.remove(List.of("decisionId", "rulebook", "facts"));
    return tree;
  }
}
