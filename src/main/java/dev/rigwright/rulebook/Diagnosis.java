package dev.rigwright.rulebook;

import dev.rigwright.rulebook.FileModel.Fault;
import dev.rigwright.rulebook.RuleModel.Constraint;
import dev.rigwright.rulebook.RuleModel.Pattern;
import dev.rigwright.rulebook.RulebookException.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.DroolsParserException;
import org.drools.drl.parser.ParserError;
import org.kie.internal.builder.conf.LanguageLevelOption;

/**
 * What keeps rule files from being parsed and compiled, each fault at its place. A broken rule is
 * set aside, so that it hides nothing of the others.
 */
public final class Diagnosis {

  private static final Path NOWHERE = Path.of("");

  private final List<FileModel> files;
  private final List<Fault> faults = new ArrayList<>();
  private final Set<RuleModel> aside = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Files that go beyond a rule's job outside of their rules. */
  private final Set<FileModel> unsafe = Collections.newSetFromMap(new IdentityHashMap<>());

  private Diagnosis(List<FileModel> files) {
    this.files = files;
  }

  /**
   * What is found.
   *
   * @param faults in the order of the files
   * @param broken rules that cannot be used, by identity of their model
   * @param sound the text of each file without its broken rules, by path, all at their places
   */
  public record Result(List<Fault> faults, Set<RuleModel> broken, Map<String, String> sound) {}

  /** Looks at all files together. */
  public static Result of(List<FileModel> files) {
    return new Diagnosis(files).look();
  }

  private Result look() {
    doubles();
    for (FileModel file : files) {
      faults.addAll(file.faults());
      for (Fault fault : file.faults()) {
        file.rules().stream().filter(rule -> rule.span().holds(fault.span())).forEach(aside::add);
      }
      parse(file);
    }
    unsafe();
    compile();
    return new Result(List.copyOf(faults), aside, texts());
  }

  private void doubles() {
    Map<String, String> places = new LinkedHashMap<>();
    for (FileModel file : files) {
      for (RuleModel rule : file.rules()) {
        String before = places.putIfAbsent(rule.name(), rule.nameSpan().toString());
        if (before != null) {
          aside.add(rule);
          faults.add(
              new Fault(
                  "duplicate-name",
                  rule.nameSpan(),
                  "The rule (%s) stands in %s already. Maybe one of them wants another name."
                      .formatted(rule.name(), before),
                  rule.name()));
        }
      }
    }
  }

  private void parse(FileModel file) {
    List<DroolsError> errors = new ArrayList<>();
    PackageDescr whole = parsed(file.text(), errors);
    if (errors.isEmpty() && whole != null) {
      for (Fault fault : Agreement.differences(file, whole)) {
        if (aside.stream().noneMatch(rule -> rule.name().equals(fault.rule()))) {
          faults.add(fault);
          file.rules().stream()
              .filter(rule -> rule.name().equals(fault.rule()))
              .forEach(aside::add);
        }
      }
      return;
    }
    boolean explained = !file.faults().isEmpty();
    for (RuleModel rule : file.rules()) {
      if (!aside.contains(rule)) {
        List<DroolsError> own = new ArrayList<>();
        List<Span> kept = file.ground();
        kept.add(rule.span());
        parsed(file.only(kept), own);
        List<DroolsError> ground = new ArrayList<>();
        if (!own.isEmpty()) {
          parsed(file.only(file.ground()), ground);
        }
        if (own.size() > ground.size()) {
          explained = true;
          aside.add(rule);
          faults.add(
              new Fault(
                  "syntax",
                  place(file, rule, own.get(0)),
                  sentence(own.get(0).getMessage()),
                  rule.name()));
        }
      }
    }
    if (!explained) {
      faults.add(
          new Fault(
              "syntax",
              place(file, null, errors.get(0)),
              sentence(errors.get(0).getMessage()),
              null));
    }
  }

  /** What goes beyond a rule's job is told and never compiled. */
  private void unsafe() {
    for (Fault fault : Safety.faults(files)) {
      if (!fault.code().startsWith("unsafe-")) {
        continue;
      }
      FileModel file =
          files.stream()
              .filter(one -> one.path().equals(fault.span().file()))
              .findFirst()
              .orElseThrow();
      List<RuleModel> rules =
          file.rules().stream().filter(rule -> rule.span().holds(fault.span())).toList();
      if (rules.isEmpty()) {
        unsafe.add(file);
      }
      if (rules.isEmpty() || !aside.containsAll(rules) || fault.rule() == null) {
        faults.add(rules.isEmpty() ? fault : readable(rules.get(0), fault));
      }
    }
    for (Fault fault : List.copyOf(faults)) {
      if (fault.code().startsWith("unsafe-")) {
        for (FileModel file : files) {
          file.rules().stream().filter(rule -> rule.span().holds(fault.span())).forEach(aside::add);
        }
      }
    }
    unsafe.forEach(file -> aside.addAll(file.rules()));
  }

