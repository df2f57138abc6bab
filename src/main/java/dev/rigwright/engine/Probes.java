package dev.rigwright.engine;

import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kie.api.runtime.KieSession;

/**
 * Conditions made from one rule's, tried over facts: beginnings of it, or all of it less one
 * constraint. Nothing is concluded.
 */
final class Probes {

  /** The most matches of one condition that are kept; further ones are only counted. */
  private static final int MOST_KEPT = 5_000;

  /** The most matches of all conditions; one that shares no binding matches every combination. */
  private static final int MOST_MATCHES = 200_000;

  private final Rulebook whole;
  private final String rule;

  Probes(Rulebook whole, String rule) {
    this.whole = whole;
    this.rule = rule;
  }

  /**
   * How a condition matches.
   *
   * @param count of its matches
   * @param values of its variables, one map a match; not all of them where there are very many
   */
  record Found(long count, List<Map<String, Object>> values) {}

  /**
   * Tries conditions.
   *
   * @param conditions by name
   * @return how each of them matches; one that does not compile, or fails over these facts, is left
   *     out
   */
  Map<String, Found> tried(Map<String, String> conditions, Collection<?> facts) {
    Map<String, Found> found = new LinkedHashMap<>();
    tried(List.copyOf(conditions.keySet()), conditions, facts, found);
    return found;
  }

  private void tried(
      List<String> names,
      Map<String, String> conditions,
      Collection<?> facts,
      Map<String, Found> found) {
    if (names.isEmpty()) {
      return;
    }
    try {
      found.putAll(together(names, conditions, facts));
    } catch (RuntimeException oneOfThem) {
      // It does not compile without a binding, or meets an unknown figure without its guard.
      halves(names, conditions, facts, found);
    }
  }

  private void halves(
      List<String> names,
      Map<String, String> conditions,
      Collection<?> facts,
      Map<String, Found> found) {
    if (names.size() > 1) {
      tried(names.subList(0, names.size() / 2), conditions, facts, found);
      tried(names.subList(names.size() / 2, names.size()), conditions, facts, found);
    }
  }

  private Map<String, Found> together(
      List<String> names, Map<String, String> conditions, Collection<?> facts) {
    List<String> texts =
        names.stream().map(name -> RuleText.probe(name, conditions.get(name))).toList();
    Rulebook rulebook = RulebookReader.variants(whole, rule, texts);
    Map<String, List<Map<String, Object>>> values = new LinkedHashMap<>();
    Map<String, long[]> counts = new LinkedHashMap<>();
    names.forEach(
        name -> {
          values.put(name, new ArrayList<>());
          counts.put(name, new long[1]);
        });
    KieSession session = rulebook.base().newKieSession();
    try {
      facts.forEach(fact -> session.insert(SingleRule.translated(whole, rulebook, fact)));
      long[] all = new long[1];
      session.fireAllRules(
          match -> {
            String name = match.getRule().getName();
            if (all[0]++ > MOST_MATCHES) {
              session.halt();
            }
            if (counts.get(name)[0]++ < MOST_KEPT) {
              Map<String, Object> one = new LinkedHashMap<>();
              match
                  .getDeclarationIds()
                  .forEach(variable -> one.put(variable, match.getDeclarationValue(variable)));
              values.get(name).add(one);
            }
            return false;
          });
    } finally {
      session.dispose();
    }
    Map<String, Found> found = new LinkedHashMap<>();
    names.forEach(name -> found.put(name, new Found(counts.get(name)[0], values.get(name))));
    return found;
  }
}
