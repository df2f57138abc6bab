package dev.rigwright.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What stands behind a line: rules, statements of the guide, publications.
 *
 * @param rules ids such as {@code fit/too-large}
 * @param claims as {@code guide#G083}
 * @param published where the figures were read
 */
public record References(List<String> rules, List<String> claims, List<String> published) {

  static final References NONE = new References(List.of(), List.of(), List.of());
  private static final String GUIDE = "guide#";

  public References {
    rules = List.copyOf(new LinkedHashSet<>(rules));
    claims = List.copyOf(new LinkedHashSet<>(claims));
    published = List.copyOf(new LinkedHashSet<>(published));
  }

  /** A rule, and those of its sources that are statements of the guide. */
  static References rule(String rule, Collection<String> sources) {
    return new References(List.of(rule), claimsOf(sources), List.of());
  }

  /** Statements of the guide alone. */
  static References claims(Collection<String> sources) {
    return new References(List.of(), claimsOf(sources), List.of());
  }

  /** A rule, the statements of the guide among its sources, and what was published. */
  static References all(String rule, Collection<String> claims, Collection<String> sources) {
    Set<String> published = new LinkedHashSet<>(sources);
    published.removeIf(source -> source.startsWith(GUIDE));
    return new References(List.of(rule), claimsOf(claims), List.copyOf(published));
  }

  /** These, and then others. */
  References and(References more) {
    return new References(
        joined(rules, more.rules), joined(claims, more.claims), joined(published, more.published));
  }

  /** The same with so many statements of the guide at most. */
  References first(int most) {
    return new References(rules, claims.subList(0, Math.min(most, claims.size())), published);
  }

  /** Each kind as one short text: the guide is named once. */
  public List<String> parts() {
    List<String> parts = new ArrayList<>(rules);
    StringBuilder guide = new StringBuilder();
    for (String claim : claims) {
      guide.append(guide.isEmpty() ? claim : ", " + claim.substring(GUIDE.length()));
    }
    if (!guide.isEmpty()) {
      parts.add(guide.toString());
    }
    parts.addAll(published);
    return parts;
  }

  /** Whether a source names one statement of the guide, and nothing more. */
  private static List<String> claimsOf(Collection<String> sources) {
    return sources.stream().filter(source -> source.matches("guide#G\\d+")).toList();
  }

  private static List<String> joined(List<String> first, List<String> second) {
    List<String> joined = new ArrayList<>(first);
    joined.addAll(second);
    return joined;
  }
}
