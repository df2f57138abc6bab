package dev.rigwright.authoring;

import dev.rigwright.domain.Requirement;
import dev.rigwright.rulebook.Expr;
import dev.rigwright.rulebook.FileModel;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.RuleModel.Binding;
import dev.rigwright.rulebook.RuleModel.Constraint;
import dev.rigwright.rulebook.RuleModel.Pattern;
import dev.rigwright.rulebook.RuleModel.SourceKind;
import dev.rigwright.rulebook.RuleModel.Under;
import dev.rigwright.rulebook.Span;
import dev.rigwright.rulebook.Types.Type;
import java.lang.reflect.Executable;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Values that may be unknown: no arithmetic on them before it is asked whether they are known, and
 * for each of them some rule that says what holds where they are not. Numbers and truths in boxes
 * may be unknown, unless the schema of the facts requires them; what the requirement leaves open is
 * a wish that was not made, and needs no rule.
 */
final class NullLint implements Lint {

  private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/", "%");
  private static final Set<String> ORDER = Set.of("<", "<=", ">", ">=");

  @Override
  public void look(Linted linted, Consumer<Finding> found) {
    Set<String> handled = new HashSet<>();
    Map<String, List<Use>> uses = new LinkedHashMap<>();
    linted.rules(
        (file, rule) -> {
          Rule looked = new Rule(linted, file, rule, found);
          looked.arithmetic();
          looked.uses(uses, handled);
        });
    Set<Class<?>> wishes = wishes();
    Required required = new Required(linted.home());
    uses.forEach(
        (field, all) -> {
          Use first = all.get(0);
          if (!handled.contains(field)
              && !wishes.contains(first.owner())
              && !required.field(first.owner(), field.substring(field.indexOf('.') + 1))) {
            found.accept(
                Finding.error(
                    first.place(),
                    "unknown-rule-missing",
                    "%s may be unknown, and no rule says what holds then. Maybe a rule (%s/%s-unknown) with (%s == null) is missing."
                        .formatted(
                            field,
                            first.topic(),
                            hyphened(field.substring(field.indexOf('.') + 1)),
                            field.substring(field.indexOf('.') + 1))));
          }
        });
  }

  private record Use(Span place, Class<?> owner, String topic) {}

  private static String hyphened(String field) {
    StringBuilder name = new StringBuilder();
    for (char c : field.toCharArray()) {
      if (Character.isUpperCase(c)) {
        name.append('-');
      }
      name.append(Character.toLowerCase(c));
    }
    return name.toString();
  }

  /** The requirement and the records within it. */
  private static Set<Class<?>> wishes() {
    Set<Class<?>> wishes = new HashSet<>(Set.of(Requirement.class));
    for (RecordComponent component : Requirement.class.getRecordComponents()) {
      if (component.getType().isRecord()) {
        wishes.add(component.getType());
      }
    }
    return wishes;
  }

  /** One rule, and what is known not to be null in it. */
  private static final class Rule {
    private final Linted linted;
    private final FileModel file;
    private final RuleModel rule;
    private final Consumer<Finding> found;
    private final Map<String, Type> variables;
    private final Map<String, String> aliases = new HashMap<>();

    Rule(Linted linted, FileModel file, RuleModel rule, Consumer<Finding> found) {
      this.linted = linted;
      this.file = file;
      this.rule = rule;
      this.found = found;
      this.variables = linted.types().variables(file, rule);
      for (int i = 0; i < rule.patterns().size(); i++) {
        Pattern pattern = rule.patterns().get(i);
        if (pattern.variable() != null) {
          aliases.put(pattern.variable(), i + ":");
        }
        for (Binding binding : pattern.bindings()) {
          String key = key(binding.expression(), i);
          if (key != null) {
            aliases.put(binding.variable(), key);
          }
        }
      }
    }

    /** What names one value throughout the rule: the pattern's place and the path in it. */
    private String key(Expr expression, int pattern) {
      if (expression instanceof Expr.Bind bind) {
        return key(bind.value(), pattern);
      }
      if (expression instanceof Expr.Call call
          && call.arguments().isEmpty()
          && call.target() != null) {
        String target = key(call.target(), pattern);
        return target == null ? null : joined(target, call.name());
      }
      if (!(expression instanceof Expr.Path path)) {
        return null;
      }
      String first = path.first();
      String rest = path.name().substring(first.length()).replaceFirst("^[.]", "");
      if (aliases.containsKey(first)) {
        return joined(aliases.get(first), rest);
      }
      if (path.variable()) {
        return joined(first + ":", rest);
      }
      return pattern + ":" + (first.equals("this") ? rest : path.name());
    }