  /** A consequence that is no Java is not one that does too much. */
  private static Fault readable(RuleModel rule, Fault fault) {
    List<Expr.Other> unread =
        unread(rule).stream().filter(other -> other.text().startsWith("insertLogical")).toList();
    if (!fault.code().equals("unsafe-consequence") || unread.isEmpty()) {
      return fault;
    }
    return new Fault(
        "syntax",
        unread.get(0).where(),
        sentence("(%s) is nothing that a rule may hold here".formatted(unread.get(0).text())),
        rule.name());
  }

  private static PackageDescr parsed(String text, List<DroolsError> errors) {
    DrlParser parser = new DrlParser(LanguageLevelOption.DRL6);
    try {
      PackageDescr parsed = parser.parse(false, text);
      errors.addAll(parser.getErrors());
      return parsed;
    } catch (DroolsParserException broken) {
      errors.addAll(parser.getErrors());
      return null;
    }
  }

  private static Span place(FileModel file, RuleModel rule, DroolsError error) {
    if (rule != null) {
      for (Expr.Other other : unread(rule)) {
        return other.where();
      }
    }
    if (error instanceof ParserError at && at.getRow() > 0) {
      for (Token token : file.tokens()) {
        Span span = token.span();
        boolean reached =
            span.lastLine() > at.getRow()
                || span.line() == at.getRow() && span.lastColumn() > Math.max(0, at.getCol());
        if (reached && (rule == null || rule.span().holds(span))) {
          return span;
        }
      }
    }
    if (rule != null) {
      return rule.nameSpan();
    }
    return file.tokens().isEmpty()
        ? Lexer.span(file.path(), file.text(), 0, 0)
        : file.tokens().get(0).span();
  }

  /** Expressions of a rule that cannot be read. */
  private static List<Expr.Other> unread(RuleModel rule) {
    List<Expr> all = new ArrayList<>();
    for (Pattern pattern : rule.patterns()) {
      pattern.constraints().forEach(constraint -> all.addAll(constraint.expression().all()));
      pattern.bindings().forEach(binding -> all.addAll(binding.expression().all()));
    }
    if (rule.consequence() != null) {
      rule.consequence().statements().forEach(statement -> all.addAll(statement.all()));
    }
    return all.stream().filter(Expr.Other.class::isInstance).map(Expr.Other.class::cast).toList();
  }

