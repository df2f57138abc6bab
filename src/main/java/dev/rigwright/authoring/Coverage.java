package dev.rigwright.authoring;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.authoring.Cases.Case;
import dev.rigwright.authoring.Probes.Probe;
import dev.rigwright.authoring.Probes.Variant;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.SingleRule;
import dev.rigwright.facts.Json;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.Span;
import dev.rigwright.rulebook.Strata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Which rules and which of their constraints were seen true and seen false. A constraint counts as
 * seen where all that stands before it in its rule is fulfilled.
 *
 * @param lines rules, each followed by its constraints
 * @param requirements how many were decided; 0 where only cases were looked at
 */
public record Coverage(List<Line> lines, int requirements) {

  /** Requirements after which the questions that are answered are left out. */
  private static final Set<Integer> ROUNDS = Set.of(2, 8, 30, 120);

  public Coverage {
    lines = List.copyOf(lines);
  }

  /**
   * What was seen of a rule or a constraint.
   *
   * @param constraint as it is written; null for the rule itself
   * @param cases seen in the cases
   * @param set seen over the requirements; null where there were none
   * @param measured false where the question cannot be asked: the engine refuses its opposite
   */
  public record Line(
      String rule, Span place, String constraint, Seen cases, Seen set, boolean measured) {}

  /** What was seen. */
  public record Seen(boolean whenTrue, boolean whenFalse) {
    int count() {
      return (whenTrue ? 1 : 0) + (whenFalse ? 1 : 0);
    }
  }

  /**
   * Looks at the cases, and at requirements.
   *
   * @param wanted a rule or a topic; null for all
   * @param advisor decides; null to look at the cases alone
   * @param progress is told what is done
   */
  public static Coverage of(
      Bench bench,
      String wanted,
      Advisor advisor,
      List<Requirement> requirements,
      Consumer<String> progress) {
    Map<String, List<Probe>> probes = new LinkedHashMap<>();
    Set<String> broken = new HashSet<>();
    Set<String> inCases = new HashSet<>();
    Set<String> silent = new HashSet<>();
    Set<String> rules = bench.rules(wanted);
    for (String rule : rules) {
      List<Probe> asked = Probes.of(bench.rulebook(), rule);
      probes.put(rule, asked);
      Trials trials = Trials.of(bench.rulebook(), rule, Probes.texts(asked));
      broken.addAll(trials.broken());
      for (Case one : bench.cases(rule)) {
        Set<String> matched = trials.matched(book -> Cases.given(book, one));
        inCases.addAll(matched);
        if (!matched.contains(asked.get(0).whenTrue().name())) {
          silent.add(rule);
        }
      }
      if (probes.size() % 25 == 0) {
        progress.accept("Cases: %d of %d rules".formatted(probes.size(), rules.size()));
      }
    }
    Set<String> inSet = new HashSet<>();
    Set<String> silentInSet = new HashSet<>();
    if (advisor != null) {
      new OverSet(bench.rulebook(), probes, broken, inSet, silentInSet)
          .look(advisor, requirements, progress);
    }
    List<Line> lines = new ArrayList<>();
    for (List<Probe> asked : probes.values()) {
      for (Probe probe : asked) {
        boolean measured =
            !broken.contains(probe.whenTrue().name())
                && (probe.whenFalse() == null || !broken.contains(probe.whenFalse().name()));
        lines.add(
            new Line(
                probe.rule(),
                probe.place(),
                probe.shown(),
                seen(probe, inCases, silent),
                advisor == null ? null : seen(probe, inSet, silentInSet),
                measured));
      }
    }
    return new Coverage(lines, advisor == null ? 0 : requirements.size());
  }

  private static Seen seen(Probe probe, Set<String> matched, Set<String> silent) {
    return new Seen(
        matched.contains(probe.whenTrue().name()),
        probe.whenFalse() == null
            ? silent.contains(probe.rule())
            : matched.contains(probe.whenFalse().name()));
  }

  /** The questions put to all facts of whole decisions. */
  private static final class OverSet {
    private final Rulebook rulebook;
    private final Map<String, List<Probe>> probes;
    private final Set<String> broken;
    private final Set<String> seen;
    private final Set<String> silent;

    OverSet(
        Rulebook rulebook,
        Map<String, List<Probe>> probes,
        Set<String> broken,
        Set<String> seen,
        Set<String> silent) {
      this.rulebook = rulebook;
      this.probes = probes;
      this.broken = broken;
      this.seen = seen;
      this.silent = silent;
    }

    void look(Advisor advisor, List<Requirement> requirements, Consumer<String> progress) {
      ask(advisor, compiled(true), List.of(advisor.claimsStanding()));
      List<Trials> open = compiled(false);
      for (int i = 0; i < requirements.size(); i++) {
        if (ROUNDS.contains(i)) {
          open = compiled(false);
        }
        ask(advisor, open, advisor.standing(requirements.get(i)));
        if ((i + 1) % 50 == 0) {
          progress.accept("Requirements: %d of %d".formatted(i + 1, requirements.size()));
        }
      }
    }

    private void ask(Advisor advisor, List<Trials> open, List<List<Object>> passes) {
      for (List<Object> facts : passes) {
        Set<String> matched = new HashSet<>();
        Set<String> asked = new HashSet<>();
        for (Trials trials : open) {
          asked.addAll(trials.names());
          matched.addAll(
              trials.matched(
                  book ->
                      facts.stream()
                          .map(fact -> SingleRule.translated(advisor.rulebook(), book, fact))
                          .toList()));
        }
        seen.addAll(matched);
        for (List<Probe> ofRule : probes.values()) {
          String whole = ofRule.get(0).whenTrue().name();
          if (asked.contains(whole) && !matched.contains(whole)) {
            silent.add(ofRule.get(0).rule());
          }
        }
      }
    }

