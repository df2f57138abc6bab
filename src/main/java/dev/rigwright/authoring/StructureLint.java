package dev.rigwright.authoring;

import dev.rigwright.rulebook.Expr;
import dev.rigwright.rulebook.FileModel;
import dev.rigwright.rulebook.FileModel.DeclaredType;
import dev.rigwright.rulebook.FileModel.Field;
import dev.rigwright.rulebook.FileModel.Import;
import dev.rigwright.rulebook.FileModel.Other;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.RuleModel.Attribute;
import dev.rigwright.rulebook.RuleModel.Pattern;
import dev.rigwright.rulebook.Span;
import dev.rigwright.rulebook.Strata;
import dev.rigwright.rulebook.Token;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How files and rules are built: one package, a folder of the strata, one topic, no attributes, no
 * globals, functions or eval, keys on every declared field, one logical insertion.
 */
final class StructureLint implements Lint {

  private static final int MOST_RULES = 8;
  private static final Set<String> CHANGES =
      Set.of("modify", "update", "insert", "delete", "retract");

  @Override
  public void look(Linted linted, Consumer<Finding> found) {
    for (FileModel file : linted.files()) {
      file(file, found);
      for (RuleModel rule : file.rules()) {
        rule(file, rule, found);
      }
    }
  }

  private static void file(FileModel file, Consumer<Finding> found) {
    Span start =
        file.packageSpan() != null
            ? file.packageSpan()
            : file.tokens().stream()
                .filter(token -> !token.isComment())
                .map(Token::span)
                .findFirst()
                .orElseGet(() -> file.span(0, 0));
    if (!"rigwright".equals(file.packageName())) {
      found.accept(
          Finding.error(
              start,
              "package",
              file.packageName() == null
                  ? "The file has no package. Maybe the line (package rigwright;) is missing."
                  : "The package (%s) is not the one of all rules. Maybe rigwright was meant."
                      .formatted(file.packageName())));
    }
    if (!Strata.FOLDERS.contains(file.folder())) {
      found.accept(
          Finding.error(
              start,
              "folder",
              "The folder (%s) is no stratum. Maybe the file belongs into one of %s."
                  .formatted(file.folder(), String.join(", ", Strata.FOLDERS))));
    }
    if (file.rules().isEmpty() || file.rules().size() > MOST_RULES) {
      found.accept(
          Finding.warning(
              file.rules().size() > MOST_RULES ? file.rules().get(MOST_RULES).nameSpan() : start,
              "file-size",
              "The file holds %d rules; 1 to %d are read at a glance. Maybe it is more than one topic."
                  .formatted(file.rules().size(), MOST_RULES)));
    }
    for (Other other : file.others()) {
      found.accept(Finding.error(other.span(), code(other), message(other)));
    }
    for (Import imported : file.imports()) {
      if (imported.target().endsWith("*")) {
        found.accept(
            Finding.error(
                imported.targetSpan(),
                "wildcard-import",
                "The import (%s) hides what the file reads. Maybe name each type."
                    .formatted(imported.target())));
      }
    }
    for (DeclaredType type : file.types()) {
      for (Field field : type.fields()) {
        if (!field.key()) {
          found.accept(
              Finding.error(
                  field.nameSpan(),
                  "key-missing",
                  "The field (%s) of %s has no @key: two facts that differ in it would be one. Maybe add @key."
                      .formatted(field.name(), type.name())));
        }
      }
    }
  }

  private static String code(Other other) {
    return Set.of("global", "function", "query").contains(other.keyword())
        ? other.keyword()
        : "not-a-rule";
  }

  private static String message(Other other) {
    return switch (other.keyword()) {
      case "global" ->
          "A global (%s) is no fact: nobody could say where its value is from. Maybe make it a row of facts."
              .formatted(other.name());
      case "function" ->
          "A function (%s) belongs into Java, where it has tests. Maybe a method of estimate does it."
              .formatted(other.name());
      case "query" ->
          "A query (%s) concludes nothing. Maybe it wants to be a rule.".formatted(other.name());
      default ->
          "A file holds package, imports, declared types and rules; (%s) is none of these. Maybe it is misspelt or stands outside of its rule."
              .formatted(other.keyword());
    };
  }

  private static void rule(FileModel file, RuleModel rule, Consumer<Finding> found) {
    if (!named(file.topic(), rule.name())) {
      found.accept(
          Finding.error(
              rule.nameSpan(),
              "rule-name",
              "The rule (%s) is not named after its file and its problem. Maybe %s/… in small letters, digits and hyphens."
                  .formatted(rule.name(), file.topic())));
    }
    for (Attribute attribute : rule.attributes()) {
      found.accept(
          Finding.error(
              attribute.span(),
              "attribute",
              "The attribute (%s) gives order a meaning or hides a rule. Maybe a condition says it."
                  .formatted(attribute.name())));
    }
    rule.evals().forEach(place -> found.accept(eval(place)));
    for (Pattern pattern : rule.patterns()) {
      pattern.constraints().stream()
          .flatMap(constraint -> constraint.expression().all().stream())
          .filter(part -> part instanceof Expr.Call call && call.name().equals("eval"))
          .forEach(part -> found.accept(eval(part.span())));
    }
    if (rule.consequence() != null && rule.consequence().inserted() == null) {
      found.accept(consequence(file, rule));
    }
  }

  private static boolean named(String topic, String name) {
    String problem = name.startsWith(topic + "/") ? name.substring(topic.length() + 1) : "";
    return !problem.isEmpty()
        && problem.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-');
  }

  private static Finding eval(Span place) {
    return Finding.error(
        place, "eval", "An eval hides what it reads. Maybe write it as a condition on a fact.");
  }

  private static Finding consequence(FileModel file, RuleModel rule) {
    Span whole = rule.consequence().span();
    List<Token> tokens =
        file.tokens().stream().filter(t -> !t.isComment() && whole.holds(t.span())).toList();
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (CHANGES.contains(tokens.get(i).text())
          && tokens.get(i).isWord()
          && tokens.get(i + 1).is("(")) {
        return Finding.error(
            tokens.get(i).span(),
            "update",
            "The consequence calls %s: a conclusion would outlive its reason. Maybe insertLogical was meant."
                .formatted(tokens.get(i).text()));
      }
    }
    List<Expr> statements = rule.consequence().statements();
    Span place =
        statements.stream()
            .filter(s -> !(s instanceof Expr.Call call && call.name().equals("insertLogical")))
            .findFirst()
            .or(() -> statements.stream().skip(1).findFirst())
            .map(Expr::span)
            .orElse(whole);
    return Finding.error(
        place,
        "consequence",
        statements.isEmpty()
            ? "The rule concludes nothing. Maybe insertLogical( … ); is missing."
            : "The consequence is more or less than one (insertLogical( … );). Maybe what it decides belongs into the condition, or into a second rule.");
  }
}
