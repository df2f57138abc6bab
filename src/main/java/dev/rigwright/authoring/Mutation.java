package dev.rigwright.authoring;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.authoring.Cases.Case;
import dev.rigwright.authoring.Mutants.Mutant;
import dev.rigwright.facts.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Which small mistakes in the rules the cases would not notice.
 *
 * @param mutants how many were tried
 * @param equivalent how many were not, because they provably change nothing, or the same as another
 * @param refused how many of those tried do not compile, and so are noticed
 * @param failing cases that fail on the rules as they are; they were left out
 * @param survivors in the order of the rules
 */
public record Mutation(
    int mutants, int equivalent, int refused, List<String> failing, List<Survivor> survivors) {

  public Mutation {
    failing = List.copyOf(failing);
    survivors = List.copyOf(survivors);
  }

  /**
   * A mistake that no case notices.
   *
   * @param killing a case that would; null where none was found
   */
  record Survivor(String rule, Mutant mutant, Case killing) {}

  /**
   * Tries all mistakes.
   *
   * @param wanted a rule or a topic; null for all
   * @param progress is told what is done
   */
  public static Mutation of(Bench bench, String wanted, Consumer<String> progress) {
    int mutants = 0;
    int equivalent = 0;
    int refused = 0;
    int done = 0;
    List<String> failing = new ArrayList<>();
    List<Survivor> survivors = new ArrayList<>();
    Set<String> rules = bench.rules(wanted);
    for (String rule : rules) {
      Mutants.Found found = Mutants.of(bench.rulebook(), rule);
      Map<String, String> variants = new LinkedHashMap<>();
      String original = rule + "#0";
      variants.put(original, RuleText.of(bench.rulebook(), rule).changed(original, List.of()));
      found.mutants().forEach(mutant -> variants.put(mutant.name(), mutant.text()));
      Trials trials = Trials.of(bench.rulebook(), rule, variants);
      List<Case> passing = new ArrayList<>();
      for (Case one : bench.cases(rule)) {
        if (passes(trials, original, one)) {
          passing.add(one);
        } else {
          failing.add("rules/%s: %s: %s".formatted(one.file(), rule, one.name()));
        }
      }
      for (Mutant mutant : found.mutants()) {
        if (trials.broken().contains(mutant.name())) {
          refused++;
        } else if (passing.stream().allMatch(one -> passes(trials, mutant.name(), one))) {
          survivors.add(
              new Survivor(rule, mutant, KillingCase.of(bench.rulebook(), rule, mutant, passing)));
        }
      }
      mutants += found.mutants().size();
      equivalent += found.equivalent();
      if (++done % 10 == 0 || done == rules.size()) {
        progress.accept(
            "%d of %d rules, %d mutants, %d survive"
                .formatted(done, rules.size(), mutants, survivors.size()));
      }
    }
    return new Mutation(mutants, equivalent, refused, failing, survivors);
  }

  /** Whether a variant passes a case; one that fails over its facts does not. */
  static boolean passes(Trials trials, String variant, Case one) {
    try {
      return trials.with(variant, book -> Cases.run(book, one.of(variant))).passed();
    } catch (RuntimeException noticed) {
      return false;
    }
  }

  /** To read. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Survivor survivor : survivors) {
      Mutant mutant = survivor.mutant();
      text.append(
          "rules/%s: %s: %s survives as %s in %s%n"
              .formatted(
                  mutant.place(),
                  survivor.rule(),
                  mutant.was(),
                  mutant.becomes().isEmpty() ? "nothing" : mutant.becomes(),
                  mutant.within()));
      if (survivor.killing() == null) {
        text.append("  No case near those that are there tells them apart; maybe nothing does.\n");
      } else {
        text.append("  This case would notice; maybe add it to rules/")
            .append(survivor.killing().file())
            .append(":\n  ")
            .append(json(survivor.killing()))
            .append('\n');
      }
      text.append('\n');
    }
    failing.forEach(one -> text.append(one).append(" fails as it is, and was left out.\n"));
    return text.append(
            "%d mutants: %d noticed (%d of them do not compile), %d survive; %d more change nothing or the same."
                .formatted(
                    mutants, mutants - survivors.size(), refused, survivors.size(), equivalent))
        .toString();
  }

  private static ObjectNode json(Case one) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("rule", one.rule()).put("case", one.name());
    json.set("given", Json.MAPPER.valueToTree(one.given()));
    json.set("concludes", Json.MAPPER.valueToTree(one.concludes()));
    return json;
  }

  /** For programs. */
  public String json() {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("mutants", mutants)
        .put("noticed", mutants - survivors.size())
        .put("refused", refused)
        .put("equivalent", equivalent);
    json.set("failingCases", Json.MAPPER.valueToTree(failing));
    ArrayNode all = json.putArray("survivors");
    for (Survivor survivor : survivors) {
      Mutant mutant = survivor.mutant();
      ObjectNode node =
          all.addObject()
              .put("rule", survivor.rule())
              .put("file", mutant.place().file())
              .put("line", mutant.place().line())
              .put("column", mutant.place().column())
              .put("was", mutant.was())
              .put("becomes", mutant.becomes())
              .put("within", mutant.within());
      if (survivor.killing() != null) {
        node.set("killedBy", json(survivor.killing()));
      }
    }
    return json.toPrettyString();
  }
}