    /** What is still to be asked, a file at a time. */
    private List<Trials> compiled(boolean claims) {
      Map<String, Map<String, String>> byFile = new LinkedHashMap<>();
      Map<String, String> ruleOf = new HashMap<>();
      probes.forEach(
          (rule, asked) -> {
            if (rulebook.rule(rule).folder().equals(Strata.CLAIMS) == claims) {
              Map<String, String> texts =
                  byFile.computeIfAbsent(rulebook.rule(rule).file(), f -> new LinkedHashMap<>());
              ruleOf.putIfAbsent(rulebook.rule(rule).file(), rule);
              for (Probe probe : asked) {
                open(probe.whenTrue(), texts, false);
                open(probe.whenFalse(), texts, false);
                if (probe.whenFalse() == null) {
                  open(probe.whenTrue(), texts, !silent.contains(rule));
                }
              }
            }
          });
      return byFile.entrySet().stream()
          .filter(entry -> !entry.getValue().isEmpty())
          .map(entry -> Trials.of(rulebook, ruleOf.get(entry.getKey()), entry.getValue()))
          .collect(Collectors.toList());
    }

    private void open(Variant variant, Map<String, String> texts, boolean anyway) {
      if (variant != null
          && !broken.contains(variant.name())
          && (anyway || !seen.contains(variant.name()))) {
        texts.put(variant.name(), variant.text());
      }
    }
  }

  /** What was seen in the cases, of all that there is to see, in percent; 100 where nothing is. */
  public double casesPercent() {
    return percent(Line::cases);
  }

  /** The same over the requirements; 100 where there were none. */
  public double setPercent() {
    return requirements == 0 ? 100 : percent(Line::set);
  }

  private double percent(Function<Line, Seen> of) {
    List<Line> measured = lines.stream().filter(Line::measured).toList();
    int seen = measured.stream().mapToInt(line -> of.apply(line).count()).sum();
    return measured.isEmpty() ? 100 : 100.0 * seen / (2 * measured.size());
  }

  /** To read: what was not seen, rule by rule, and the sums. */
  public String text() {
    StringBuilder text = new StringBuilder();
    String rule = null;
    for (Line line : lines) {
      String missing = missing(line);
      if (!missing.isEmpty()) {
        if (!line.rule().equals(rule)) {
          text.append(line.rule()).append('\n');
          rule = line.rule();
        }
        text.append(
            "  rules/%s: %s %s%n"
                .formatted(
                    line.place(),
                    line.constraint() == null ? "the rule" : line.constraint(),
                    missing));
      }
    }
    text.append(text.isEmpty() ? "" : "\n");
    text.append(sum("cases", Line::cases, casesPercent()));
    if (requirements > 0) {
      text.append('\n')
          .append(sum("%d requirements".formatted(requirements), Line::set, setPercent()));
    }
    return text.toString();
  }

  private String sum(String over, Function<Line, Seen> of, double percent) {
    List<Line> measured = lines.stream().filter(Line::measured).toList();
    List<Line> rules = measured.stream().filter(line -> line.constraint() == null).toList();
    List<Line> constraints = measured.stream().filter(line -> line.constraint() != null).toList();
    UnaryOperator<List<Line>> both =
        all -> all.stream().filter(line -> of.apply(line).count() == 2).toList();
    return "Over the %s: %.1f %%; seen both ways %d of %d rules, %d of %d constraints."
        .formatted(
            over,
            percent,
            both.apply(rules).size(),
            rules.size(),
            both.apply(constraints).size(),
            constraints.size());
  }

  /** What was not seen of a rule or constraint, such as {@code never false in the cases}. */
  public static String missing(Line line) {
    if (!line.measured()) {
      return "cannot be measured";
    }
    String cases = never(line.cases());
    String set = line.set() == null ? "" : never(line.set());
    StringBuilder missing = new StringBuilder();
    if (!cases.isEmpty()) {
      missing.append("never ").append(cases).append(" in the cases");
    }
    if (!set.isEmpty()) {
      missing
          .append(missing.isEmpty() ? "" : ", ")
          .append("never ")
          .append(set)
          .append(" over the requirements");
    }
    return missing.toString();
  }

  private static String never(Seen seen) {
    if (seen.count() == 2) {
      return "";
    }
    return seen.count() == 0 ? "reached" : seen.whenTrue() ? "false" : "true";
  }

  /** For programs: every line, places included. */
  public String json() {
    return node().toPrettyString();
  }

  /** The same as a part of more. */
  public ObjectNode node() {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("casesPercent", rounded(casesPercent()));
    if (requirements > 0) {
      json.put("requirements", requirements).put("setPercent", rounded(setPercent()));
    }
    ArrayNode all = json.putArray("coverage");
    for (Line line : lines) {
      ObjectNode node =
          all.addObject()
              .put("rule", line.rule())
              .put("file", line.place().file())
              .put("line", line.place().line())
              .put("column", line.place().column());
      if (line.constraint() != null) {
        node.put("constraint", line.constraint());
      }
      if (!line.measured()) {
        node.put("measured", false);
        continue;
      }
      put(node.putObject("cases"), line.cases());
      if (line.set() != null) {
        put(node.putObject("set"), line.set());
      }
    }
    return json;
  }

  private static void put(ObjectNode node, Seen seen) {
    node.put("true", seen.whenTrue()).put("false", seen.whenFalse());
  }

  private static double rounded(double percent) {
    return Math.round(percent * 10) / 10.0;
  }
}
