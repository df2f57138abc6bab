package dev.rigwright.authoring;

import dev.rigwright.rulebook.FileModel;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.RuleModel.Pattern;
import dev.rigwright.rulebook.Strata;
import dev.rigwright.rulebook.Types.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Order carries no meaning because conclusions lie in strata: each type is concluded in one folder,
 * nothing reads what a later one concludes, no cycle runs through a negation or an accumulation.
 */
final class StrataLint implements Lint {

  private record Concluding(FileModel file, RuleModel rule, String type) {}

  @Override
  public void look(Linted linted, Consumer<Finding> found) {
    List<Concluding> all = new ArrayList<>();
    linted.rules(
        (file, rule) -> {
          Type type = linted.concluded(file, rule);
          if (type != null) {
            all.add(new Concluding(file, rule, type.name()));
          }
        });
    Map<String, String> homes = homes(linted, all);
    for (Concluding one : all) {
      String home = homes.get(one.type());
      if (!one.file().folder().equals(home)) {
        found.accept(
            Finding.error(
                one.rule().consequence().inserted().span(),
                "concluded-twice",
                "%s is concluded in %s already; each type is concluded in one folder. Maybe the rule belongs there, or wants a type of its own."
                    .formatted(one.type(), home)));
      }
    }
    Map<String, Set<String>> below = new HashMap<>();
    for (Concluding one : all) {
      below.computeIfAbsent(one.type(), t -> new HashSet<>()).addAll(one.rule().reads());
    }
    linted.rules((file, rule) -> later(file, rule, homes, found));
    all.forEach(one -> cycles(one, homes, below, found));
  }

  /** Where each type is at home: where it is declared, else where most rules conclude it. */
  private static Map<String, String> homes(Linted linted, List<Concluding> all) {
    Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();
    for (Concluding one : all) {
      FileModel declaring = linted.types().home(one.type());
      counts
          .computeIfAbsent(one.type(), t -> new LinkedHashMap<>())
          .merge(declaring == null ? one.file().folder() : declaring.folder(), 1, Integer::sum);
    }
    Map<String, String> homes = new HashMap<>();
    counts.forEach(
        (type, folders) ->
            homes.put(
                type,
                folders.keySet().stream()
                    .min(
                        Comparator.comparingInt((String folder) -> -folders.get(folder))
                            .thenComparingInt(Strata::rank))
                    .orElseThrow()));
    return homes;
  }

  private static void later(
      FileModel file, RuleModel rule, Map<String, String> homes, Consumer<Finding> found) {
    for (Pattern pattern : rule.patterns()) {
      String home = homes.get(pattern.type());
      if (home != null && Strata.rank(home) > Strata.rank(file.folder())) {
        boolean unfinished = pattern.needsFinished();
        found.accept(
            Finding.error(
                pattern.typeSpan(),
                unfinished ? "unfinished" : "reads-later",
                "%s is concluded in %s, after %s%s. Maybe the rule belongs into %s or a later folder."
                    .formatted(
                        pattern.type(),
                        home,
                        file.folder(),
                        unfinished ? ", so it is not finished here" : "",
                        home)));
      }
    }
  }

  private static void cycles(
      Concluding one,
      Map<String, String> homes,
      Map<String, Set<String>> below,
      Consumer<Finding> found) {
    for (Pattern pattern : one.rule().patterns()) {
      String home = homes.get(pattern.type());
      boolean told = home != null && Strata.rank(home) > Strata.rank(one.file().folder());
      if (pattern.needsFinished()
          && !told
          && reaches(pattern.type(), one.type(), below, new HashSet<>())) {
        found.accept(
            Finding.error(
                pattern.typeSpan(),
                "cycle",
                "The rule concludes %s and waits until %s is finished, which rests on %s itself. Maybe a type in between breaks the circle."
                    .formatted(one.type(), pattern.type(), one.type())));
      }
    }
  }

  private static boolean reaches(
      String from, String to, Map<String, Set<String>> below, Set<String> seen) {
    if (from.equals(to)) {
      return true;
    }
    return seen.add(from)
        && below.getOrDefault(from, Set.of()).stream().anyMatch(t -> reaches(t, to, below, seen));
  }
}
