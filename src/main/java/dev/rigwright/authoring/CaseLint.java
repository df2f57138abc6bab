package dev.rigwright.authoring;

import dev.rigwright.authoring.Cases.Case;
import dev.rigwright.authoring.Cases.Result;
import dev.rigwright.facts.Similar;
import dev.rigwright.rulebook.FileModel;
import dev.rigwright.rulebook.Lexer;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The cases: each stands beside its rule and concludes what it says, each rule has one that fires
 * it and one that keeps it silent.
 */
final class CaseLint {

  private final Path folder;
  private final List<FileModel> files;
  private final Rulebook sound;
  private final Set<String> unsound;
  private final Consumer<Finding> found;
  private final Map<String, String> texts = new HashMap<>();

  /**
   * Prepares.
   *
   * @param sound the rules that compile; null where none do
   * @param unsound the names of rules that something else is wrong with, whose cases are not run
   */
  CaseLint(
      Path folder,
      List<FileModel> files,
      Rulebook sound,
      Set<String> unsound,
      Consumer<Finding> found) {
    this.folder = folder;
    this.files = files;
    this.sound = sound;
    this.unsound = unsound;
    this.found = found;
  }

  /** Reads and runs all cases. */
  void run() {
    List<Cases.Problem> problems = new ArrayList<>();
    List<Case> cases = Cases.read(folder, problems);
    for (Cases.Problem problem : problems) {
      found.accept(
          Finding.error(
              place(problem.file(), problem.line(), problem.column()),
              "case-unreadable",
              problem.message()));
    }
    Map<String, FileModel> homes = new HashMap<>();
    files.forEach(file -> file.rules().forEach(rule -> homes.putIfAbsent(rule.name(), file)));
    Bench bench = sound == null ? null : new Bench(sound, cases);
    for (Case tried : cases) {
      FileModel home = homes.get(tried.rule());
      String beside = tried.file().replace(".cases.json", ".drl");
      if (home == null) {
        found.accept(
            Finding.error(
                name(tried),
                "case-astray",
                "There is no rule (%s). %s"
                    .formatted(
                        tried.rule(),
                        Similar.maybe(
                            tried.rule(), homes.keySet(), "Maybe it was renamed or removed."))));
      } else if (!home.path().equals(beside)) {
        found.accept(
            Finding.error(
                name(tried),
                "case-astray",
                "The rule (%s) stands in %s. Maybe its case belongs beside it."
                    .formatted(tried.rule(), home.path())));
      } else if (bench != null && sound.rules().containsKey(tried.rule())) {
        run(bench, tried);
      }
    }
    files.forEach(file -> file.rules().forEach(rule -> complete(rule, cases, !problems.isEmpty())));
  }

  private void complete(RuleModel rule, List<Case> cases, boolean unread) {
    List<Case> own = cases.stream().filter(c -> c.rule().equals(rule.name())).toList();
    if (unread && own.isEmpty() || unsound.contains(rule.name()) && own.isEmpty()) {
      return;
    }
    if (own.stream().noneMatch(Case::fires)) {
      found.accept(
          Finding.warning(
              rule.nameSpan(),
              "case-missing",
              "No case fires the rule (%s). Maybe add one to the .cases.json beside it."
                  .formatted(rule.name())));
    }
    if (own.stream().allMatch(Case::fires)) {
      found.accept(
          Finding.warning(
              rule.nameSpan(),
              "case-missing",
              "No case keeps the rule (%s) silent. Maybe add one near its boundary."
                  .formatted(rule.name())));
    }
  }

  private void run(Bench bench, Case tried) {
    try {
      Result result = bench.run(tried);
      if (!result.passed()) {
        found.accept(
            Finding.error(
                name(tried),
                "case-fails",
                "Case (%s) of rule (%s): expected %s, concluded %s. Maybe the condition, or what the case expects, is to be another."
                    .formatted(tried.name(), tried.rule(), result.expected(), result.concluded())));
      }
    } catch (RuntimeException failed) {
      Throwable cause = failed;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      found.accept(
          Finding.error(
              name(tried),
              "case-fails",
              "Case (%s) of rule (%s) cannot be run: %s"
                  .formatted(
                      tried.name(),
                      tried.rule(),
                      String.join(
                          " ",
                          String.valueOf(cause.getMessage())
                              .lines()
                              .map(String::strip)
                              .toList()))));
    }
  }

  private Span name(Case tried) {
    return place(tried.file(), tried.line(), tried.column());
  }

  /** A place in a file of cases. */
  private Span place(String file, int line, int column) {
    String text = texts.computeIfAbsent(file, this::text);
    int offset = 0;
    for (int i = 1; i < line && text.indexOf('\n', offset) >= 0; i++) {
      offset = text.indexOf('\n', offset) + 1;
    }
    int start = Math.min(text.length(), offset + column - 1);
    return Lexer.span(file, text, start, Math.min(text.length(), start + 1));
  }

  private String text(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