    private static String joined(String base, String rest) {
      return rest.isEmpty() ? base : base.endsWith(":") ? base + rest : base + "." + rest;
    }

    private Type type(Expr expression, Type pattern) {
      return linted.types().of(file, expression, pattern, variables);
    }

    /** Values that are known where an expression is true. */
    private Set<String> known(Expr expression, int pattern, boolean truth) {
      Set<String> keys = new HashSet<>();
      if (expression instanceof Expr.Bind bind) {
        return known(bind.value(), pattern, truth);
      }
      if (expression instanceof Expr.Unary unary && unary.operator().equals("!")) {
        return known(unary.operand(), pattern, !truth);
      }
      if (!(expression instanceof Expr.Binary binary)) {
        return keys;
      }
      boolean and = binary.operator().equals("&&");
      if (and || binary.operator().equals("||")) {
        keys.addAll(known(binary.left(), pattern, truth));
        Set<String> right = known(binary.right(), pattern, truth);
        if (and == truth) {
          keys.addAll(right);
        } else {
          keys.retainAll(right);
        }
        return keys;
      }
      boolean againstNull = nothing(binary.left()) || nothing(binary.right());
      boolean knows =
          againstNull
              ? binary.operator().equals(truth ? "!=" : "==")
              : truth
                  && (ORDER.contains(binary.operator())
                      || binary.operator().equals("==") && binary.right() instanceof Expr.Literal);
      if (knows) {
        for (Expr side : List.of(binary.left(), binary.right())) {
          String key = key(side, pattern);
          if (key != null) {
            keys.add(key);
          }
        }
      }
      return keys;
    }

    private static boolean nothing(Expr expression) {
      return expression instanceof Expr.Literal literal && literal.kind() == Expr.Kind.NULL;
    }

    void arithmetic() {
      Set<String> known = new HashSet<>();
      for (int i = 0; i < rule.patterns().size(); i++) {
        Pattern pattern = rule.patterns().get(i);
        Type type = linted.types().resolve(file, pattern.type());
        Set<String> here = new HashSet<>(known);
        for (Constraint constraint : pattern.constraints()) {
          check(constraint.expression(), i, type, here);
          here.addAll(known(constraint.expression(), i, true));
        }
        for (Binding binding : pattern.bindings()) {
          if (pattern.constraints().stream().noneMatch(c -> c.span().holds(binding.span()))) {
            check(binding.expression(), i, type, here);
          }
        }
        boolean holds =
            pattern.under().isEmpty()
                || pattern.under().stream().allMatch(under -> under == Under.ACCUMULATE);
        if (holds) {
          known.addAll(here);
        }
      }
      if (rule.consequence() != null) {
        rule.consequence().statements().forEach(s -> check(s, -1, null, known));
      }
    }

    private void check(Expr expression, int pattern, Type type, Set<String> known) {
      if (expression instanceof Expr.Binary binary
          && (binary.operator().equals("&&") || binary.operator().equals("||"))) {
        check(binary.left(), pattern, type, known);
        Set<String> right = new HashSet<>(known);
        right.addAll(known(binary.left(), pattern, binary.operator().equals("&&")));
        check(binary.right(), pattern, type, right);
        return;
      }
      if (expression instanceof Expr.Choice choice) {
        check(choice.condition(), pattern, type, known);
        Set<String> yes = new HashSet<>(known);
        yes.addAll(known(choice.condition(), pattern, true));
        check(choice.yes(), pattern, type, yes);
        Set<String> no = new HashSet<>(known);
        no.addAll(known(choice.condition(), pattern, false));
        check(choice.no(), pattern, type, no);
        return;
      }
      if (expression instanceof Expr.Binary binary && ARITHMETIC.contains(binary.operator())) {
        Type whole = type(binary, type);
        if (whole == null || !whole.text()) {
          operand(binary.left(), pattern, type, known, "Arithmetic on an unknown value fails");
          operand(binary.right(), pattern, type, known, "Arithmetic on an unknown value fails");
        }
      } else if (expression instanceof Expr.Unary unary && unary.operator().equals("-")) {
        operand(unary.operand(), pattern, type, known, "Arithmetic on an unknown value fails");
      } else {
        arguments(expression, pattern, type, known);
      }
      expression.parts().forEach(part -> check(part, pattern, type, known));
    }

