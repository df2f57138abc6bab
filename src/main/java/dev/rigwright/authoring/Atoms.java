package dev.rigwright.authoring;

import dev.rigwright.rulebook.Expr;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What can be decided of a condition without running it: comparisons of one value with literals,
 * constants and variables, joined by and and or. Everything else counts as possible.
 */
final class Atoms {

  private static final int MOST = 256;
  private static final Map<String, String> TURNED =
      Map.of("<", ">", ">", "<", "<=", ">=", ">=", "<=", "==", "==", "!=", "!=");
  private static final Map<String, String> DENIED =
      Map.of("<", ">=", ">", "<=", "<=", ">", ">=", "<", "==", "!=", "!=", "==");

  private Atoms() {}

  /**
   * A comparison.
   *
   * @param left what is compared, in canonical words
   * @param right what with, in canonical words
   * @param number the right side where it is a number; else null
   * @param fixed whether the right side is a literal or a constant of an enum, not null
   */
  record Atom(String left, String operator, String right, BigDecimal number, boolean fixed) {

    boolean againstNull() {
      return right.equals("null");
    }
  }

  /**
   * The ways in which a condition can be true: any of the lists, all of the atoms in it.
   *
   * @param words what a part of it is called, variables resolved
   */
  static List<List<Atom>> ways(Expr expression, Function<Expr, String> words) {
    return ways(expression, words, true);
  }

  private static List<List<Atom>> ways(
      Expr expression, Function<Expr, String> words, boolean truth) {
    if (expression instanceof Expr.Bind bind) {
      return ways(bind.value(), words, truth);
    }
    if (expression instanceof Expr.Unary unary && unary.operator().equals("!")) {
      return ways(unary.operand(), words, !truth);
    }
    if (expression instanceof Expr.Binary binary) {
      boolean and = binary.operator().equals("&&");
      if (and || binary.operator().equals("||")) {
        List<List<Atom>> left = ways(binary.left(), words, truth);
        List<List<Atom>> right = ways(binary.right(), words, truth);
        return and == truth ? both(left, right) : either(left, right);
      }
      if (TURNED.containsKey(binary.operator())) {
        return List.of(List.of(atom(binary, words, truth)));
      }
    }
    return List.of(List.of());
  }

  private static Atom atom(Expr.Binary binary, Function<Expr, String> words, boolean truth) {
    String operator = truth ? binary.operator() : DENIED.get(binary.operator());
    boolean turn = fixed(binary.left()) && !fixed(binary.right());
    Expr left = bare(turn ? binary.right() : binary.left());
    Expr right = bare(turn ? binary.left() : binary.right());
    BigDecimal number = null;
    if (right instanceof Expr.Literal literal && literal.kind() == Expr.Kind.NUMBER) {
      number = number(literal.text());
    }
    return new Atom(
        words.apply(left),
        turn ? TURNED.get(operator) : operator,
        words.apply(right),
        number,
        fixed(right) && !nothing(right));
  }

  private static Expr bare(Expr expression) {
    return expression instanceof Expr.Bind bind ? bind.value() : expression;
  }

  private static boolean nothing(Expr expression) {
    return expression instanceof Expr.Literal literal && literal.kind() == Expr.Kind.NULL;
  }

  private static boolean fixed(Expr expression) {
    return expression instanceof Expr.Literal
        || expression instanceof Expr.Path path
            && Character.isUpperCase(path.name().charAt(0))
            && path.name().contains(".");
  }

  private static BigDecimal number(String text) {
    try {
      return new BigDecimal(text.replace("_", "").replaceFirst("[lLdDfFbBiI]$", ""));
    } catch (NumberFormatException other) {
      return null;
    }
  }

  private static List<List<Atom>> either(List<List<Atom>> left, List<List<Atom>> right) {
    List<List<Atom>> all = new ArrayList<>(left);
    all.addAll(right);
    return all;
  }

  /** All ways of one with all of another; where they are too many, nothing is said. */
  static List<List<Atom>> both(List<List<Atom>> left, List<List<Atom>> right) {
    if (left.size() * right.size() > MOST) {
      return List.of(List.of());
    }
    List<List<Atom>> all = new ArrayList<>();
    for (List<Atom> one : left) {
      for (List<Atom> other : right) {
        List<Atom> joined = new ArrayList<>(one);
        joined.addAll(other);
        all.add(joined);
      }
    }
    return all;
  }

