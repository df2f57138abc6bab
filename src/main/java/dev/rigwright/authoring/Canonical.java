package dev.rigwright.authoring;

import dev.rigwright.rulebook.Expr;
import dev.rigwright.rulebook.FileModel;
import dev.rigwright.rulebook.Lexer;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.RuleModel.Binding;
import dev.rigwright.rulebook.RuleModel.Constraint;
import dev.rigwright.rulebook.RuleModel.Pattern;
import dev.rigwright.rulebook.Token;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A rule in words that don't depend on the names of its variables: each is replaced by what it
 * stands for, a field of the pattern with a number.
 */
final class Canonical {

  private final FileModel file;
  private final RuleModel rule;
  private final Map<String, String> meanings = new HashMap<>();

  /**
   * Reads a rule.
   *
   * @param numbers what each of its patterns is called, by its place
   */
  Canonical(FileModel file, RuleModel rule, List<Integer> numbers) {
    this.file = file;
    this.rule = rule;
    for (int i = 0; i < rule.patterns().size(); i++) {
      Pattern pattern = rule.patterns().get(i);
      String number = "p" + numbers.get(i);
      if (pattern.variable() != null) {
        meanings.put(pattern.variable(), number);
      }
      for (Binding binding : pattern.bindings()) {
        meanings.put(binding.variable(), meaning(binding.expression(), number));
      }
    }
    rule.accumulates()
        .forEach(
            accumulate ->
                accumulate.results().stream()
                    .filter(result -> result.variable() != null)
                    .forEach(
                        result -> meanings.put(result.variable(), words(result.expression()))));
  }

  private String meaning(Expr expression, String number) {
    if (expression instanceof Expr.Path path
        && !meanings.containsKey(path.first())
        && !Character.isUpperCase(path.name().charAt(0))) {
      return path.name().equals("this") ? number : number + "." + path.name();
    }
    return words(expression);
  }

  /** An expression in canonical words. */
  String words(Expr expression) {
    if (expression instanceof Expr.Bind bind) {
      return words(bind.value());
    }
    if (expression instanceof Expr.Path path) {
      String meaning = meanings.get(path.first());
      return meaning == null ? path.name() : meaning + path.name().substring(path.first().length());
    }
    if (expression instanceof Expr.Literal literal && literal.kind() == Expr.Kind.STRING) {
      return '"' + literal.text() + '"';
    }
    StringBuilder words = new StringBuilder();
    boolean field = false;
    for (Token token : Lexer.tokens("", expression.span().cut(file.text()))) {
      if (!token.isComment()) {
        String meaning = field ? null : meanings.get(token.text());
        words.append(meaning == null ? token.text() : meaning).append(' ');
        field = token.is(".");
      }
    }
    return words.toString().strip().replace(" . ", ".").replace(" ( )", "()");
  }

  /** A pattern's constraints in canonical words, each with its expression. */
  Map<String, Expr> constraints(Pattern pattern) {
    Map<String, Expr> constraints = new LinkedHashMap<>();
    for (Constraint constraint : pattern.constraints()) {
      constraints.put(words(constraint), constraint.expression());
    }
    return constraints;
  }

  /** A constraint in canonical words, what it binds left out. */
  String words(Constraint constraint) {
    Expr expression = constraint.expression();
    if (expression instanceof Expr.Binary binary && binary.left() instanceof Expr.Bind bind) {
      return words(bind.value()) + " " + binary.operator() + " " + words(binary.right());
    }
    if (expression instanceof Expr.Binary binary && binary.relation()) {
      return words(binary.left()) + " " + binary.operator() + " " + words(binary.right());
    }
    return words(expression);
  }

  /** What the rule inserts, in canonical words. */
  String inserted() {
    return words(rule.consequence().inserted());
  }
}
