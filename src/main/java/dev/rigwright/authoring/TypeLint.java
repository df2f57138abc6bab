package dev.rigwright.authoring;

import dev.rigwright.facts.Similar;
import dev.rigwright.rulebook.Expr;
import dev.rigwright.rulebook.FileModel;
import dev.rigwright.rulebook.FileModel.Import;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.RuleModel.Accumulate;
import dev.rigwright.rulebook.RuleModel.Binding;
import dev.rigwright.rulebook.RuleModel.Constraint;
import dev.rigwright.rulebook.RuleModel.Pattern;
import dev.rigwright.rulebook.Span;
import dev.rigwright.rulebook.Types.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Names that mean nothing, and values that Drools compares although they can never be equal: text
 * with numbers, constants of an enum with text. Where a type is not known, nothing is said.
 */
final class TypeLint implements Lint {

  @Override
  public void look(Linted linted, Consumer<Finding> found) {
    linted.files().forEach(file -> imports(linted, file, found));
    linted.rules((file, rule) -> new Rule(linted, file, rule, found).look());
  }

  private static void imports(Linted linted, FileModel file, Consumer<Finding> found) {
    for (Import one : file.imports()) {
      int point = one.target().lastIndexOf('.');
      boolean exists =
          one.simpleName().equals("*")
              || (one.function()
                  ? linted.types().method(one.target())
                  : linted.types().resolve(file, one.simpleName()) != null);
      if (!exists) {
        found.accept(
            Finding.error(
                one.targetSpan(),
                "unknown-import",
                "There is no (%s). %s"
                    .formatted(
                        one.target(),
                        Similar.maybe(
                            one.simpleName(),
                            linted.types().names().stream()
                                .filter(name -> !name.equals(one.simpleName()))
                                .toList(),
                            "Maybe it is another name in "
                                + (point < 0
                                    ? "dev.rigwright.domain"
                                    : one.target().substring(0, point))
                                + "."))));
      }
    }
  }

