package dev.rigwright.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.authoring.Coverage;
import dev.rigwright.authoring.RuleEntry;
import dev.rigwright.authoring.RuleSheet;
import dev.rigwright.authoring.RuleSheet.Line;
import dev.rigwright.authoring.RuleSheet.Source;
import dev.rigwright.authoring.RuleSheet.Tried;
import dev.rigwright.facts.Json;
import dev.rigwright.rulebook.Strata;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Rules for their author to read or as JSON: a list, or all that is known of one. Lines of prose
 * are at most 90 columns wide; a condition keeps its own lines.
 */
public final class RuleReport {

  private static final int WIDTH = 90;
  private static final int INDENT = 11;

  private final String prefix;

  /**
   * A report.
   *
   * @param prefix stands before a file's path: {@code rules/}
   */
  public RuleReport(String prefix) {
    this.prefix = prefix;
  }

  /** Rules one under the other, with their number at the end. */
  public String list(List<RuleEntry> rules) {
    StringBuilder text = new StringBuilder();
    for (RuleEntry rule : rules) {
      text.append(rule.id())
          .append("  ")
          .append(prefix)
          .append(rule.place())
          .append(" · ")
          .append(stratum(rule))
          .append(rule.severity() == null ? "" : " · " + rule.severity())
          .append('\n');
      for (String line : Page.wrapped(words(rule), WIDTH - 4, WIDTH - 4)) {
        text.append("    ").append(line).append('\n');
      }
    }
    return text.append(rules.size() == 1 ? "1 rule" : rules.size() + " rules")
        .append(" in ")
        .append(rules.stream().map(RuleEntry::folder).distinct().collect(Collectors.joining(", ")))
        .append(".\n")
        .toString();
  }

  private static String words(RuleEntry rule) {
    return rule.words() == null ? "It says nothing, not even why." : Foreign.line(rule.words());
  }

  private static String stratum(RuleEntry rule) {
    return Strata.FOLDERS.contains(rule.folder())
        ? "stratum %d, %s".formatted(rule.stratum(), rule.folder())
        : "no stratum, " + rule.folder();
  }

  /** Rules as JSON. */
  public String listJson(List<RuleEntry> rules) {
    ObjectNode content = Json.MAPPER.createObjectNode();
    ArrayNode array = content.putArray("rules");
    rules.forEach(rule -> array.add(json(rule)));
    return content.toPrettyString();
  }

  private ObjectNode json(RuleEntry rule) {
    ObjectNode row = Json.MAPPER.createObjectNode();
    row.put("id", rule.id());
    row.put("file", prefix + rule.file().path());
    row.put("line", rule.rule().span().line());
    row.put("folder", rule.folder());
    row.put("stratum", rule.stratum());
    row.put("severity", rule.severity());
    row.put("says", rule.rule().text("says"));
    row.put("because", rule.rule().text("because"));
    row.put("reviewed", rule.rule().text("reviewed"));
    row.put("relaxes", rule.rule().text("relaxes"));
    row.set("sources", Json.MAPPER.valueToTree(rule.rule().texts("source")));
    row.set("reads", Json.MAPPER.valueToTree(rule.rule().reads()));
    row.put("concludes", rule.concludes());
    ObjectNode cases = row.putObject("cases");
    cases.put("firing", rule.firing().size());
    cases.put("silent", rule.silent().size());
    return row;
  }

  /** All that is known of a rule. */
  public String sheet(RuleSheet sheet) {
    RuleEntry rule = sheet.entry();
    StringBuilder text = new StringBuilder();
    text.append(rule.id())
        .append(rule.severity() == null ? "" : " · " + rule.severity())
        .append('\n')
        .append(prefix)
        .append(rule.place())
        .append(" · ")
        .append(stratum(rule))
        .append("\n\n");
    add(text, "Says", rule.rule().text("says"));
    add(text, "Because", rule.rule().text("because"));
    add(text, "Relaxes", rule.rule().text("relaxes"));
    add(text, "Reviewed", rule.rule().text("reviewed"));
    code(text, "When", sheet.condition());
    code(text, "Then", sheet.consequence());
    text.append("\nSources\n");
    for (Source source : sheet.sources()) {
      text.append("  ").append(Foreign.line(source.name()));
      if (source.claim() != null) {
        text.append(" · ").append(source.claim().status());
      }
      text.append('\n');
      if (source.claim() != null) {
        block(text, "    ", source.claim().says());
      }
    }
    text.append("\nCases      ").append(count(sheet)).append('\n');
    for (Tried tried : sheet.cases()) {
      block(
          text,
          tried.of().fires() ? "  fires    " : "  silent   ",
          tried.of().name() + (tried.found() == null ? "" : " · FAILS: " + tried.found()));
    }
    if (sheet.coverage() != null) {
      coverage(text, sheet.coverage());
    }
    text.append("\nFed by\n");
    sheet.fedBy().forEach((type, from) -> fed(text, type, from, "given facts"));
    text.append("\nFeeds\n");
    fed(
        text,
        rule.concludes() == null ? "?" : rule.concludes(),
        sheet.feeds(),
        rule.severity() == null ? "the answer itself" : "what the buyer is told");
    return text.toString();
  }

