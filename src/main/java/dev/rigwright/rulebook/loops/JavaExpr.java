package dev.rigwright.rulebook.loops;

import dev.rigwright.rulebook.Expr;
import dev.rigwright.rulebook.FileModel;
import dev.rigwright.rulebook.FileModel.Import;
import dev.rigwright.rulebook.Types;
import dev.rigwright.rulebook.Types.Type;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the expressions of one rule's condition as Java, with the meaning that they have there.
 */
final class JavaExpr {

  /**
   * An expression in Java.
   *
   * @param type null where it is not known
   * @param on the patterns that it reads, by their places
   */
  record Code(String text, Type type, Set<Integer> on) {}

  private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/", "%");

  private final FileModel file;
  private final Types types;
  private final Map<String, Code> variables = new HashMap<>();

  JavaExpr(FileModel file, Types types) {
    this.file = file;
    this.types = types;
  }

  /** Says what a variable stands for. */
  void bind(String variable, Code meaning) {
    variables.put(variable, meaning);
  }

  /** What a variable stands for; null for one that is not bound. */
  Code bound(String variable) {
    return variables.get(variable);
  }

  /**
   * An expression in Java.
   *
   * @param own the pattern whose fields it may name; null in none
   * @throws NoLoop if it cannot be written
   */
  Code of(Expr expression, Code own) throws NoLoop {
    if (expression instanceof Expr.Bind bind) {
      return of(bind.value(), own);
    }
    if (expression instanceof Expr.Literal literal) {
      return new Code(literal(literal), type(literal, null), Set.of());
    }
    if (expression instanceof Expr.Path path) {
      return path(path, own);
    }
    if (expression instanceof Expr.Member member) {
      Code target = of(member.target(), own);
      return field(target, member.name(), expression);
    }
    if (expression instanceof Expr.Call call) {
      return call(call, own);
    }
    if (expression instanceof Expr.Unary unary) {
      Code operand = of(unary.operand(), own);
      return unary.operator().equals("!")
          ? new Code("!" + truth(operand, unary), truth(), operand.on())
          : new Code(unary.operator() + "(" + operand.text() + ")", operand.type(), operand.on());
    }
    if (expression instanceof Expr.Binary binary) {
      return binary(binary, own);
    }
    throw new NoLoop(expression, file);
  }

  /** A condition in Java, true or false whatever is unknown. */
  Code condition(Expr expression, Code own) throws NoLoop {
    Code code = of(expression, own);
    return new Code(truth(code, expression), truth(), code.on());
  }

  private Type truth() {
    return types.resolve(file, "boolean");
  }

  private String truth(Code code, Expr expression) throws NoLoop {
    if (code.type() == null || !code.type().truth()) {
      throw new NoLoop(expression, file);
    }
    return code.type().nullable() ? "yes(" + code.text() + ")" : "(" + code.text() + ")";
  }

  private Type type(Expr expression, Code own) {
    Map<String, Type> known = new HashMap<>();
    variables.forEach((name, code) -> known.put(name, code.type()));
    return types.of(file, expression, own == null ? null : own.type(), known);
  }

  private static String literal(Expr.Literal literal) {
    return literal.kind() == Expr.Kind.STRING
        ? '"'
            + literal
                .text()
                .replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\t", "\\t")
            + '"'
        : literal.text();
  }

  private Code path(Expr.Path path, Code own) throws NoLoop {
    if (path.name().contains("!") || path.name().contains("#")) {
      throw new NoLoop(path, file);
    }
    String[] names = path.name().split("[.]");
    Code code = variables.get(names[0]);
    if (code == null && own != null && names[0].equals("this")) {
      code = own;
    }
    if (code == null && own != null && types.field(own.type(), names[0]) != null) {
      code = field(own, names[0], path);
    }
    if (code == null) {
      // The constant of an enum, by the imports of the file.
      Type type = types.of(file, path, null, Map.of());
      if (names.length != 2 || type == null) {
        throw new NoLoop(path, file);
      }
      return new Code(path.name(), type, Set.of());
    }
    for (int i = 1; i < names.length; i++) {
      code = field(code, names[i], path);
    }
    return code;
  }

  private Code field(Code of, String name, Expr expression) throws NoLoop {
    Type type = of.type() == null ? null : types.field(of.type(), name);
    if (type == null) {
      throw new NoLoop(expression, file);
    }
    return new Code(of.text() + "." + reader(of.type(), name), type, of.on());
  }

  /** How a field of a type is read. */
  static String read(String from, Type of, String name) {
    return from + "." + reader(of, name);
  }

  private static String reader(Type of, String name) {
    String capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    if (of.declared() != null) {
      boolean truth =
          of.declared().fields().stream()
              .anyMatch(field -> field.name().equals(name) && field.type().equals("boolean"));
      return (truth ? "is" : "get") + capital + "()";
    }
    if (of.java().isArray()) {
      return name;
    }
    for (String form : List.of(name, "get" + capital, "is" + capital)) {
      try {
        Method method = of.java().getMethod(form);
        return method.getName() + "()";
      } catch (NoSuchMethodException other) {
        continue;
      }
    }
    return name;
  }

  private Code call(Expr.Call call, Code own) throws NoLoop {
    Set<Integer> on = new HashSet<>();
    List<String> arguments = new ArrayList<>();
    for (Expr argument : call.arguments()) {
      Code code = of(argument, own);
      arguments.add(code.text());
      on.addAll(code.on());
    }
    String target;
    if (call.target() == null) {
      boolean function =
          file.imports().stream()
              .anyMatch(one -> one.function() && one.simpleName().equals(call.name()));
      if (!function && own == null) {
        throw new NoLoop(call, file);
      }
      target = function ? "" : own.text() + ".";
      on.addAll(function ? Set.of() : own.on());
    } else if (call.target() instanceof Expr.Path path && isClass(path)) {
      target = path.name() + ".";
    } else {
      Code code = of(call.target(), own);
      target = code.text() + ".";
      on.addAll(code.on());
    }
    Type type = type(call, own);
    return new Code(target + call.name() + "(" + String.join(", ", arguments) + ")", type, on);
  }

