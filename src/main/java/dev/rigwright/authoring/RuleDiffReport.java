package dev.rigwright.authoring;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.authoring.RuleDiff.Change;
import dev.rigwright.authoring.RuleDiff.Changed;
import dev.rigwright.authoring.RuleDiff.Comparison;
import dev.rigwright.authoring.RuleDiff.Kind;
import dev.rigwright.facts.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A comparison to read in a terminal, to process, or to show to somebody. */
public final class RuleDiffReport {

  private static final String STYLE =
      """
      body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1rem; max-width: 60rem; }
      h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
      table { border-collapse: collapse; } td, th { text-align: left; padding: .2rem .8rem .2rem 0; vertical-align: top; }
      td:first-child { white-space: nowrap; } h2:first-letter { text-transform: uppercase; }
      td:last-child, li, p, summary, dd { overflow-wrap: anywhere; }
      details { border-top: 1px solid #ccc; padding: .4rem 0; } summary { cursor: pointer; }
      ul { padding-left: 1.2rem; } del { color: #8c1d1d; } ins { color: #1b5e20; text-decoration: none; }
      @media (prefers-color-scheme: dark) { body { background: #161616; color: #eee; } del { color: #ff9d9d; } ins { color: #9be29f; } }
      """;

  /** So many decisions of one change are named in a terminal. */
  private static final int NAMED = 6;

  /** So many changes of a kind are unfolded: enough to see what they are about. */
  private static final int OPEN = 5;

  /** As much of a hash as people compare. */
  private static final int HASH = "sha256:".length() + 12;

  private RuleDiffReport() {}

  /** As text. */
  public static String text(Comparison c) {
    List<String> lines = new ArrayList<>();
    lines.add(headline(c));
    if (c.rules().isEmpty()) {
      lines.add("No rule differs in more than comments.");
    }
    c.rules()
        .forEach((rule, what) -> lines.add("  %-8s %s%s".formatted(what, rule, behind(c, rule))));
    c.counts().forEach((kind, count) -> lines.add("%6d  %s".formatted(count, kind.word())));
    for (Kind kind : c.counts().keySet()) {
      lines.add("");
      lines.add(kind.word().toUpperCase(Locale.ROOT));
      for (Group group : groups(c, kind)) {
        lines.add("  " + words(group.change()));
        lines.add("      %s; %s".formatted(where(group), causes(group.rules())));
      }
    }
    return String.join("\n", lines);
  }

