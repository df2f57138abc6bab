package dev.rigwright.authoring;

import dev.rigwright.domain.Gpu;
import dev.rigwright.rulebook.Expr;
import dev.rigwright.rulebook.FileModel;
import dev.rigwright.rulebook.RuleFile;
import dev.rigwright.rulebook.RuleModel.Comparison;
import dev.rigwright.rulebook.RuleModel.Constraint;
import dev.rigwright.rulebook.RuleModel.Pattern;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.Span;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * For which values of a field the comparisons of a pattern with numbers hold. They can change their
 * mind only at those numbers, so a value at, below and above each says it for all: two variants
 * with the same answers are the same condition.
 */
final class Meaning {

  private static final Set<Class<?>> WHOLE =
      Set.of(int.class, long.class, Integer.class, Long.class, short.class, Short.class);
  private static final Set<String> OPERATORS = Set.of("==", "!=", "<", "<=", ">", ">=");

  private Meaning() {}

  /**
   * The answers for null and for the values around each number, in their order.
   *
   * @param place what is changed; null for nothing
   * @param becomes what stands there instead
   * @return null where the constraint is no comparison with a number
   */
  static List<Boolean> of(
      Rulebook rulebook, Pattern pattern, Constraint constraint, Span place, String becomes) {
    Comparison changed = constraint.comparison();
    if (!decidable(changed) || changed.literal().kind() != Expr.Kind.NUMBER) {
      return null;
    }
    boolean whole = whole(rulebook, pattern.type(), changed.field());
    TreeSet<BigDecimal> values = new TreeSet<>();
    List<Comparison> all =
        pattern.constraints().stream()
            .map(Constraint::comparison)
            .filter(other -> decidable(other) && other.field().equals(changed.field()))
            .toList();
    for (Comparison one : all) {
      if (one.literal().kind() == Expr.Kind.NUMBER) {
        BigDecimal number = number(one.literal().text());
        if (number == null) {
          return null;
        }
        around(values, number, whole);
        for (String shifted : Mutants.shifted(one.literal().text())) {
          around(values, number(shifted), whole);
        }
      }
    }
    List<Boolean> answers = new ArrayList<>();
    answers.add(all.stream().allMatch(one -> holds(one, null, place, becomes)));
    for (BigDecimal value : values) {
      answers.add(all.stream().allMatch(one -> holds(one, value, place, becomes)));
    }
    return answers;
  }

  private static void around(Set<BigDecimal> values, BigDecimal number, boolean whole) {
    BigDecimal step = whole ? BigDecimal.ONE : number.ulp().movePointLeft(1);
    BigDecimal at = whole ? new BigDecimal(number.toBigInteger()) : number;
    values.add(at.subtract(step));
    values.add(at);
    values.add(at.add(step));
  }

  private static boolean decidable(Comparison comparison) {
    return comparison != null
        && comparison.literal() != null
        && OPERATORS.contains(comparison.operator())
        && (comparison.literal().kind() == Expr.Kind.NULL
            || comparison.literal().kind() == Expr.Kind.NUMBER);
  }

  private static boolean holds(
      Comparison comparison, BigDecimal value, Span place, String becomes) {
    String operator = comparison.sign().equals(place) ? becomes : comparison.operator();
    if (comparison.literal().kind() == Expr.Kind.NULL) {
      return (value == null) == operator.equals("==");
    }
    if (value == null) {
      return operator.equals("!=");
    }
    String literal =
        comparison.literal().span().equals(place) ? becomes : comparison.literal().text();
    int order = value.compareTo(number(literal));
    return switch (operator) {
      case "==" -> order == 0;
      case "!=" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  private static BigDecimal number(String literal) {
    try {
      return new BigDecimal(literal.replaceAll("[a-zA-Z]+$", ""));
    } catch (NumberFormatException other) {
      return null;
    }
  }

  private static boolean whole(Rulebook rulebook, String type, String field) {
    try {
      Class<?> java = Class.forName(Gpu.class.getPackageName() + "." + type);
      return WHOLE.contains(Property.type(java, field));
    } catch (ClassNotFoundException declared) {
      for (RuleFile file : rulebook.files()) {
        for (FileModel.DeclaredType one : file.model().types()) {
          if (one.name().equals(type)) {
            return one.fields().stream()
                .anyMatch(
                    f ->
                        f.name().equals(field)
                            && Set.of("int", "long", "Integer", "Long").contains(f.type()));
          }
        }
      }
      return false;
    }
  }
}
