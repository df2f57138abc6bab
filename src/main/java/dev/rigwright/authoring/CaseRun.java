package dev.rigwright.authoring;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.authoring.Blocked.Obstacle;
import dev.rigwright.authoring.Cases.Case;
import dev.rigwright.authoring.Cases.Result;
import dev.rigwright.facts.Json;
import dev.rigwright.rulebook.RuleInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What came of the cases.
 *
 * @param rules how many rules were tried
 * @param cases how many cases were tried
 * @param failures the cases that failed, in their order
 * @param without rules that have no case at all
 */
public record CaseRun(int rules, int cases, List<Failure> failures, List<RuleInfo> without) {

  /**
   * A case that failed.
   *
   * @param error what the rule threw; null where it concluded something else
   */
  record Failure(Result result, List<Obstacle> obstacles, String error) {}

  /**
   * Tries cases.
   *
   * @param wanted a rule or a topic; null for all
   */
  public static CaseRun of(Bench bench, String wanted) {
    Set<String> rules = bench.rules(wanted);
    List<Failure> failures = new ArrayList<>();
    Set<String> tried = new HashSet<>();
    int count = 0;
    for (Case one : bench.cases()) {
      if (wanted == null || rules.contains(one.rule())) {
        count++;
        tried.add(one.rule());
        Failure failure = failure(bench, one);
        if (failure != null) {
          failures.add(failure);
        }
      }
    }
    List<RuleInfo> without =
        rules.stream().filter(id -> !tried.contains(id)).map(bench.rulebook()::rule).toList();
    return new CaseRun(rules.size(), count, List.copyOf(failures), without);
  }

  private static Failure failure(Bench bench, Case one) {
    try {
      Result result = bench.run(one);
      if (result.passed()) {
        return null;
      }
      boolean silent = one.fires() && result.concluded().isEmpty();
      return new Failure(
          result, silent ? Blocked.obstacles(bench.rulebook(), one) : List.of(), null);
    } catch (dev.rigwright.facts.BadInputException unusable) {
      return new Failure(
          new Result(one, false, Cases.expected(one), List.of()), List.of(), unusable.getMessage());
    } catch (RuntimeException thrown) {
      Throwable cause = thrown;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return new Failure(
          new Result(one, false, Cases.expected(one), List.of()),
          List.of(),
          "%s (%s)".formatted(thrown.getMessage(), cause));
    }
  }

  /** Whether every case passes. */
  public boolean passed() {
    return failures.isEmpty();
  }

  /** To read. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Failure failure : failures) {
      Case one = failure.result().of();
      text.append("rules/%s: %s: %s%n".formatted(one.file(), one.rule(), one.name()));
      if (failure.error() != null) {
        text.append("  error      ").append(failure.error()).append('\n');
      } else {
        lines(text, "expected", failure.result().expected());
        lines(text, "concluded", failure.result().concluded());
      }
      for (Obstacle obstacle : failure.obstacles()) {
        text.append(
            "  blocked by rules/%s:%d:%d: %s %s%n"
                .formatted(
                    obstacle.file(),
                    obstacle.line(),
                    obstacle.column(),
                    obstacle.constraint() == null ? obstacle.pattern() : obstacle.constraint(),
                    obstacle.says()));
        if (obstacle.constraint() != null) {
          text.append("    in ").append(obstacle.pattern()).append('\n');
        }
      }
      text.append('\n');
    }
    for (RuleInfo rule : without) {
      text.append("rules/%s:%d: %s has no case.%n".formatted(rule.file(), rule.line(), rule.id()));
    }
    return text.append(
            "%d of %d cases pass, %d rules.".formatted(cases - failures.size(), cases, rules))
        .toString();
  }

  private static void lines(StringBuilder text, String label, List<String> lines) {
    if (lines.isEmpty()) {
      text.append("  %-10s nothing%n".formatted(label));
    }
    for (int i = 0; i < lines.size(); i++) {
      text.append("  %-10s %s%n".formatted(i == 0 ? label : "", lines.get(i)));
    }
  }

  /** For programs. */
  public String json() {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("rules", rules).put("cases", cases).put("passed", cases - failures.size());
    ArrayNode failed = json.putArray("failures");
    for (Failure failure : failures) {
      Case one = failure.result().of();
      ObjectNode node =
          failed
              .addObject()
              .put("file", one.file())
              .put("rule", one.rule())
              .put("case", one.name());
      node.set("expected", Json.MAPPER.valueToTree(failure.result().expected()));
      node.set("concluded", Json.MAPPER.valueToTree(failure.result().concluded()));
      node.set("blockedBy", Json.MAPPER.valueToTree(failure.obstacles()));
      if (failure.error() != null) {
        node.put("error", failure.error());
      }
    }
    json.set(
        "rulesWithoutCase", Json.MAPPER.valueToTree(without.stream().map(RuleInfo::id).toList()));
    return json.toPrettyString();
  }
}