  /** As JSON. */
  public static String json(Comparison c) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("oldRulebook", c.oldHash()).put("newRulebook", c.newHash());
    root.put("requirements", c.requirements()).put("changedDecisions", c.changed().size());
    ArrayNode rules = root.putArray("rules");
    c.rules()
        .forEach(
            (rule, what) ->
                rules
                    .addObject()
                    .put("rule", rule)
                    .put("change", what)
                    .put("decisions", c.causes().getOrDefault(rule, 0)));
    ObjectNode counts = root.putObject("counts");
    c.counts().forEach((kind, count) -> counts.put(name(kind), count));
    ArrayNode decisions = root.putArray("decisions");
    for (Changed changed : c.changed()) {
      ObjectNode decision = decisions.addObject();
      decision.put("requirementId", changed.requirement()).put("title", changed.title());
      ArrayNode changes = decision.putArray("changes");
      for (Change change : changed.changes()) {
        ObjectNode node = changes.addObject().put("kind", name(change.kind()));
        if (!change.subject().isEmpty()) {
          node.put("subject", change.subject());
        }
        node.put("from", change.from()).put("to", change.to());
      }
      changed.rules().forEach(decision.putArray("rules")::add);
    }
    return root.toPrettyString();
  }

  /** As one page that needs nothing beside it. */
  public static String html(Comparison c) {
    StringBuilder page = new StringBuilder();
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>Rules compared</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<h1>")
        .append(escaped(headline(c)))
        .append("</h1>\n<p>From <code>")
        .append(escaped(shortened(c.oldHash())))
        .append("</code> to <code>")
        .append(escaped(shortened(c.newHash())))
        .append("</code></p>\n<h2>Rules</h2>\n<table>\n");
    if (c.rules().isEmpty()) {
      page.append("<tr><td>No rule differs in more than comments.</td></tr>\n");
    }
    c.rules()
        .forEach(
            (rule, what) ->
                page.append(
                    "<tr><td>%s</td><td>%s%s</td></tr>\n"
                        .formatted(what, escaped(rule), escaped(behind(c, rule)))));
    page.append("</table>\n<h2>Kinds</h2>\n<table>\n");
    for (Map.Entry<Kind, Integer> count : c.counts().entrySet()) {
      page.append(
          "<tr><td>%d</td><td><a href=\"#%s\">%s</a></td></tr>\n"
              .formatted(count.getValue(), name(count.getKey()), count.getKey().word()));
    }
    page.append("</table>\n");
    for (Kind kind : c.counts().keySet()) {
      page.append("<h2 id=\"%s\">%s</h2>\n".formatted(name(kind), kind.word()));
      int open = OPEN;
      for (Group group : groups(c, kind)) {
        page.append(open-- > 0 ? "<details open><summary>" : "<details><summary>")
            .append(marked(group.change()))
            .append("</summary>\n<p>")
            .append(escaped(causes(group.rules())))
            .append("</p>\n<ul>\n");
        for (Changed changed : group.decisions()) {
          page.append("<li>").append(escaped(changed.requirement()));
          if (changed.title() != null) {
            page.append(" · ").append(escaped(changed.title()));
          }
          page.append("</li>\n");
        }
        page.append("</ul></details>\n");
      }
    }
    return page.append("</body>\n</html>").toString();
  }

  private static String headline(Comparison c) {
    return "%,d of %,d decisions differ; %s."
        .formatted(
            c.changed().size(),
            c.requirements(),
            c.rules().size() == 1 ? "1 rule differs" : c.rules().size() + " rules differ");
  }

  private static String shortened(String hash) {
    return hash.substring(0, Math.min(HASH, hash.length()));
  }

  private static String behind(Comparison c, String rule) {
    int count = c.causes().getOrDefault(rule, 0);
    return count == 0 ? "" : " (in %d of the decisions that differ)".formatted(count);
  }

  /**
   * The same change of several decisions for the same reason.
   *
   * @param rules the rules that differ and did it
   */
  private record Group(Change change, List<String> rules, List<Changed> decisions) {}

  /** The changes of a kind, those of most decisions first. */
  private static List<Group> groups(Comparison c, Kind kind) {
    Map<List<Object>, Group> groups = new LinkedHashMap<>();
    for (Changed changed : c.changed()) {
      for (Change change : changed.changes()) {
        if (change.kind() == kind) {
          List<String> rules = rules(c, change, changed);
          groups
              .computeIfAbsent(
                  List.of(change, rules), key -> new Group(change, rules, new ArrayList<>()))
              .decisions()
              .add(changed);
        }
      }
    }
    return groups.values().stream()
        .sorted(Comparator.comparingInt((Group group) -> -group.decisions().size()))
        .toList();
  }

  /** What a rule says changes with the rule; anything else with all that the decision rests on. */
  private static List<String> rules(Comparison c, Change change, Changed changed) {
    String speaker = change.subject().split(" ", 2)[0];
    return c.rules().containsKey(speaker) ? List.of(speaker) : changed.rules();
  }

  private static String where(Group group) {
    List<String> ids = group.decisions().stream().map(Changed::requirement).toList();
    return ids.size() <= NAMED
        ? String.join(", ", ids)
        : "%s and %d more".formatted(String.join(", ", ids.subList(0, NAMED)), ids.size() - NAMED);
  }

  private static String causes(List<String> rules) {
    return rules.isEmpty()
        ? "none of the rules that differ stands in the proof of either decision"
        : "because of " + String.join(", ", rules);
  }

  private static String words(Change change) {
    String subject = change.subject().isEmpty() ? "" : change.subject() + ": ";
    return subject + nothing(change.from()) + " -> " + nothing(change.to());
  }

  private static String marked(Change change) {
    String subject = change.subject().isEmpty() ? "" : escaped(change.subject()) + ": ";
    return "%s<del>%s</del> → <ins>%s</ins>"
        .formatted(subject, escaped(nothing(change.from())), escaped(nothing(change.to())));
  }

  private static String nothing(String text) {
    return text == null ? "nothing" : text;
  }

  private static String name(Kind kind) {
    String[] words = kind.name().toLowerCase(Locale.ROOT).split("_");
    StringBuilder name = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      name.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
    }
    return name.toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
