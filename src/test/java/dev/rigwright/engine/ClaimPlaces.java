package dev.rigwright.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** Finds for each statement of the guide the line of an answer that shows it best. */
final class ClaimPlaces {

  private static final Pattern LINE =
      Pattern.compile(
          "/(tier|(conflicts|warnings|advice)/\\d+)/claims/\\d+"
              + "|/recommendation/parts/\\d+/sources/\\d+|/exclusions/\\d+/sources/\\d+");

  private ClaimPlaces() {}

  /** The pointer of a line, without the citation in it. */
  static String line(String pointer) {
    return pointer.replaceFirst("/[a-z]+/\\d+$", "");
  }

  /** A table of claim, decision and pointer, as few claims on one line as can be. */
  static String table(Map<String, JsonNode> decisions) {
    Map<String, List<String[]>> places = new TreeMap<>();
    decisions.forEach(
        (name, decision) ->
            walk(
                decision,
                "",
                (pointer, claim) -> {
                  if (LINE.matcher(pointer).matches()) {
                    places
                        .computeIfAbsent(claim, c -> new ArrayList<>())
                        .add(new String[] {name, pointer});
                  }
                }));
    Map<String, Integer> load = new HashMap<>();
    List<String> rows = new ArrayList<>();
    places.forEach(
        (claim, candidates) -> {
          String[] best = null;
          int least = Integer.MAX_VALUE;
          for (String[] place : candidates) {
            int weight = 10 * load.getOrDefault(place[0] + line(place[1]), 0);
            weight += place[1].matches("/(conflicts|warnings|advice)/.*") ? 0 : 1;
            weight += place[1].endsWith("/0") ? 0 : 2;
            if (weight < least) {
              least = weight;
              best = place;
            }
          }
          load.merge(best[0] + line(best[1]), 1, Integer::sum);
          rows.add(
              "  \"%s\": { \"decision\": \"%s\", \"pointer\": \"%s\" }"
                  .formatted(claim, best[0], best[1]));
        });
    return "{\n" + String.join(",\n", rows) + "\n}\n";
  }

  private static void walk(JsonNode node, String pointer, BiConsumer<String, String> use) {
    if (node.isTextual() && node.asText().matches("guide#G\\d{3}")) {
      use.accept(pointer, node.asText().substring("guide#".length()));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        walk(node.get(i), pointer + "/" + i, use);
      }
    } else if (node.isObject()) {
      node.properties()
          .forEach(field -> walk(field.getValue(), pointer + "/" + field.getKey(), use));
    }
  }
}
