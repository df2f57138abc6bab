package dev.rigwright.authoring;

import dev.rigwright.authoring.Cases.Case;
import dev.rigwright.authoring.Cases.Result;
import dev.rigwright.rulebook.RuleFile;
import dev.rigwright.rulebook.RuleInfo;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookException;
import dev.rigwright.rulebook.RulebookException.Problem;
import dev.rigwright.rulebook.RulebookReader;
import dev.rigwright.rulebook.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs the cases of a folder of rules and remembers what came of them. What a case concludes hangs
 * on nothing but the texts of its rule, of the declared types and of the case itself; where none of
 * them changed, it is not run again.
 */
final class CaseRuns {

  /** All that the result of a rule's cases hangs on. */
  private record Key(Map<String, String> sources, List<Case> cases) {}

  /**
   * The same, told more quickly, where no file's imports and declared types changed.
   *
   * @param ground all of them
   */
  private record QuickKey(String ground, String rule, List<Case> cases) {}

  private Map<Key, List<Problem>> known = new ConcurrentHashMap<>();
  private Map<QuickKey, Key> quick = new ConcurrentHashMap<>();

  /**
   * Runs all cases that were not run on these texts before.
   *
   * @param folder for messages
   * @return what fails, and what cannot be run
   */
  List<Problem> failing(Path folder, List<RuleFile> files, Map<String, String> caseFiles) {
    List<Problem> problems = new ArrayList<>();
    Map<String, RuleInfo> rules = new HashMap<>();
    Set<String> types = new TreeSet<>();
    for (RuleFile file : files) {
      file.rules().forEach(rule -> rules.put(rule.id(), rule));
      file.model().types().forEach(type -> types.add(type.name()));
    }
    Map<Key, List<Problem>> used = new ConcurrentHashMap<>();
    Map<QuickKey, Key> quickly = new ConcurrentHashMap<>();
    String ground = ground(files);
    List<List<Case>> byRule = List.copyOf(cases(folder, caseFiles, problems).values());
    byRule.parallelStream()
        .map(
            cases -> {
              RuleInfo rule = rules.get(cases.get(0).rule());
              if (rule == null) {
                return List.of(unknown(folder, cases.get(0)));
              }
              QuickKey asked = new QuickKey(ground, text(files, rule), cases);
              Key key = quick.get(asked);
              if (key == null) {
                key = key(files, rule, types, cases);
              }
              quickly.put(asked, key);
              List<Problem> found = known.get(key);
              if (found == null) {
                found = run(folder, key);
                // At once, so that what is broken elsewhere does not cost this again.
                known.put(key, found);
              }
              used.put(key, found);
              return found;
            })
        .toList()
        .forEach(problems::addAll);
    if (problems.isEmpty()) {
      known = used;
      quick = quickly;
    }
    return problems;
  }

  private static String ground(List<RuleFile> files) {
    StringBuilder ground = new StringBuilder();
    for (RuleFile file : files) {
      for (Span span : file.model().ground()) {
        ground.append(span.cut(file.text())).append('\n');
      }
    }
    return ground.toString();
  }

  private static String text(List<RuleFile> files, RuleInfo rule) {
    for (RuleFile file : files) {
      if (file.path().equals(rule.file())) {
        return file.model().rule(rule.id()).span().cut(file.text());
      }
    }
    throw new IllegalStateException("The rule (" + rule.id() + ") stands in no file.");
  }

  private static Key key(List<RuleFile> files, RuleInfo rule, Set<String> types, List<Case> cases) {
    Set<String> given = new TreeSet<>();
    cases.forEach(
        one -> one.given().forEach(fact -> fact.fieldNames().forEachRemaining(given::add)));
    given.retainAll(types);
    return new Key(RulebookReader.alone(files, rule, given), cases);
  }

  private static Problem unknown(Path folder, Case of) {
    return problem(
        folder,
        of,
        "There is no rule (%s). Maybe it was renamed or taken away.".formatted(of.rule()));
  }

  private static Map<String, List<Case>> cases(
      Path folder, Map<String, String> caseFiles, List<Problem> problems) {
    Map<String, List<Case>> byRule = new LinkedHashMap<>();
    List<Cases.Problem> unreadable = new ArrayList<>();
    caseFiles.forEach(
        (file, text) ->
            Cases.parse(file, text, unreadable)
                .forEach(
                    one -> byRule.computeIfAbsent(one.rule(), rule -> new ArrayList<>()).add(one)));
    unreadable.forEach(
        found ->
            problems.add(
                new Problem(
                    folder.resolve(found.file()).toString(),
                    found.line(),
                    found.column(),
                    found.message())));
    return byRule;
  }

  private static List<Problem> run(Path folder, Key key) {
    List<Problem> problems = new ArrayList<>();
    Rulebook alone;
    try {
      alone = RulebookReader.compile(RulebookReader.parse(folder, key.sources()));
    } catch (RulebookException broken) {
      return broken.problems();
    }
    for (Case tried : key.cases()) {
      String fault = null;
      try {
        Result result = Cases.run(alone, tried);
        if (!result.passed()) {
          fault =
              "The case (%s) of rule (%s) expects %s, the rule concludes %s. Maybe the case says what was meant before the edit."
                  .formatted(tried.name(), tried.rule(), result.expected(), result.concluded());
        }
      } catch (RuntimeException unusable) {
        fault =
            "The case (%s) of rule (%s) cannot be run: %s"
                .formatted(tried.name(), tried.rule(), unusable.getMessage());
      }
      if (fault != null) {
        problems.add(problem(folder, tried, fault));
      }
    }
    return List.copyOf(problems);
  }

  /** A problem at the beginning of a case. */
  private static Problem problem(Path folder, Case tried, String message) {
    return new Problem(
        folder.resolve(tried.file()).toString(), tried.line(), tried.column(), message);
  }
}