  private boolean isClass(Expr.Path path) {
    if (variables.containsKey(path.first()) || path.name().contains(".")) {
      return false;
    }
    for (Import one : file.imports()) {
      if (!one.function() && one.simpleName().equals(path.name())) {
        return true;
      }
    }
    Type type = types.resolve(file, path.name());
    return type != null && type.java() != null && type.java().getName().startsWith("java.lang.");
  }

  private Code binary(Expr.Binary binary, Code own) throws NoLoop {
    String operator = binary.operator();
    Code left = of(binary.left(), own);
    if (binary.right() instanceof Expr.Items items) {
      return among(binary, left, items, own);
    }
    Code right = of(binary.right(), own);
    Set<Integer> on = new HashSet<>(left.on());
    on.addAll(right.on());
    if (operator.equals("&&") || operator.equals("||")) {
      String text =
          "(%s %s %s)"
              .formatted(truth(left, binary.left()), operator, truth(right, binary.right()));
      return new Code(text, truth(), on);
    }
    if (ARITHMETIC.contains(operator)) {
      Type type = type(binary, own);
      boolean divides = operator.equals("/") || operator.equals("%");
      if (type == null || divides && type.whole()) {
        throw new NoLoop(binary, file);
      }
      return new Code("(%s %s %s)".formatted(left.text(), operator, right.text()), type, on);
    }
    String text =
        switch (operator) {
          case "==" -> equal(left, right, binary);
          case "!=" -> "!" + equal(left, right, binary);
          case "<" -> ordered("less", left, right, binary);
          case "<=" -> ordered("most", left, right, binary);
          case ">" -> ordered("less", right, left, binary);
          case ">=" -> ordered("most", right, left, binary);
          case "contains" -> holds(left, right, binary);
          case "memberOf" -> holds(right, left, binary);
          case "not contains" -> "!" + holds(left, right, binary);
          case "not memberOf" -> "!" + holds(right, left, binary);
          default -> throw new NoLoop(binary, file);
        };
    return new Code(text, truth(), on);
  }

  /** Whether a value is one of several. */
  private Code among(Expr.Binary binary, Code left, Expr.Items items, Code own) throws NoLoop {
    boolean not = binary.operator().equals("not in");
    if (!not && !binary.operator().equals("in")) {
      throw new NoLoop(binary, file);
    }
    Set<Integer> on = new HashSet<>(left.on());
    List<String> any = new ArrayList<>();
    for (Expr element : items.elements()) {
      Code one = of(element, own);
      on.addAll(one.on());
      any.add(equal(left, one, binary));
    }
    String text = "(" + String.join(" || ", any) + ")";
    return new Code(not ? "!" + text : text, truth(), on);
  }

  private static boolean nothing(Code code) {
    return code.text().equals("null");
  }

  private static boolean primitive(Code code) {
    return code.type() != null && code.type().java() != null && code.type().java().isPrimitive();
  }

  /** Whether it costs nothing to say it twice, or it is known for certain. */
  private static boolean plain(Code code) {
    return primitive(code) || code.text().matches("[\\w$]+([.]\\w+\\(\\))*");
  }

  /** A comparison of numbers that holds for known ones alone. */
  private static String known(Code left, String operator, Code right) {
    List<String> all = new ArrayList<>();
    for (Code side : List.of(left, right)) {
      if (!primitive(side)) {
        all.add(side.text() + " != null");
      }
    }
    all.add("%s %s %s".formatted(left.text(), operator, right.text()));
    return "(" + String.join(" && ", all) + ")";
  }

  private String equal(Code left, Code right, Expr expression) throws NoLoop {
    if (nothing(left) || nothing(right)) {
      Code other = nothing(left) ? right : left;
      return primitive(other) ? "(false)" : "(" + other.text() + " == null)";
    }
    Type one = left.type();
    Type two = right.type();
    if (one == null || two == null) {
      throw new NoLoop(expression, file);
    }
    if (one.number() && two.number() && plain(left) && primitive(right)) {
      return known(left, "==", right);
    }
    if (primitive(left) && primitive(right) && one.number() == two.number()) {
      return "(%s == %s)".formatted(left.text(), right.text());
    }
    boolean alike =
        one.number() && two.number()
            || one.truth() && two.truth()
            || one.java() != null && one.java() == two.java();
    if (!alike) {
      throw new NoLoop(expression, file);
    }
    return "same(%s, %s)".formatted(left.text(), right.text());
  }

  private String ordered(String how, Code left, Code right, Expr expression) throws NoLoop {
    boolean comparable =
        left.type() != null
            && right.type() != null
            && (left.type().number() && right.type().number()
                || left.type().text() && right.type().text());
    if (!comparable) {
      throw new NoLoop(expression, file);
    }
    boolean numbers = left.type().number();
    if (numbers && plain(left) && plain(right)) {
      return known(left, how.equals("less") ? "<" : "<=", right);
    }
    return "%s(%s, %s)".formatted(how, left.text(), right.text());
  }

  private String holds(Code all, Code one, Expr expression) throws NoLoop {
    if (all.type() == null
        || all.type().java() == null
        || !java.util.Collection.class.isAssignableFrom(all.type().java())) {
      throw new NoLoop(expression, file);
    }
    return "holds(%s, %s)".formatted(all.text(), one.text());
  }
}
