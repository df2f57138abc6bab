package dev.rigwright.authoring;

import dev.rigwright.authoring.Cases.Case;
import dev.rigwright.authoring.Cases.Result;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.rulebook.RuleInfo;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookException;
import dev.rigwright.rulebook.RulebookReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The rules and the cases of a folder, ready to be tried. Not thread-safe. */
public final class Bench {

  private static final int NEAR = 4;

  private final Rulebook rulebook;
  private final List<Case> cases;
  private final Map<String, Rulebook> files = new HashMap<>();
  private final Map<String, Rulebook> alone = new HashMap<>();

  /** A bench over rules and cases. */
  public Bench(Rulebook rulebook, List<Case> cases) {
    this.rulebook = rulebook;
    this.cases = List.copyOf(cases);
  }

  /**
   * Reads a folder of rules with the cases in it.
   *
   * @throws RulebookException if the rules cannot be used
   * @throws BadInputException if a file of cases cannot be read
   */
  public static Bench open(Path rules) {
    Rulebook rulebook = RulebookReader.read(rules);
    try {
      return new Bench(rulebook, Cases.read(rules));
    } catch (IllegalArgumentException unusable) {
      throw new BadInputException("", "rules/" + unusable.getMessage());
    }
  }

  /** The rules. */
  public Rulebook rulebook() {
    return rulebook;
  }

  /** All cases. */
  public List<Case> cases() {
    return cases;
  }

  /** The cases of a rule. */
  public List<Case> cases(String rule) {
    return cases.stream().filter(tried -> tried.rule().equals(rule)).toList();
  }

  /**
   * The rules that a name means: one rule, or all of a topic.
   *
   * @param wanted null for all
   * @throws BadInputException if there is none
   */
  public Set<String> rules(String wanted) {
    if (wanted == null) {
      return rulebook.rules().keySet();
    }
    Set<String> found =
        rulebook.rules().keySet().stream()
            .filter(id -> id.equals(wanted) || id.startsWith(wanted + "/"))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (found.isEmpty()) {
      throw new BadInputException("", noRule(wanted));
    }
    return found;
  }

  private String noRule(String wanted) {
    return "There is no rule (%s). Maybe one of these was meant: %s."
        .formatted(wanted, String.join(", ", near(wanted)));
  }

  private List<String> near(String wanted) {
    TreeMap<Integer, List<String>> byDistance =
        new TreeMap<>(
            rulebook.rules().keySet().stream()
                .collect(Collectors.groupingBy(id -> distance(wanted, id))));
    return byDistance.values().stream().flatMap(List::stream).limit(NEAR).toList();
  }

  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }

  /**
   * Tries a case. Among all rules first, which costs no compilation; where that does not pass,
   * because the facts lack what others read or because it fails, among those of its file, and then
   * alone, which is what counts.
   *
   * @throws BadInputException if the case cannot be tried
   */
  public Result run(Case tried) {
    RuleInfo info = rulebook.rules().get(tried.rule());
    if (info == null) {
      throw new BadInputException(
          "",
          "rules/%s, case (%s): %s".formatted(tried.file(), tried.name(), noRule(tried.rule())));
    }
    if (passes(rulebook, tried) || passes(file(info.file()), tried)) {
      List<String> expected = Cases.expected(tried);
      return new Result(tried, true, expected, expected);
    }
    try {
      return Cases.run(alone(tried.rule()), tried);
    } catch (IllegalArgumentException unusable) {
      throw new BadInputException("", "rules/" + unusable.getMessage());
    }
  }

  private static boolean passes(Rulebook among, Case tried) {
    try {
      return Cases.run(among, tried).passed();
    } catch (RuntimeException othersLackSomething) {
      return false;
    }
  }

  private Rulebook file(String path) {
    return files.computeIfAbsent(
        path,
        name ->
            RulebookReader.only(
                rulebook,
                rulebook.file(name).rules().stream()
                    .map(RuleInfo::id)
                    .collect(Collectors.toSet())));
  }

  /** A rule by itself. */
  Rulebook alone(String rule) {
    return alone.computeIfAbsent(rule, id -> RulebookReader.alone(rulebook, id));
  }
}
