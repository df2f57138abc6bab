package dev.rigwright.authoring;

import dev.rigwright.facts.BadInputException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds rules by what an author types: an id, a topic, a folder, a fact type, a claim of the guide;
 * where none of these matches, a part of an id; where no id has it, a part of what the rule says or
 * why.
 */
public final class RuleSearch {

  private static final String GUIDE = "guide#";

  private RuleSearch() {}

  /**
   * The rules that match all texts, in the order of the strata; all of them for no text.
   *
   * @throws BadInputException if there are none; the message has near names
   */
  public static List<RuleEntry> of(RuleIndex index, List<String> texts) {
    List<RuleEntry> found = index.entries();
    for (String text : texts) {
      String wanted = text.strip();
      List<RuleEntry> before = found;
      List<Predicate<RuleEntry>> ways =
          List.of(
              entry -> isNamed(entry, wanted),
              entry -> lower(entry.id()).contains(lower(wanted)),
              entry -> says(entry, wanted));
      found = List.of();
      for (Predicate<RuleEntry> way : ways.subList(0, isClaim(wanted) ? 1 : ways.size())) {
        found = found.isEmpty() ? before.stream().filter(way).toList() : found;
      }
    }
    if (found.isEmpty() && texts.stream().anyMatch(RuleSearch::isClaim)) {
      throw new BadInputException(
          "",
          "No rule that matches (%s) names that claim as its source. Maybe its limit is a row of facts/guide/limits.json; rigwright claims shows what was found."
              .formatted(String.join(" ", texts)));
    }
    if (found.isEmpty()) {
      throw new BadInputException(
          "",
          "No rule matches (%s): no id, topic, folder, fact type, claim or wording. Maybe %s was meant."
              .formatted(
                  String.join(" ", texts),
                  String.join(" or ", index.near(String.join(" ", texts)))));
    }
    return found;
  }

  /** The ids of the guide's statements that some rule names as its source. */
  public static Set<String> cited(RuleIndex index) {
    return index.entries().stream()
        .flatMap(entry -> entry.rule().texts("source").stream())
        .filter(source -> source.startsWith(GUIDE))
        .map(source -> source.substring(GUIDE.length()))
        .collect(Collectors.toSet());
  }

  private static boolean isNamed(RuleEntry entry, String wanted) {
    String claim = claim(wanted);
    return claim == null
        ? entry.id().equalsIgnoreCase(wanted)
            || entry.topic().equalsIgnoreCase(wanted)
            || entry.folder().equalsIgnoreCase(wanted)
            || wanted.equalsIgnoreCase(entry.concludes())
            || entry.rule().reads().stream().anyMatch(wanted::equalsIgnoreCase)
        : entry.rule().texts("source").contains(GUIDE + claim);
  }

  private static boolean says(RuleEntry entry, String wanted) {
    String words = entry.rule().text("says") + " " + entry.rule().text("because");
    return lower(words).contains(lower(wanted));
  }

  private static boolean isClaim(String text) {
    return claim(text) != null;
  }

  /** {@code G083} of {@code g83} or {@code guide#G083}; null for what is no number of a claim. */
  private static String claim(String text) {
    String bare = lower(text).startsWith(GUIDE) ? text.substring(GUIDE.length()) : text;
    return bare.matches("[gG]\\d{1,3}")
        ? "G%03d".formatted(Integer.parseInt(bare.substring(1)))
        : null;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
