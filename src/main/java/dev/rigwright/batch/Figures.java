package dev.rigwright.batch;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the pages have in common, and how numbers stand in what is written. */
final class Figures {

  /** How totals are spread: the shares of recommendations that do not exceed them. */
  static final Map<String, Double> SHARES = new LinkedHashMap<>();

  static {
    SHARES.put("least", 0.0);
    SHARES.put("a quarter up to", 0.25);
    SHARES.put("half up to", 0.5);
    SHARES.put("three quarters up to", 0.75);
    SHARES.put("most", 1.0);
  }

  private Figures() {}

  /** A text with its values, the same wherever the machine stands. */
  static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** The largest first; equal ones by name. */
  static List<Map.Entry<String, Long>> sorted(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .toList();
  }

  /** The largest counts, what is left of the others together last. */
  static Map<String, Long> most(Map<String, Long> counts, int most) {
    Map<String, Long> shown = new LinkedHashMap<>();
    long others = 0;
    for (Map.Entry<String, Long> count : sorted(counts)) {
      if (shown.size() < most) {
        shown.put(count.getKey(), count.getValue());
      } else {
        others += count.getValue();
      }
    }
    if (others > 0) {
      shown.put("all others", others);
    }
    return shown;
  }
}