  private static void coverage(StringBuilder text, Coverage coverage) {
    List<Coverage.Line> missing =
        coverage.lines().stream().filter(line -> !Coverage.missing(line).isEmpty()).toList();
    text.append("Coverage   %.0f %% of what there is to see%n".formatted(coverage.casesPercent()));
    for (Coverage.Line line : missing) {
      block(
          text,
          "  %4d     ".formatted(line.place().line()),
          (line.constraint() == null ? "the rule" : line.constraint())
              + " "
              + Coverage.missing(line));
    }
  }

  private static String count(RuleSheet sheet) {
    long firing = sheet.entry().firing().size();
    long silent = sheet.entry().silent().size();
    if (sheet.cases().stream().anyMatch(c -> c.passed() == null)) {
      return "%d firing, %d silent; not tried, because the rules do not compile"
          .formatted(firing, silent);
    }
    return "fired in %d of %d, silent in %d of %d"
        .formatted(sheet.fired(), firing, sheet.silent(), silent);
  }

  private static void fed(StringBuilder text, String type, List<RuleEntry> rules, String none) {
    block(text, "  ", type + ": " + (rules.isEmpty() ? none : ids(rules)));
  }

  private static String ids(Collection<RuleEntry> rules) {
    return rules.stream().map(RuleEntry::id).collect(Collectors.joining(", "));
  }

  private static void code(StringBuilder text, String label, List<Line> lines) {
    text.append('\n').append(label).append('\n');
    for (Line line : lines) {
      text.append("%5d  %s\n".formatted(line.number(), safe(line.text())));
    }
  }

  /** A line of source as it stands, without what could steer a terminal. */
  private static String safe(String line) {
    int indent = line.length() - line.stripLeading().length();
    return line.substring(0, indent).replace("\t", "    ") + Foreign.line(line);
  }

  private static void add(StringBuilder text, String label, String content) {
    if (content != null) {
      block(text, label + " ".repeat(INDENT - label.length()), content);
    }
  }

  private static void block(StringBuilder text, String first, String content) {
    String start = first;
    int room = WIDTH - first.length();
    for (String line : Page.wrapped(Foreign.line(content), room, room)) {
      text.append(start).append(line).append('\n');
      start = " ".repeat(first.length());
    }
  }

  /** All that is known of a rule, as JSON. */
  public String sheetJson(RuleSheet sheet) {
    ObjectNode content = json(sheet.entry());
    content.set("when", Json.MAPPER.valueToTree(sheet.condition()));
    content.set("then", Json.MAPPER.valueToTree(sheet.consequence()));
    ArrayNode sources = content.putArray("sources");
    for (Source source : sheet.sources()) {
      ObjectNode row = sources.addObject().put("name", source.name());
      if (source.claim() != null) {
        row.put("says", source.claim().says()).put("status", source.claim().status().word());
      }
    }
    ObjectNode cases = content.putObject("cases");
    cases.put("firing", sheet.entry().firing().size());
    cases.put("silent", sheet.entry().silent().size());
    cases.put("fired", sheet.fired());
    cases.put("stayedSilent", sheet.silent());
    ArrayNode all = cases.putArray("all");
    for (Tried tried : sheet.cases()) {
      all.addObject()
          .put("case", tried.of().name())
          .put("fires", tried.of().fires())
          .put("passed", tried.passed())
          .put("found", tried.found());
    }
    if (sheet.coverage() != null) {
      content.set("coverage", sheet.coverage().node());
    }
    ObjectNode fedBy = content.putObject("fedBy");
    for (Map.Entry<String, List<RuleEntry>> each : sheet.fedBy().entrySet()) {
      ArrayNode from = fedBy.putArray(each.getKey());
      each.getValue().forEach(rule -> from.add(rule.id()));
    }
    ArrayNode feeds = content.putArray("feeds");
    sheet.feeds().forEach(rule -> feeds.add(rule.id()));
    return content.toPrettyString();
  }
}