  /**
   * Whether no value fulfils all atoms.
   *
   * @param whole whether what an atom compares is a whole number
   */
  static boolean impossible(List<Atom> atoms, Predicate<String> whole) {
    Set<String> lefts = new LinkedHashSet<>();
    atoms.forEach(atom -> lefts.add(atom.left()));
    for (String left : lefts) {
      List<Atom> own = atoms.stream().filter(atom -> atom.left().equals(left)).toList();
      if (nullness(own) || constants(own) || signs(own) || bounds(own, whole.test(left))) {
        return true;
      }
    }
    return false;
  }

  /** Null, and at the same time something that only a known value can be. */
  private static boolean nullness(List<Atom> own) {
    boolean isNull = own.stream().anyMatch(a -> a.againstNull() && a.operator().equals("=="));
    return isNull
        && own.stream()
            .anyMatch(
                a ->
                    a.againstNull() && a.operator().equals("!=")
                        || a.fixed() && !a.operator().equals("!="));
  }

  /** Equal to two different literals. */
  private static boolean constants(List<Atom> own) {
    return own.stream()
            .filter(a -> a.fixed() && a.operator().equals("=="))
            .map(a -> a.number() == null ? a.right() : a.number().stripTrailingZeros().toString())
            .distinct()
            .count()
        > 1;
  }

  /** Compared with the same other value in ways that exclude each other. */
  private static boolean signs(List<Atom> own) {
    for (Atom atom : own) {
      String left = "<=>";
      for (Atom other : own) {
        if (other.right().equals(atom.right())) {
          left = left.replaceAll("[^" + allowed(other.operator()) + "]", "");
        }
      }
      if (left.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static String allowed(String operator) {
    return switch (operator) {
      case "<" -> "<";
      case "<=" -> "<=";
      case ">" -> ">";
      case ">=" -> ">=";
      case "==" -> "=";
      default -> "<>";
    };
  }

  private static boolean bounds(List<Atom> own, boolean whole) {
    BigDecimal low = null;
    BigDecimal high = null;
    boolean lowIn = true;
    boolean highIn = true;
    for (Atom atom : own) {
      if (atom.number() == null) {
        continue;
      }
      BigDecimal value = atom.number();
      String operator = atom.operator();
      if (operator.startsWith(">") || operator.equals("==")) {
        boolean in = !operator.equals(">");
        int against = low == null ? 1 : value.compareTo(low);
        lowIn = against > 0 ? in : against == 0 ? lowIn && in : lowIn;
        low = against > 0 ? value : low;
      }
      if (operator.startsWith("<") || operator.equals("==")) {
        boolean in = !operator.equals("<");
        int against = high == null ? -1 : value.compareTo(high);
        highIn = against < 0 ? in : against == 0 ? highIn && in : highIn;
        high = against < 0 ? value : high;
      }
    }
    if (low == null || high == null) {
      return false;
    }
    if (whole) {
      java.math.BigInteger first = low.setScale(0, java.math.RoundingMode.CEILING).toBigInteger();
      java.math.BigInteger last = high.setScale(0, java.math.RoundingMode.FLOOR).toBigInteger();
      boolean lowWhole = low.stripTrailingZeros().scale() <= 0;
      boolean highWhole = high.stripTrailingZeros().scale() <= 0;
      if (!lowIn && lowWhole) {
        first = first.add(java.math.BigInteger.ONE);
      }
      if (!highIn && highWhole) {
        last = last.subtract(java.math.BigInteger.ONE);
      }
      return first.compareTo(last) > 0;
    }
    int order = low.compareTo(high);
    return order > 0 || order == 0 && !(lowIn && highIn);
  }

  /** Whether an atom holds wherever another does. */
  static boolean follows(Atom weaker, Atom from) {
    if (!weaker.left().equals(from.left())) {
      return false;
    }
    if (weaker.right().equals(from.right())) {
      return allowed(weaker.operator()).chars().allMatch(c -> true)
          && allowed(from.operator())
              .chars()
              .allMatch(c -> allowed(weaker.operator()).indexOf(c) >= 0);
    }
    if (weaker.againstNull()) {
      return weaker.operator().equals("!=") && from.fixed() && !from.operator().equals("!=");
    }
    if (weaker.number() != null && from.number() != null) {
      int order = from.number().compareTo(weaker.number());
      return switch (weaker.operator()) {
        case ">", ">=" ->
            (from.operator().startsWith(">") || from.operator().equals("==")) && order > 0;
        case "<", "<=" ->
            (from.operator().startsWith("<") || from.operator().equals("==")) && order < 0;
        case "!=" ->
            from.operator().equals("==")
                || from.operator().startsWith(">") && order > 0
                || from.operator().startsWith("<") && order < 0;
        default -> false;
      };
    }
    return weaker.operator().equals("!=")
        && from.operator().equals("==")
        && weaker.fixed()
        && from.fixed();
  }
}