  private record Rule(
      Linted linted,
      FileModel file,
      RuleModel rule,
      Map<String, Type> variables,
      Consumer<Finding> found) {

    Rule(Linted linted, FileModel file, RuleModel rule, Consumer<Finding> found) {
      this(linted, file, rule, linted.types().variables(file, rule), found);
    }

    void look() {
      for (Pattern pattern : rule.patterns()) {
        Type type = linted.types().resolve(file, pattern.type());
        if (type == null && !pattern.type().equals("Object") && !imported(pattern.type())) {
          found.accept(unknownType(pattern.type(), pattern.typeSpan()));
        }
        for (Constraint constraint : pattern.constraints()) {
          names(constraint.expression(), type);
          comparisons(constraint.expression(), type);
        }
        for (Binding binding : pattern.bindings()) {
          boolean seen =
              pattern.constraints().stream().anyMatch(c -> c.span().holds(binding.span()))
                  || pattern.bindings().stream()
                      .anyMatch(o -> o != binding && o.span().holds(binding.span()));
          if (!seen) {
            names(binding.expression(), type);
            comparisons(binding.expression(), type);
          }
        }
        if (pattern.source() != null) {
          names(pattern.source(), null);
        }
      }
      for (Accumulate accumulate : rule.accumulates()) {
        accumulate.results().forEach(result -> variablesOnly(result.expression()));
        accumulate.constraints().forEach(this::variablesOnly);
      }
      if (rule.consequence() != null) {
        for (Expr statement : rule.consequence().statements()) {
          names(statement, null);
        }
      }
    }

    /** Whether an import claims to bring it; where it does not, that is found there. */
    private boolean imported(String name) {
      return file.imports().stream().anyMatch(one -> one.simpleName().equals(name));
    }

    private void variablesOnly(Expr expression) {
      for (Expr part : expression.all()) {
        if (part instanceof Expr.Path path && path.variable()) {
          path(path, null);
        }
      }
    }

    private Finding unknownType(String name, Span place) {
      String target = linted.types().importOf(name);
      return Finding.error(
          place,
          "unknown-type",
          "There is no type (%s) here. %s"
              .formatted(
                  name,
                  target != null
                      ? "Maybe the line (import " + target + ";) is missing."
                      : Similar.maybe(
                          name,
                          linted.types().names(),
                          "Maybe declare it, or import it from dev.rigwright.domain.")));
    }

    private void names(Expr expression, Type pattern) {
      if (expression instanceof Expr.Path path) {
        path(path, pattern);
      } else if (expression instanceof Expr.New created) {
        if (linted.types().resolve(file, created.type()) == null && !imported(created.type())) {
          Span start = created.span();
          int at = file.text().indexOf(created.type(), start.start());
          found.accept(unknownType(created.type(), file.span(at, at + created.type().length())));
        }
      } else if (expression instanceof Expr.Call call) {
        method(call, pattern);
        if (call.target() instanceof Expr.Path path
            && !path.variable()
            && linted.types().resolve(file, path.name()) != null) {
          call.arguments().forEach(argument -> names(argument, pattern));
          return;
        }
      } else if (expression instanceof Expr.Member member) {
        Type target = linted.types().of(file, member.target(), pattern, variables);
        if (known(target) && linted.types().field(target, member.name()) == null) {
          Span end = member.span();
          found.accept(
              unknownField(
                  target, member.name(), file.span(end.end() - member.name().length(), end.end())));
        }
      }
      expression.parts().forEach(part -> names(part, pattern));
    }

    private void method(Expr.Call call, Type pattern) {
      Class<?> owner = linted.types().owner(file, call, pattern, variables);
      if (owner == null || owner == Object.class || owner.isInterface()) {
        return;
      }
      List<String> names =
          Arrays.stream(owner.getMethods()).map(java.lang.reflect.Method::getName).toList();
      if (!names.contains(call.name()) && !call.name().equals("eval")) {
        int from = call.target() == null ? call.span().start() : call.target().span().end();
        int at = file.text().indexOf(call.name(), from);
        found.accept(
            Finding.error(
                file.span(at, at + call.name().length()),
                "unknown-method",
                "%s has no method (%s). %s"
                    .formatted(
                        owner.getSimpleName(),
                        call.name(),
                        Similar.maybe(call.name(), names, "Maybe another type was meant."))));
      }
    }

    private static boolean known(Type type) {
      return type != null
          && (type.java() == null
              || !type.java().isInterface()
                  && !type.java().isArray()
                  && type.java() != Class.class);
    }

    private Finding unknownField(Type type, String name, Span place) {
      List<String> fields = linted.types().fields(type);
      return Finding.error(
          place,
          "unknown-field",
          "%s has no field (%s). %s"
              .formatted(
                  type.name(),
                  name,
                  Similar.maybe(
                      name,
                      fields,
                      "Maybe one of "
                          + String.join(", ", fields.stream().limit(8).toList())
                          + " was meant.")));
    }

    private void path(Expr.Path path, Type pattern) {
      String[] names = path.name().split("[.]");
      Type type;
      if (path.variable()) {
        if (!variables.containsKey(names[0])) {
          found.accept(unknownVariable(path, names[0]));
          return;
        }
        type = variables.get(names[0]);
      } else if (variables.containsKey(names[0])) {
        type = variables.get(names[0]);
      } else if (linted.types().resolve(file, names[0]) != null) {
        constant(path, names, linted.types().resolve(file, names[0]));
        return;
      } else if (!known(pattern) || names[0].contains("!") || names[0].contains("#")) {
        return;
      } else {
        type = linted.types().field(pattern, names[0]);
        if (type == null && !linted.types().fields(pattern).contains(names[0])) {
          if (imported(names[0])) {
            return;
          }
          if (Character.isUpperCase(names[0].charAt(0)) && names.length > 1) {
            found.accept(
                unknownType(
                    names[0],
                    file.span(path.span().start(), path.span().start() + names[0].length())));
          } else {
            found.accept(
                unknownField(
                    pattern,
                    names[0],
                    file.span(path.span().start(), path.span().start() + names[0].length())));
          }
          return;
        }
      }
      for (int i = 1; i < names.length && known(type); i++) {
        Type next = linted.types().field(type, names[i]);
        if (next == null && !linted.types().fields(type).contains(names[i])) {
          int at = file.text().indexOf(names[i], path.span().start() + names[0].length());
          found.accept(unknownField(type, names[i], file.span(at, at + names[i].length())));
          return;
        }
        type = next;
      }
    }

    private Finding unknownVariable(Expr.Path path, String name) {
      return Finding.error(
          file.span(path.span().start(), path.span().start() + name.length()),
          "unknown-variable",
          "Nothing binds (%s). %s"
              .formatted(
                  name,
                  Similar.maybe(
                      name,
                      variables.keySet(),
                      "Maybe bind it in the condition: " + name + " : field.")));
    }

    private void constant(Expr.Path path, String[] names, Type type) {
      if (type.constant() && names.length == 2) {
        List<String> constants =
            Arrays.stream(type.java().getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .toList();
        if (!constants.contains(names[1])) {
          int at = path.span().end() - names[1].length();
          found.accept(
              Finding.error(
                  file.span(at, path.span().end()),
                  "unknown-constant",
                  "%s has no constant (%s). %s"
                      .formatted(
                          type.name(),
                          names[1],
                          Similar.maybe(
                              names[1],
                              constants,
                              "Maybe one of " + String.join(", ", constants) + " was meant."))));
        }
      }
    }

    private void comparisons(Expr expression, Type pattern) {
      for (Expr part : expression.all()) {
        if (part instanceof Expr.Binary binary && binary.relation()) {
          List<Expr> right = new ArrayList<>();
          if (binary.right() instanceof Expr.Items items) {
            right.addAll(items.elements());
          } else if (!binary.operator().endsWith("memberOf")
              && !binary.operator().endsWith("contains")) {
            right.add(binary.right());
          }
          Type left = linted.types().of(file, binary.left(), pattern, variables);
          for (Expr value : right) {
            Type other = linted.types().of(file, value, pattern, variables);
            if (left != null && other != null) {
              differing(binary, left, value, other);
            }
          }
        }
      }
    }

    private void differing(Expr.Binary binary, Type left, Expr value, Type right) {
      String code = null;
      String next = null;
      if (left.text() && right.number() || left.number() && right.text()) {
        code = "string-number";
        next =
            "Drools compares them as text. Maybe another field, or a literal "
                + (left.text() ? "in" : "without")
                + " quotes was meant.";
      } else if (left.constant() && right.text() || left.text() && right.constant()) {
        code = "enum-string";
        next =
            "They are never equal. Maybe "
                + suggested(left.constant() ? left : right, binary)
                + " was meant.";
      } else if (left.constant() && right.constant() && left.java() != right.java()
          || left.truth() != right.truth()
              && (left.number() || left.text() || left.constant() || left.truth())
              && (right.number() || right.text() || right.constant() || right.truth())
          || left.constant() && right.number()
          || left.number() && right.constant()) {
        code = "types-differ";
        next = "They are never equal. Maybe another field was meant.";
      }
      if (code != null) {
        found.accept(
            Finding.error(
                value.span().holds(binary.sign())
                    ? binary.span()
                    : binary.left().span().to(value.span()),
                code,
                "%s is compared with %s. %s"
                    .formatted(shown(binary.left(), left), shown(value, right), next)));
      }
    }

    private static String suggested(Type constant, Expr.Binary binary) {
      String written =
          binary.right() instanceof Expr.Literal literal
              ? literal.text()
              : binary.left() instanceof Expr.Literal other ? other.text() : "";
      List<String> names =
          Arrays.stream(constant.java().getEnumConstants()).map(c -> ((Enum<?>) c).name()).toList();
      String near =
          names.stream()
              .filter(name -> name.equalsIgnoreCase(written))
              .findFirst()
              .orElseGet(
                  () -> Similar.near(written, names).stream().findFirst().orElse(names.get(0)));
      return constant.name() + "." + near;
    }

    private String shown(Expr expression, Type type) {
      return "(%s), a %s,".formatted(expression.span().cut(file.text()), type.name());
    }
  }
}
