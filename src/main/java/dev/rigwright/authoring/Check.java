package dev.rigwright.authoring;

import dev.rigwright.domain.Claim;
import dev.rigwright.rulebook.Diagnosis;
import dev.rigwright.rulebook.FileModel;
import dev.rigwright.rulebook.FileModel.Fault;
import dev.rigwright.rulebook.ModelReader;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookException;
import dev.rigwright.rulebook.RulebookReader;
import dev.rigwright.rulebook.Span;
import dev.rigwright.rulebook.Types;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything that is wrong with a folder of rules: parsed, linted, typed, compiled, and all cases
 * run. A broken rule hides nothing of the others.
 */
public final class Check {

  private static final List<Lint> LINTS =
      List.of(
          new StructureLint(),
          new AnnotationLint(),
          new TypeLint(),
          new NullLint(),
          new ConditionLint(),
          new StrataLint(),
          new PairLint());

  /** Lints that name the mistake which the parser or compiler only stumbles over. */
  private static final Set<String> EXPLAINING =
      Set.of(
          "global",
          "function",
          "query",
          "not-a-rule",
          "eval",
          "attribute",
          "string-number",
          "enum-string",
          "types-differ",
          "package");

  /** Lints that name a mistake which the guard only takes for something that it does not know. */
  private static final Set<String> OF_STYLE =
      Set.of("attribute", "consequence", "eval", "function", "global", "update");

  private Check() {}

  /**
   * What was looked at and found.
   *
   * @param texts the rule files, by path relative to the rules' folder
   * @param findings by file, line and column
   */
  public record Report(Map<String, String> texts, int rules, List<Finding> findings) {
    public Report {
      findings = List.copyOf(findings);
    }
  }

  /**
   * Checks a folder of rules and its cases.
   *
   * @param folder the rules' folder
   * @param home the folder that sources in rules are relative to
   * @throws RulebookException if the folder cannot be read
   */
  public static Report folder(Path folder, Path home, Collection<Claim> claims) {
    Map<String, String> texts = RulebookReader.texts(folder);
    List<FileModel> files = models(texts);
    List<Finding> findings = new ArrayList<>();
    Diagnosis.Result diagnosis = Diagnosis.of(files);
    Set<String> unsound =
        diagnosis.broken().stream().map(RuleModel::name).collect(Collectors.toSet());
    findings.addAll(findings(files, diagnosis, home, claims));
    new CaseLint(folder, files, sound(folder, diagnosis), unsound, findings::add).run();
    return report(texts, files, findings);
  }

  /**
   * Checks rule files without their cases.
   *
   * @param texts by path relative to the rules' folder
   */
  public static Report texts(Map<String, String> texts, Path home, Collection<Claim> claims) {
    List<FileModel> files = models(texts);
    return report(texts, files, findings(files, Diagnosis.of(files), home, claims));
  }

  private static List<FileModel> models(Map<String, String> texts) {
    List<FileModel> files = new ArrayList<>();
    texts.forEach((path, text) -> files.add(ModelReader.read(path, text)));
    return files;
  }

  private static Report report(
      Map<String, String> texts, List<FileModel> files, List<Finding> findings) {
    return new Report(
        texts,
        files.stream().mapToInt(file -> file.rules().size()).sum(),
        findings.stream()
            .distinct()
            .sorted(
                Comparator.comparing((Finding f) -> f.place().file())
                    .thenComparing(f -> f.place().start())
                    .thenComparing(Finding::code))
            .toList());
  }

  private static Rulebook sound(Path folder, Diagnosis.Result diagnosis) {
    try {
      return RulebookReader.compile(RulebookReader.parse(folder, diagnosis.sound()));
    } catch (RulebookException broken) {
      return null;
    }
  }

  private static List<Finding> findings(
      List<FileModel> files, Diagnosis.Result diagnosis, Path home, Collection<Claim> claims) {
    Set<String> ids =
        claims.stream().map(Claim::id).collect(Collectors.toCollection(LinkedHashSet::new));
    Linted looked = new Linted(files, new Types(files), home, ids);
    List<Finding> linted = new ArrayList<>();
    LINTS.forEach(lint -> lint.look(looked, linted::add));
    List<Finding> findings = new ArrayList<>();
    List<Fault> open =
        diagnosis.faults().stream().filter(fault -> !explained(files, fault, linted)).toList();
    Set<Span> told = new HashSet<>();
    Set<String> beyond = new HashSet<>();
    open.stream()
        .filter(f -> told.add(f.span()))
        // One line that goes beyond a rule's job often does so at several words.
        .filter(f -> !f.code().startsWith("unsafe-") || beyond.add(line(f.span())))
        .forEach(f -> findings.add(Finding.error(f.span(), f.code(), f.message())));
    linted.stream().filter(finding -> !guess(files, finding, open)).forEach(findings::add);
    return findings;
  }

  private static String line(Span span) {
    return span.file() + ":" + span.line();
  }

  /** Whether a lint looked at what cannot be read, or says less than the compiler does. */
  private static boolean guess(List<FileModel> files, Finding finding, List<Fault> open) {
    for (Fault fault : open) {
      if (fault.span().equals(finding.place())) {
        return true;
      }
      boolean readable = fault.code().equals("compile") || fault.code().equals("duplicate-name");
      if (area(files, fault).holds(finding.place())
          && area(files, fault).file().equals(finding.place().file())
          && !finding.code().startsWith("annotation")
          && (!readable || finding.code().equals("consequence"))) {
        return true;
      }
    }
    return false;
  }

  private static Span area(List<FileModel> files, Fault fault) {
    for (FileModel file : files) {
      for (RuleModel rule : file.rules()) {
        if (rule.span().file().equals(fault.span().file()) && rule.span().holds(fault.span())) {
          return rule.span();
        }
      }
    }
    return fault.span();
  }

  /** Whether a lint says better what the parser or compiler stumbled over. */
  private static boolean explained(List<FileModel> files, Fault fault, List<Finding> linted) {
    if (fault.code().startsWith("unsafe-")) {
      Span whole = area(files, fault);
      return linted.stream()
          .filter(finding -> finding.place().file().equals(whole.file()))
          .anyMatch(finding -> namesBetter(finding, fault, whole));
    }
    if (!fault.code().equals("compile") && !fault.code().equals("syntax")) {
      return false;
    }
    Span area = area(files, fault);
    return linted.stream()
        .anyMatch(
            finding ->
                finding.place().file().equals(area.file())
                    && (finding.code().equals("unknown-import")
                        || (area.holds(finding.place()) || finding.place().holds(area))
                            && explains(finding, fault)));
  }

  /** Whether what goes beyond a rule's job is a mistake of style that a lint has found as well. */
  private static boolean namesBetter(Finding finding, Fault fault, Span area) {
    Span place = finding.place();
    return place.holds(fault.span())
        || fault.span().holds(place)
        || area.holds(place)
            && (finding.code().startsWith("unknown-") || OF_STYLE.contains(finding.code()))
        || finding.code().equals("package") && fault.code().equals("unsafe-package");
  }

  private static boolean explains(Finding finding, Fault fault) {
    String code = finding.code();
    if (code.equals("update")) {
      return finding.place().line() <= fault.span().line();
    }
    if (code.equals("annotation-invalid")) {
      return fault.message().startsWith("The severity ");
    }
    if (code.equals("annotation-twice")) {
      return fault.message().startsWith("Duplicated annotation");
    }
    return fault.code().equals("compile")
            && code.startsWith("unknown-")
            && !code.equals("unknown-rule-missing")
        || EXPLAINING.contains(code);
  }
}
