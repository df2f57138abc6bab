package dev.rigwright.facts;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** How alike two names are: for the names that a misspelt one may have meant. */
public final class Similar {

  private Similar() {}

  /**
   * The names nearest to one, at most two, nearest first; none where nothing is near: more than
   * every third character would have to change.
   */
  public static List<String> near(String name, Collection<String> known) {
    int most = Math.max(1, name.length() / 3);
    return known.stream()
        .distinct()
        .filter(other -> !other.equals(name) && edits(name, other) <= most)
        .sorted(
            Comparator.comparingInt((String other) -> edits(name, other))
                .thenComparing(Comparator.naturalOrder()))
        .limit(2)
        .toList();
  }

  private static int edits(String a, String b) {
    String one = a.toLowerCase(java.util.Locale.ROOT);
    String other = b.toLowerCase(java.util.Locale.ROOT);
    return one.equals(other) ? 0 : Names.distance(one, other);
  }

  /** A sentence that names the nearest, or another next step where nothing is near. */
  public static String maybe(String name, Collection<String> known, String otherwise) {
    List<String> near = near(name, known);
    return near.isEmpty() ? otherwise : "Maybe " + String.join(" or ", near) + " was meant.";
  }
}
