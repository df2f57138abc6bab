package dev.rigwright.authoring;

import dev.rigwright.authoring.RuleText.Edit;
import dev.rigwright.authoring.RuleText.Element;
import dev.rigwright.rulebook.Expr;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.RuleModel.Constraint;
import dev.rigwright.rulebook.RuleModel.Pattern;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.Span;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * The small mistakes that could be made in a rule's condition: each number one step off either way,
 * each operator another one, {@code not} and {@code exists} mistaken for each other.
 */
final class Mutants {

  private static final java.util.regex.Pattern NUMBER =
      java.util.regex.Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([a-zA-Z]*)");

  private final Rulebook rulebook;
  private final RuleText text;
  private final List<Mutant> mutants = new ArrayList<>();
  private final Map<String, Set<List<Boolean>>> known = new HashMap<>();
  private int equivalent;

  private Mutants(Rulebook rulebook, String rule) {
    this.rulebook = rulebook;
    this.text = RuleText.of(rulebook, rule);
  }

  /**
   * A mistake.
   *
   * @param name of the changed rule
   * @param place of what is changed
   * @param was what stands there
   * @param becomes what stands there instead
   * @param within the constraint or pattern around it, as it is written
   * @param pattern that it is in; null for an accumulation's result
   * @param constraint that it is; null where it is none
   * @param text the changed rule
   */
  record Mutant(
      String name,
      Span place,
      String was,
      String becomes,
      String within,
      Pattern pattern,
      Constraint constraint,
      String text) {}

  /**
   * The mistakes in one rule.
   *
   * @param equivalent how many were left out because they provably change nothing, or the same as
   *     another
   */
  record Found(List<Mutant> mutants, int equivalent) {}

  static Found of(Rulebook rulebook, String rule) {
    Mutants made = new Mutants(rulebook, rule);
    made.make();
    return new Found(made.mutants, made.equivalent);
  }

  private void make() {
    RuleModel rule = text.rule();
    for (Pattern pattern : rule.patterns()) {
      for (RuleText.Part part : RuleText.parts(pattern)) {
        Expr expression =
            part.constraint() != null
                ? part.constraint().expression()
                : pattern.bindings().stream()
                    .filter(binding -> binding.span().equals(part.span()))
                    .findFirst()
                    .orElseThrow()
                    .expression();
        expression(expression, part.span(), pattern, part.constraint());
      }
      if (pattern.source() != null) {
        expression(pattern.source(), pattern.source().span(), pattern, null);
      }
    }
    rule.accumulates()
        .forEach(
            accumulate ->
                accumulate
                    .constraints()
                    .forEach(expression -> expression(expression, expression.span(), null, null)));
    for (Element element : text.elements()) {
      Pattern only = element.only();
      if (only != null && !only.under().isEmpty()) {
        String word = only.negated() ? "not" : "exists";
        add(
            new Change(
                begin(element.span(), word.length()), word, only.negated() ? "exists" : "not"),
            element.span(),
            only,
            null);
      }
    }
  }

  private record Change(Span place, String was, String becomes) {}

  private static Span begin(Span span, int length) {
    return new Span(
        span.file(),
        span.line(),
        span.column(),
        span.line(),
        span.column() + length - 1,
        span.start(),
        span.start() + length);
  }

  private void expression(Expr expression, Span within, Pattern pattern, Constraint constraint) {
    for (Expr part : expression.all()) {
      if (part instanceof Expr.Binary binary && !joins(binary)) {
        for (String flip : Operators.flips(binary.operator())) {
          add(new Change(binary.sign(), binary.operator(), flip), within, pattern, constraint);
        }
      } else if (part instanceof Expr.Literal literal && literal.kind() == Expr.Kind.NUMBER) {
        for (String shifted : shifted(literal.text())) {
          add(new Change(literal.span(), literal.text(), shifted), within, pattern, constraint);
        }
      } else if (part instanceof Expr.Unary unary && unary.operator().equals("!")) {
        add(new Change(begin(unary.span(), 1), "!", ""), within, pattern, constraint);
      }
    }
  }

  /** Whether it joins texts. */
  private static boolean joins(Expr.Binary binary) {
    return binary.operator().equals("+")
        && binary.all().stream()
            .anyMatch(part -> part instanceof Expr.Literal l && l.kind() == Expr.Kind.STRING);
  }

  /** A number one step up and one down; a step is one in its last digit. */
  static List<String> shifted(String number) {
    Matcher parts = NUMBER.matcher(number);
    if (!parts.matches()) {
      return List.of();
    }
    BigDecimal value = new BigDecimal(parts.group(1));
    BigDecimal step = value.ulp();
    return List.of(
        value.add(step).toPlainString() + parts.group(2),
        value.subtract(step).toPlainString() + parts.group(2));
  }

  private void add(Change change, Span within, Pattern pattern, Constraint constraint) {
    if (constraint != null && pattern != null) {
      List<Boolean> meaning = Meaning.of(rulebook, pattern, constraint, null, null);
      if (meaning != null) {
        List<Boolean> changed =
            Meaning.of(rulebook, pattern, constraint, change.place(), change.becomes());
        Set<List<Boolean>> before =
            known.computeIfAbsent(
                constraint.span().toString(), place -> new HashSet<>(Set.of(meaning)));
        if (changed != null && !before.add(changed)) {
          equivalent++;
          return;
        }
      }
    }
    String name = text.rule().name() + "#" + (mutants.size() + 1);
    mutants.add(
        new Mutant(
            name,
            change.place(),
            change.was(),
            change.becomes(),
            text.cut(within).replaceAll("\\s+", " "),
            pattern,
            constraint,
            text.changed(name, List.of(new Edit(change.place(), change.becomes())))));
  }
}
