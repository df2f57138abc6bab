package dev.rigwright.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A place where two documents differ. Entries of a list that name themselves (a rule with its
 * subjects, a label, an id) are compared with their namesakes, others by their place.
 *
 * @param pointer JSON pointer into the document that was recorded; into the other one where only
 *     that has it
 * @param was null where there was nothing
 * @param now null where there is nothing
 */
public record Difference(String pointer, JsonNode was, JsonNode now) {

  /** Whatever differs, in the order of the documents; empty where they say the same. */
  public static List<Difference> between(JsonNode was, JsonNode now) {
    List<Difference> found = new ArrayList<>();
    compare("", was, now, found);
    return found;
  }

  private static void compare(String pointer, JsonNode was, JsonNode now, List<Difference> found) {
    if (same(was, now)) {
      return;
    }
    if (was != null && now != null && was.isObject() && now.isObject()) {
      TreeSet<String> names = new TreeSet<>();
      was.fieldNames().forEachRemaining(names::add);
      now.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        compare(pointer + "/" + escaped(name), was.get(name), now.get(name), found);
      }
    } else if (was instanceof ArrayNode before && now instanceof ArrayNode after) {
      lists(pointer, before, after, found);
    } else {
      found.add(new Difference(pointer, was, now));
    }
  }

  /** Documents are equal if they are written alike: a long is an int if it is as small. */
  private static boolean same(JsonNode was, JsonNode now) {
    return was == null || now == null ? was == now : was.toString().equals(now.toString());
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private static void lists(String pointer, ArrayNode was, ArrayNode now, List<Difference> found) {
    Map<String, Integer> before = places(was);
    Map<String, Integer> after = places(now);
    List<String> common = before.keySet().stream().filter(after::containsKey).toList();
    before.forEach(
        (key, place) ->
            compare(
                pointer + "/" + place,
                was.get(place),
                after.containsKey(key) ? now.get(after.get(key)) : null,
                found));
    after.forEach(
        (key, place) -> {
          if (!before.containsKey(key)) {
            compare(pointer + "/" + place, null, now.get(place), found);
          }
        });
    if (!common.equals(after.keySet().stream().filter(before::containsKey).toList())) {
      found.add(new Difference(pointer, keys(before), keys(after)));
    }
  }

  /** The order of a list, where its entries stand in another. */
  private static JsonNode keys(Map<String, Integer> places) {
    ArrayNode keys = JsonNodeFactory.instance.arrayNode();
    places.keySet().forEach(keys::add);
    return keys;
  }

  private static Map<String, Integer> places(ArrayNode list) {
    Map<String, Integer> places = new LinkedHashMap<>();
    Map<String, Integer> seen = new HashMap<>();
    for (int place = 0; place < list.size(); place++) {
      String name = name(list.get(place), place);
      int times = seen.merge(name, 1, Integer::sum);
      places.put(times == 1 ? name : name + " (" + times + ")", place);
    }
    return places;
  }

  private static String name(JsonNode entry, int place) {
    if (entry.isTextual()) {
      return entry.asText();
    }
    for (List<String> naming :
        List.of(
            List.of("rule", "subjects", "claims"),
            List.of("label"),
            List.of("kind", "id"),
            List.of("id"),
            List.of("subject", "condition"),
            List.of("gpu"),
            List.of("field"))) {
      if (entry.has(naming.get(0))) {
        StringBuilder name = new StringBuilder();
        for (String field : naming) {
          if (entry.has(field)) {
            name.append(name.isEmpty() ? "" : " ").append(text(entry.get(field)));
          }
        }
        return name.toString();
      }
    }
    return "#" + place;
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.asText() : value.toString();
  }
}
