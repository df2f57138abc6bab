package dev.rigwright.authoring;

import dev.rigwright.authoring.Cases.Case;
import dev.rigwright.authoring.Cases.Result;
import dev.rigwright.domain.Claim;
import dev.rigwright.rulebook.FileModel;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookException;
import dev.rigwright.rulebook.RulebookReader;
import dev.rigwright.rulebook.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All that is known of one rule.
 *
 * @param condition lines of its file between when and then, as the author wrote them
 * @param consequence lines of its file between then and end
 * @param sources in the order of the annotation
 * @param cases in the order of their file
 * @param coverage of the rule and its constraints in its cases; null where they were not tried
 * @param fedBy the rules that conclude what it reads, by type; an empty list for given facts
 * @param feeds the rules that read what it concludes
 */
public record RuleSheet(
    RuleEntry entry,
    List<Line> condition,
    List<Line> consequence,
    List<Source> sources,
    List<Tried> cases,
    Coverage coverage,
    Map<String, List<RuleEntry>> fedBy,
    List<RuleEntry> feeds) {

  private static final String GUIDE = "guide#";

  /** A line of a file. */
  public record Line(int number, String text) {}

  /**
   * What a rule rests on.
   *
   * @param name as it stands in the annotation
   * @param claim the guide's statement with its effective status; null for any other source
   */
  public record Source(String name, Claim claim) {}

  /**
   * A case, and what came of it.
   *
   * @param passed null where it was not tried
   * @param found what was concluded, or why it could not be tried; null where it passed
   */
  public record Tried(Case of, Boolean passed, String found) {}

  /**
   * A rule's sheet.
   *
   * @param claims by number
   * @param rulebook to try the cases with; null to leave them untried
   */
  public static RuleSheet of(
      RuleIndex index, RuleEntry entry, Map<String, Claim> claims, Rulebook rulebook) {
    return new RuleSheet(
        entry,
        lines(entry, "when", "then"),
        lines(entry, "then", "end"),
        sources(entry, claims),
        tried(entry, rulebook),
        coverage(entry, rulebook),
        index.feeds(entry),
        index.fed(entry));
  }

  /** How many cases should fire the rule, and do; 0 where they were not tried. */
  public long fired() {
    return passed(true);
  }

  /** How many cases should leave the rule silent, and do; 0 where they were not tried. */
  public long silent() {
    return passed(false);
  }

  private long passed(boolean firing) {
    return cases.stream()
        .filter(c -> c.of().fires() == firing && Boolean.TRUE.equals(c.passed()))
        .count();
  }

  /** A rule's sources with the claims that they name. */
  public static List<Source> sources(RuleEntry entry, Map<String, Claim> claims) {
    return entry.rule().texts("source").stream()
        .map(
            name ->
                new Source(
                    name,
                    name.startsWith(GUIDE) ? claims.get(name.substring(GUIDE.length())) : null))
        .toList();
  }

  /** The condition of a rule as its author wrote it, comments included. */
  public static List<Line> condition(RuleEntry entry) {
    return lines(entry, "when", "then");
  }

  /** The consequence of a rule as its author wrote it. */
  public static List<Line> consequence(RuleEntry entry) {
    return lines(entry, "then", "end");
  }

  /** The lines between two keywords of a rule; what stands beside a keyword is kept. */
  private static List<Line> lines(RuleEntry entry, String from, String to) {
    RuleModel rule = entry.rule();
    FileModel file = entry.file();
    List<Token> tokens =
        file.tokens().stream()
            .filter(token -> rule.span().holds(token.span()) && !token.isComment())
            .toList();
    int start = -1;
    int end = rule.span().end();
    int content = content(rule, from);
    for (Token token : tokens) {
      if (token.is(from) && (start < 0 || token.span().end() <= content)) {
        start = token.span().end();
      }
    }
    int stop = from.equals("when") ? content(rule, "then") : end;
    for (Token token : tokens) {
      if (token.is(to) && token.span().start() >= start && token.span().end() <= stop) {
        end = token.span().start();
      }
    }
    return start < 0 ? List.of() : cut(file.text(), start, Math.max(start, end));
  }

  /** The offset up to which a keyword may stand. */
  private static int content(RuleModel rule, String keyword) {
    if (keyword.equals("when")) {
      return rule.condition() == null ? rule.span().end() : rule.condition().start();
    }
    if (rule.consequence() == null) {
      return rule.span().end();
    }
    return rule.consequence().source().isEmpty()
        ? rule.consequence().span().end()
        : rule.consequence().span().start();
  }

  private static List<Line> cut(String text, int start, int end) {
    int number = 1 + (int) text.substring(0, start).chars().filter(c -> c == '\n').count();
    List<Line> lines = new ArrayList<>();
    for (String line : text.substring(start, end).split("\n", -1)) {
      lines.add(new Line(number++, line.stripTrailing()));
    }
    lines.removeIf(line -> line.text().isBlank());
    return lines;
  }

  private static List<Tried> tried(RuleEntry entry, Rulebook rulebook) {
    if (rulebook == null || entry.cases().isEmpty()) {
      return entry.cases().stream().map(each -> new Tried(each, null, null)).toList();
    }
    Rulebook alone;
    try {
      alone = RulebookReader.alone(rulebook, entry.id());
    } catch (RulebookException broken) {
      return entry.cases().stream()
          .map(each -> new Tried(each, null, broken.getMessage()))
          .toList();
    }
    return entry.cases().stream().map(each -> tried(alone, each)).toList();
  }

  private static Coverage coverage(RuleEntry entry, Rulebook rulebook) {
    try {
      return rulebook == null
          ? null
          : Coverage.of(
              new Bench(rulebook, entry.cases()), entry.id(), null, List.of(), done -> {});
    } catch (RuntimeException unusable) {
      // What is wrong with its cases is said with them.
      return null;
    }
  }

  private static Tried tried(Rulebook alone, Case each) {
    try {
      Result result = Cases.run(alone, each);
      return new Tried(
          each,
          result.passed(),
          result.passed()
              ? null
              : result.concluded().isEmpty()
                  ? "concluded nothing"
                  : "concluded " + String.join("; ", result.concluded()));
    } catch (RuntimeException failed) {
      return new Tried(each, false, String.valueOf(failed.getMessage()));
    }
  }
}