  private Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (FileModel file : files) {
      if (unsafe.contains(file)) {
        continue;
      }
      List<Span> kept = file.ground();
      boolean whole = true;
      for (RuleModel rule : file.rules()) {
        if (aside.contains(rule)) {
          whole = false;
        } else {
          kept.add(rule.span());
        }
      }
      texts.put(file.path(), whole && file.faults().isEmpty() ? file.text() : file.only(kept));
    }
    return texts;
  }

  private static List<Problem> problems(Map<String, String> texts) {
    try {
      RulebookReader.compile(RulebookReader.parse(NOWHERE, texts));
      return List.of();
    } catch (RulebookException broken) {
      return broken.problems();
    } catch (RuntimeException failed) {
      // The compiler behind Drools fails on some imports instead of saying what is wrong.
      return List.of(
          new Problem(
              texts.keySet().stream().reduce((first, second) -> second).orElse(""),
              1,
              1,
              "The compiler gave up: " + failed.getMessage()));
    }
  }

  private void compile() {
    List<Problem> problems = problems(texts());
    if (problems.isEmpty()) {
      return;
    }
    Map<String, String> ground = new LinkedHashMap<>();
    for (FileModel file : files) {
      if (!file.types().isEmpty() && !unsafe.contains(file)) {
        ground.put(file.path(), file.only(file.ground()));
      }
    }
    List<Problem> beneath = ground.isEmpty() ? List.of() : problems(ground);
    for (Problem problem : beneath) {
      FileModel file = file(problem);
      if (file != null && file.faults().stream().allMatch(fault -> fault.rule() != null)) {
        faults.add(located(file, null, problem));
      }
    }
    if (!beneath.isEmpty()) {
      return;
    }
    Set<String> suspect = new LinkedHashSet<>();
    problems.forEach(problem -> suspect.add(plain(problem.file())));
    boolean found = false;
    for (FileModel file : files) {
      if (suspect.contains(file.path())) {
        found |= compile(file, ground);
      }
    }
    if (!found) {
      Problem first = problems.get(0);
      FileModel file = file(first) == null ? files.get(0) : file(first);
      faults.add(located(file, null, first));
    }
  }

  private boolean compile(FileModel file, Map<String, String> ground) {
    boolean found = false;
    for (RuleModel rule : file.rules()) {
      if (!aside.contains(rule)) {
        List<Span> kept = file.ground();
        kept.add(rule.span());
        Map<String, String> alone = new LinkedHashMap<>(ground);
        alone.put(file.path(), file.only(kept));
        Set<Span> places = new LinkedHashSet<>();
        for (Problem problem : problems(alone)) {
          Fault fault = located(file, rule, problem);
          if (places.add(fault.span())) {
            faults.add(fault);
          }
          aside.add(rule);
          found = true;
        }
      }
    }
    return found;
  }

  private FileModel file(Problem problem) {
    return files.stream()
        .filter(file -> file.path().equals(plain(problem.file())))
        .findFirst()
        .orElse(null);
  }

  private static String plain(String file) {
    return file.startsWith("rules/") ? file.substring("rules/".length()) : file;
  }

  /** The place that a message of the compiler is about: what it names, else its line. */
  private static Fault located(FileModel file, RuleModel rule, Problem problem) {
    String message = sentence(problem.message());
    String name = rule == null ? null : rule.name();
    Span area = rule == null ? null : rule.span();
    if (rule != null) {
      for (Expr.Other other : unread(rule)) {
        return new Fault("syntax", other.where(), message, name);
      }
      for (Pattern pattern : rule.patterns()) {
        for (Constraint constraint : pattern.constraints()) {
          if (named(problem.message(), constraint.source())) {
            Span inner = word(file, constraint.span(), problem.message());
            return new Fault("compile", inner == null ? constraint.span() : inner, message, name);
          }
        }
      }
      if (rule.consequence() != null) {
        Span inner = word(file, rule.consequence().span(), problem.message());
        if (inner != null) {
          return new Fault("compile", inner, message, name);
        }
        if (message.startsWith("Syntax error, insert")) {
          return new Fault("compile", last(file, rule.consequence().span()), message, name);
        }
      }
    }
    if (rule != null
        && rule.consequence() != null
        && problem.message().startsWith("Rule Compilation error")) {
      Span first = rule.consequence().span();
      return new Fault("compile", first(file, first), message, name);
    }
    Span inner = area == null ? null : word(file, area, problem.message());
    if (inner != null) {
      return new Fault("compile", inner, message, name);
    }
    for (Token token : file.tokens()) {
      if (!token.isComment()
          && token.span().line() == problem.line()
          && (area == null || area.holds(token.span()))) {
        return new Fault("compile", token.span(), message, name);
      }
    }
    Span last =
        rule == null
            ? file.tokens().get(0).span()
            : rule.consequence() == null ? rule.nameSpan() : rule.consequence().span();
    return new Fault("compile", last, message, name);
  }

  private static Span first(FileModel file, Span area) {
    return file.tokens().stream()
        .filter(token -> !token.isComment() && area.holds(token.span()))
        .map(Token::span)
        .findFirst()
        .orElse(area);
  }

  private static Span last(FileModel file, Span area) {
    return file.tokens().stream()
        .filter(token -> !token.isComment() && area.holds(token.span()))
        .map(Token::span)
        .reduce((first, second) -> second)
        .orElse(area);
  }

  private static boolean named(String message, String source) {
    return message.replace(" ", "").contains(source.replace(" ", ""));
  }

  /** The first word of an area that the message names as the one that it is about. */
  private static Span word(FileModel file, Span area, String message) {
    List<Token> words = Lexer.tokens("", message);
    Set<String> blamed = new LinkedHashSet<>();
    for (int i = 0; i < words.size(); i++) {
      Token token = words.get(i);
      boolean before =
          i + 2 < words.size() && words.get(i + 1).is("cannot") && words.get(i + 2).is("be");
      boolean after =
          i > 0
              && (words.get(i - 1).is("method")
                  || words.get(i - 1).is("constructor")
                  || words.get(i - 1).is("token")
                  || words.get(i - 1).is("variable")
                  || words.get(i - 1).is("ObjectType")
                  || words.get(i - 1).is("identifier"));
      if (before || after) {
        blamed.add(token.unquoted());
      }
    }
    for (String wanted : blamed) {
      for (Token token : file.tokens()) {
        if (token.isWord() && token.text().equals(wanted) && area.holds(token.span())) {
          return token.span();
        }
      }
    }
    return null;
  }

  /** A message in one line, without what only says again where it is, and with a next step. */
  private static String sentence(String message) {
    String line =
        String.join(" ", String.valueOf(message).lines().map(String::strip).toList()).strip();
    if (line.startsWith("[ERR") && line.contains("Line ")) {
      String[] words = line.substring(line.indexOf("Line ")).split(" ", 3);
      line = words.length == 3 ? words[2] : line;
    }
    for (String prefix : List.of("Rule Compilation error ", "Error: ")) {
      line = line.startsWith(prefix) ? line.substring(prefix.length()) : line;
    }
    String whole = line.endsWith(".") ? line : line + ".";
    return whole.contains("Maybe ")
        ? whole
        : whole + " Maybe a name, a sign or a bracket here is to be another.";
  }
}
