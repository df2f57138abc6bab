package dev.rigwright.authoring;

import dev.rigwright.authoring.Cases.Case;
import dev.rigwright.authoring.Cases.Result;
import dev.rigwright.rulebook.RuleFile;
import dev.rigwright.rulebook.RuleInfo;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookException;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Runs the cases of a folder of rules and remembers what came of them. What a case concludes hangs
 * on nothing but the texts of its rule, of the declared types and of the case itself; where none of
 * them changed, it is not run again. So may those be left for later that somebody else has run.
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

  private final BooleanSupplier over;

  /**
   * Nothing remembered yet.
   *
   * @param over whether nobody waits any more; what is left then is not run
   */
  CaseRuns(BooleanSupplier over) {
    this.over = over;
  }

  /** A case that fails, and why. */
  private record Failing(Case tried, String why) {}

  private volatile Map<Key, List<Failing>> known = new ConcurrentHashMap<>();
  private volatile Map<QuickKey, Key> quick = new ConcurrentHashMap<>();

  /** What is not run where it is met; each is taken out once it was run. */
  private final Set<Key> left = ConcurrentHashMap.newKeySet();

  private final AtomicInteger leftCases = new AtomicInteger();

  /** Leaves the cases of these rules for later; those of rules that change are run. */
  void leave(List<RuleFile> files, Map<String, String> caseFiles) {
    left.addAll(keys(Tried.of(files, caseFiles)));
    leftCases.set(left.stream().mapToInt(key -> key.cases().size()).sum());
  }

  /** How many cases of the rules that were looked at last were left and not run since. */
  int left() {
    return leftCases.get();
  }

  /**
   * Runs what was left, one rule after the other.
   *
   * @param stop whether these rules interest nobody any more; what was run is remembered
   * @return what fails
   */
  List<Finding> failingOfLeft(
      Path folder, List<RuleFile> files, Map<String, String> caseFiles, BooleanSupplier stop) {
    List<Finding> failing = new ArrayList<>();
    for (Key key : keys(Tried.of(files, caseFiles))) {
      if (over.getAsBoolean() || stop.getAsBoolean()) {
        break;
      }
      if (left.contains(key)) {
        List<Failing> found = run(folder, key);
        known.put(key, found);
        left.remove(key);
        leftCases.addAndGet(-key.cases().size());
      }
      known.getOrDefault(key, List.of()).forEach(one -> failing.add(finding(caseFiles, one)));
    }
    return failing;
  }

  /** Rules and their cases as they stand at one moment. */
  private record Tried(
      List<RuleFile> files,
      Map<String, RuleInfo> rules,
      Set<String> types,
      String ground,
      List<List<Case>> byRule,
      List<Finding> unreadable) {

    static Tried of(List<RuleFile> files, Map<String, String> caseFiles) {
      Map<String, RuleInfo> rules = new HashMap<>();
      Set<String> types = new TreeSet<>();
      for (RuleFile file : files) {
        file.rules().forEach(rule -> rules.put(rule.id(), rule));
        file.model().types().forEach(type -> types.add(type.name()));
      }
      List<Finding> unreadable = new ArrayList<>();
      List<List<Case>> byRule = List.copyOf(cases(caseFiles, unreadable).values());
      return new Tried(files, rules, types, CaseRuns.ground(files), byRule, unreadable);
    }

    RuleInfo rule(List<Case> cases) {
      return rules.get(cases.get(0).rule());
    }

    QuickKey asked(RuleInfo rule, List<Case> cases) {
      return new QuickKey(ground, text(files, rule), cases);
    }
  }

  private Key key(Tried tried, RuleInfo rule, QuickKey asked) {
    return quick.computeIfAbsent(
        asked, same -> key(tried.files(), rule, tried.types(), asked.cases()));
  }

  /** The keys of all rules with cases. */
  private List<Key> keys(Tried tried) {
    List<Key> keys = new ArrayList<>();
    for (List<Case> cases : tried.byRule()) {
      RuleInfo rule = tried.rule(cases);
      if (rule != null) {
        keys.add(key(tried, rule, tried.asked(rule, cases)));
      }
    }
    return keys;
  }

  /**
   * Runs all cases that were not run on these texts before, and were not left.
   *
   * @param folder for messages
   * @return what fails, and what cannot be run
   */
  List<Finding> failing(Path folder, List<RuleFile> files, Map<String, String> caseFiles) {
    Tried tried = Tried.of(files, caseFiles);
    List<Finding> problems = new ArrayList<>(tried.unreadable());
    Map<Key, List<Failing>> used = new ConcurrentHashMap<>();
    Map<QuickKey, Key> quickly = new ConcurrentHashMap<>();
    AtomicInteger skipped = new AtomicInteger();
    tried.byRule().parallelStream()
        .map(
            cases -> {
              if (over.getAsBoolean()) {
                return List.<Failing>of();
              }
              RuleInfo rule = tried.rule(cases);
              if (rule == null) {
                return List.of(unknown(cases.get(0)));
              }
              QuickKey asked = tried.asked(rule, cases);
              Key key = key(tried, rule, asked);
              quickly.put(asked, key);
              List<Failing> found = known.get(key);
              if (found == null) {
                if (left.contains(key)) {
                  skipped.addAndGet(cases.size());
                  return List.<Failing>of();
                }
                found = run(folder, key);
                // At once, so that what is broken elsewhere does not cost this again.
                known.put(key, found);
              }
              used.put(key, found);
              return found;
            })
        .toList()
        .forEach(failing -> failing.forEach(one -> problems.add(finding(caseFiles, one))));
    if (problems.isEmpty()) {
      known = used;
      quick = quickly;
      leftCases.set(skipped.get());
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

  private static Failing unknown(Case of) {
    return new Failing(
        of, "There is no rule (%s). Maybe it was renamed or taken away.".formatted(of.rule()));
  }

  private static Map<String, List<Case>> cases(
      Map<String, String> caseFiles, List<Finding> problems) {
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
                Finding.error(
                    CaseLint.place(caseFiles, found.file(), found.line(), found.column()),
                    "case-unreadable",
                    found.message())));
    return byRule;
  }

  private static List<Failing> run(Path folder, Key key) {
    List<Failing> problems = new ArrayList<>();
    Rulebook alone;
    try {
      alone = RulebookReader.compile(RulebookReader.parse(folder, key.sources()));
    } catch (RulebookException broken) {
      return List.of(
          new Failing(
              key.cases().get(0),
              "The rule (%s) does not compile alone: %s"
                  .formatted(key.cases().get(0).rule(), broken.getMessage())));
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
        problems.add(new Failing(tried, fault));
      }
    }
    return List.copyOf(problems);
  }

  private static Finding finding(Map<String, String> caseFiles, Failing failing) {
    Case tried = failing.tried();
    return Finding.error(
        CaseLint.place(caseFiles, tried.file(), tried.line(), tried.column()),
        "case-fails",
        failing.why());
  }
}
