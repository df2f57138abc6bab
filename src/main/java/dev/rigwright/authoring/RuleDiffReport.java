package dev.rigwright.authoring;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.authoring.RuleDiff.Change;
import dev.rigwright.authoring.RuleDiff.Changed;
import dev.rigwright.authoring.RuleDiff.Comparison;
import dev.rigwright.authoring.RuleDiff.Kind;
import dev.rigwright.facts.Json;
import java.util.ArrayList;
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
      td, li, p, summary, dd { overflow-wrap: anywhere; }
      details { border-top: 1px solid #ccc; padding: .4rem 0; } summary { cursor: pointer; }
      ul { padding-left: 1.2rem; } del { color: #8c1d1d; } ins { color: #1b5e20; text-decoration: none; }
      @media (prefers-color-scheme: dark) { body { background: #161616; color: #eee; } del { color: #ff9d9d; } ins { color: #9be29f; } }
      """;

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
      for (Changed changed : c.changed()) {
        for (Change change : changed.changes()) {
          if (change.kind() == kind) {
            lines.add("  %s: %s".formatted(changed.requirement(), words(change)));
            lines.add("      " + causes(changed));
          }
        }
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
        .append(escaped(c.oldHash()))
        .append("</code><br>to <code>")
        .append(escaped(c.newHash()))
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
      for (Changed changed : c.changed()) {
        List<Change> of = changed.changes().stream().filter(one -> one.kind() == kind).toList();
        if (!of.isEmpty()) {
          page.append("<details><summary>").append(escaped(changed.requirement()));
          if (changed.title() != null) {
            page.append(" · ").append(escaped(changed.title()));
          }
          page.append("</summary>\n<ul>\n");
          of.forEach(change -> page.append("<li>").append(marked(change)).append("</li>\n"));
          page.append("</ul>\n<p>").append(escaped(causes(changed))).append("</p></details>\n");
        }
      }
    }
    return page.append("</body>\n</html>").toString();
  }

  private static String headline(Comparison c) {
    return "%d of %d decisions differ; %d rules differ."
        .formatted(c.changed().size(), c.requirements(), c.rules().size());
  }

  private static String behind(Comparison c, String rule) {
    int count = c.causes().getOrDefault(rule, 0);
    return count == 0 ? "" : " (in %d of the decisions that differ)".formatted(count);
  }

  private static String causes(Changed changed) {
    return changed.rules().isEmpty()
        ? "none of the rules that differ stands in the proof of either decision"
        : "because of " + String.join(", ", changed.rules());
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