    private void operand(
        Expr operand, int pattern, Type type, Set<String> known, String consequence) {
      Type its = type(operand, type);
      String key = key(operand, pattern);
      if (its != null && its.nullable() && key != null && !known.contains(key)) {
        String text = operand.span().cut(file.text());
        found.accept(
            Finding.error(
                operand.span(),
                "null-arithmetic",
                "(%s) may be unknown. %s. Maybe ask (%s != null) before."
                    .formatted(text, consequence, text)));
      }
    }

    /** What needs a number must not be handed an unknown one. */
    private void arguments(Expr expression, int pattern, Type type, Set<String> known) {
      List<Expr> arguments;
      Stream<? extends Executable> called;
      if (expression instanceof Expr.New created) {
        Type made = linted.types().resolve(file, created.type());
        arguments = created.arguments();
        if (made == null) {
          return;
        }
        if (made.java() == null) {
          for (int i = 0; i < Math.min(arguments.size(), made.declared().fields().size()); i++) {
            Type field =
                linted
                    .types()
                    .resolve(
                        linted.types().home(made.name()), made.declared().fields().get(i).type());
            if (field != null && field.java() != null && field.java().isPrimitive()) {
              operand(arguments.get(i), pattern, type, known, needs(made.name()));
            }
          }
          return;
        }
        called = Arrays.stream(made.java().getConstructors());
      } else if (expression instanceof Expr.Call call) {
        Class<?> owner = linted.types().owner(file, call, type, variables);
        arguments = call.arguments();
        if (owner == null) {
          return;
        }
        called = Arrays.stream(owner.getMethods()).filter(m -> m.getName().equals(call.name()));
      } else {
        return;
      }
      List<Executable> fitting = new ArrayList<>();
      called.filter(e -> e.getParameterCount() == arguments.size()).forEach(fitting::add);
      for (int i = 0; i < arguments.size(); i++) {
        int at = i;
        if (!fitting.isEmpty()
            && fitting.stream().allMatch(e -> e.getParameterTypes()[at].isPrimitive())) {
          operand(arguments.get(i), pattern, type, known, needs(fitting.get(0).getName()));
        }
      }
    }

    private static String needs(String name) {
      return "%s needs a known one".formatted(name.substring(name.lastIndexOf('.') + 1));
    }

    /** The nullable fields that the rule depends on, and those whose absence it looks at. */
    void uses(Map<String, List<Use>> uses, Set<String> handled) {
      for (Pattern pattern : rule.patterns()) {
        Type type = linted.types().resolve(file, pattern.type());
        // That there is none holds of an unknown value too: the negation speaks for it.
        if (type == null || pattern.from() != SourceKind.MEMORY || pattern.negated()) {
          continue;
        }
        for (Constraint constraint : pattern.constraints()) {
          for (Expr part : constraint.expression().all()) {
            if (part instanceof Expr.Binary binary && binary.relation()) {
              boolean asks =
                  nothing(binary.right())
                      ? binary.operator().equals("==")
                      : binary.operator().equals("!=") && binary.right() instanceof Expr.Literal;
              use(binary.left(), type, asks, uses, handled);
              use(binary.right(), type, false, uses, handled);
            }
          }
        }
      }
    }

    private void use(
        Expr expression,
        Type pattern,
        boolean asksForNull,
        Map<String, List<Use>> uses,
        Set<String> handled) {
      Expr value = expression instanceof Expr.Bind bind ? bind.value() : expression;
      if (!(value instanceof Expr.Path path)) {
        return;
      }
      Type its = type(path, pattern);
      if (its == null || !its.nullable()) {
        return;
      }
      int point = path.name().lastIndexOf('.');
      Type owner = pattern;
      if (point > 0) {
        Span place = path.span();
        owner = type(new Expr.Path(place, path.name().substring(0, point)), pattern);
      } else if (path.variable()) {
        return;
      }
      if (owner == null) {
        return;
      }
      String field = owner.name() + "." + path.name().substring(point + 1);
      if (asksForNull) {
        handled.add(field);
      } else {
        uses.computeIfAbsent(field, f -> new ArrayList<>())
            .add(new Use(path.span(), owner.java(), file.topic()));
      }
    }
  }
}
