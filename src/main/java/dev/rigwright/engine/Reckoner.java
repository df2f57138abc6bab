package dev.rigwright.engine;

import dev.rigwright.rulebook.Expr;
import dev.rigwright.rulebook.FileModel;
import dev.rigwright.rulebook.FileModel.Import;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.RuleModel.Pattern;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Computes the expressions of a rule file outside the engine: to see what a constraint compares, or
 * what a consequence concludes, where a number of the requirement were another one. It computes
 * what the shipped rules are written in; what it cannot read it refuses, and never guesses at.
 */
final class Reckoner {

  /** By class, so that those of a rulebook that is gone go with it. */
  private static final ClassValue<Map<String, Optional<Method>>> GETTERS =
      new ClassValue<>() {
        @Override
        protected Map<String, Optional<Method>> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private final Map<String, Class<?>> types = new HashMap<>();
  private final Map<Expr.Literal, Optional<Object>> literals = new IdentityHashMap<>();
  private final Map<Expr.Path, String[]> names = new IdentityHashMap<>();

  /** An expression that cannot be computed here. */
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(String what) {
      super(what);
    }
  }

  /**
   * Computes what stands in one file, by its imports.
   *
   * @param declared types that rule files declare, by name
   */
  Reckoner(FileModel file, Map<String, Class<?>> declared) {
    types.putAll(declared);
    for (Class<?> known :
        List.of(List.class, Map.class, Set.class, Math.class, Double.class, Long.class)) {
      types.put(known.getSimpleName(), known);
    }
    types.put("Integer", Integer.class);
    for (Import one : file.imports()) {
      if (!one.function()) {
        try {
          types.put(
              one.simpleName(), Class.forName(one.target(), true, Reckoner.class.getClassLoader()));
        } catch (ClassNotFoundException | LinkageError unknown) {
          types.remove(one.simpleName());
        }
      }
    }
  }

  /**
   * The value of an expression.
   *
   * @param self the fact whose fields it names; null in a consequence
   * @param variables what the rule's variables stand for, by their names with the {@code $}
   * @throws Unreadable if it is written in what is not known here
   */
  Object value(Expr expr, Object self, Function<String, Object> variables) {
    if (expr instanceof Expr.Literal literal) {
      return literals
          .computeIfAbsent(literal, one -> Optional.ofNullable(literal(one)))
          .orElse(null);
    }
    if (expr instanceof Expr.Path path) {
      return path(path, self, variables);
    }
    if (expr instanceof Expr.Bind bind) {
      return value(bind.value(), self, variables);
    }
    if (expr instanceof Expr.Binary binary) {
      return binary(binary, self, variables);
    }
    if (expr instanceof Expr.Unary unary) {
      Object operand = value(unary.operand(), self, variables);
      return switch (unary.operator()) {
        case "!" -> !Boolean.TRUE.equals(operand);
        case "-" ->
            whole(operand)
                ? (Object) (-((Number) operand).longValue())
                : (Object) (-number(operand));
        case "+" -> operand;
        default -> throw new Unreadable(unary.operator());
      };
    }
    if (expr instanceof Expr.Choice choice) {
      return Boolean.TRUE.equals(value(choice.condition(), self, variables))
          ? value(choice.yes(), self, variables)
          : value(choice.no(), self, variables);
    }
    if (expr instanceof Expr.Call call) {
      return call(call, self, variables);
    }
    if (expr instanceof Expr.Member member) {
      return property(value(member.target(), self, variables), member.name());
    }
    if (expr instanceof Expr.New made) {
      return made(made, arguments(made.arguments(), self, variables));
    }
    if (expr instanceof Expr.Cast cast) {
      return cast(cast.type(), value(cast.operand(), self, variables));
    }
    if (expr instanceof Expr.Items items) {
      return arguments(items.elements(), self, variables);
    }
    throw new Unreadable(expr.getClass().getSimpleName());
  }

  private static Object literal(Expr.Literal literal) {
    return switch (literal.kind()) {
      case STRING -> literal.text();
      case BOOLEAN -> Boolean.valueOf(literal.text());
      case NULL -> null;
      case NUMBER -> {
        String text = literal.text().replace("_", "");
        String digits = text.replaceAll("[lLdDfF]$", "");
        yield digits.matches("-?\\d+") && !text.matches(".*[dDfF]$")
            ? (Object) Long.valueOf(digits)
            : (Object) Double.valueOf(digits);
      }
    };
  }

  private String[] names(Expr.Path path) {
    return names.computeIfAbsent(path, one -> one.name().split("\\."));
  }

  private Object path(Expr.Path path, Object self, Function<String, Object> variables) {
    String[] names = names(path);
    Object value;
    int next = 1;
    if (path.variable()) {
      value = variables.apply(names[0]);
    } else if (names[0].equals("this")) {
      value = self;
    } else if (self != null && getter(self.getClass(), names[0]) != null) {
      value = property(self, names[0]);
    } else if (types.containsKey(names[0]) && names.length > 1) {
      value = constant(types.get(names[0]), names[1]);
      next = 2;
    } else {
      throw new Unreadable(path.name());
    }
    for (; next < names.length; next++) {
      value = property(value, names[next]);
    }
    return value;
  }

  private static Object constant(Class<?> type, String name) {
    try {
      Field field = type.getField(name);
      return field.get(null);
    } catch (ReflectiveOperationException | NullPointerException unknown) {
      throw new Unreadable(type.getSimpleName() + "." + name);
    }
  }

  /** The class that a name stands for in the file; null where that is not known. */
  Class<?> type(String name) {
    return types.get(name.substring(name.lastIndexOf('.') + 1));
  }

  /**
   * The type that a consequence concludes; null where that is not plain.
   *
   * @param functions methods that the file imports, by name
   */
  Class<?> concluded(RuleModel rule, Expr inserted, Map<String, Class<?>> functions) {
    if (inserted instanceof Expr.New made) {
      return type(made.type());
    }
    if (inserted instanceof Expr.Call call) {
      Class<?> owner = null;
      if (call.target() == null) {
        owner = functions.get(call.name());
      } else if (call.target() instanceof Expr.Path path) {
        owner = types.get(path.name());
        for (Pattern pattern : rule.patterns()) {
          if (path.name().equals(pattern.variable())) {
            owner = type(pattern.type());
          }
        }
      }
      if (owner != null) {
        for (Method method : owner.getMethods()) {
          if (method.getName().equals(call.name())) {
            return method.getReturnType();
          }
        }
      }
    }
    return null;
  }

  /** A field of a value; of nothing, nothing. */
  static Object property(Object of, String name) {
    if (of == null) {
      return null;
    }
    Method getter = getter(of.getClass(), name);
    if (getter == null) {
      throw new Unreadable(of.getClass().getSimpleName() + "." + name);
    }
    return invoke(getter, of);
  }

  private static Method getter(Class<?> type, String name) {
    return GETTERS
        .get(type)
        .computeIfAbsent(
            name,
            key -> {
              String tail = Character.toUpperCase(name.charAt(0)) + name.substring(1);
              for (String called : List.of(name, "get" + tail, "is" + tail)) {
                Optional<Method> found =
                    methods(type, called, 0).stream()
                        .filter(method -> !Modifier.isStatic(method.getModifiers()))
                        .findFirst();
                if (found.isPresent()) {
                  return found;
                }
              }
              return Optional.empty();
            })
        .orElse(null);
  }

  /** Public methods, as a public type declares them where the class itself is not public. */
  private static List<Method> methods(Class<?> type, String name, int arguments) {
    List<Method> found = new ArrayList<>();
    List<Class<?>> seen = new ArrayList<>(List.of(type));
    for (int i = 0; i < seen.size(); i++) {
      Class<?> one = seen.get(i);
      if (Modifier.isPublic(one.getModifiers())) {
        Arrays.stream(one.getMethods())
            .filter(m -> m.getName().equals(name) && m.getParameterCount() == arguments)
            .forEach(found::add);
      }
      seen.addAll(Arrays.asList(one.getInterfaces()));
      if (one.getSuperclass() != null) {
        seen.add(one.getSuperclass());
      }
    }
    return found;
  }

  private Object call(Expr.Call call, Object self, Function<String, Object> variables) {
    List<Object> arguments = arguments(call.arguments(), self, variables);
    Object target = self;
    Class<?> type = self == null ? null : self.getClass();
    boolean ofClass = false;
    if (call.target() instanceof Expr.Path path
        && types.containsKey(path.name())
        && (self == null || getter(self.getClass(), path.first()) == null)) {
      type = types.get(path.name());
      ofClass = true;
    } else if (call.target() != null) {
      target = value(call.target(), self, variables);
      type = target == null ? null : target.getClass();
    }
    if (type == null) {
      throw new Unreadable(call.name());
    }
    for (Method method : methods(type, call.name(), arguments.size())) {
      if (Modifier.isStatic(method.getModifiers()) == ofClass
          && fits(method.getParameterTypes(), arguments)) {
        return invoke(
            method,
            ofClass ? null : target,
            converted(method.getParameterTypes(), arguments, method.isVarArgs()));
      }
    }
    if (ofClass) {
      Object several = several(type, call.name(), arguments);
      if (several != null) {
        return several;
      }
    }
    return refused(call.name(), arguments);
  }

  /** {@code List.of( … )} with any number of elements. */
  private static Object several(Class<?> type, String name, List<Object> arguments) {
    return type == List.class && name.equals("of") ? new ArrayList<>(arguments) : null;
  }

  private List<Object> arguments(
      List<Expr> exprs, Object self, Function<String, Object> variables) {
    List<Object> values = new ArrayList<>();
    for (Expr expr : exprs) {
      values.add(value(expr, self, variables));
    }
    return values;
  }

  private Object made(Expr.New made, List<Object> arguments) {
    Class<?> type = types.get(made.type().substring(made.type().lastIndexOf('.') + 1));
    if (type == null) {
      throw new Unreadable("new " + made.type());
    }
    return made(type, arguments);
  }

  /** A new object of a class, by its constructor of so many values. */
  static Object made(Class<?> type, List<Object> arguments) {
    for (Constructor<?> constructor : type.getConstructors()) {
      if (fits(constructor.getParameterTypes(), arguments)) {
        try {
          return constructor.newInstance(
              converted(constructor.getParameterTypes(), arguments, false));
        } catch (InvocationTargetException refused) {
          throw new IllegalArgumentException(refused.getCause());
        } catch (ReflectiveOperationException impossible) {
          throw new Unreadable("new " + type.getSimpleName());
        }
      }
    }
    return refused("new " + type.getSimpleName(), arguments);
  }

  /** What takes a number takes no unknown one; anything else is not known here. */
  private static Object refused(String what, List<Object> arguments) {
    if (arguments.contains(null)) {
      throw new IllegalArgumentException(what + " of something unknown");
    }
    throw new Unreadable(what);
  }

  private static boolean fits(Class<?>[] parameters, List<Object> arguments) {
    if (parameters.length != arguments.size()) {
      return false;
    }
    for (int i = 0; i < parameters.length; i++) {
      Object argument = arguments.get(i);
      Class<?> type = parameters[i];
      boolean fits =
          argument == null
              ? !type.isPrimitive()
              : type.isInstance(argument)
                  || argument instanceof Number && numeric(type)
                  || argument instanceof Boolean && type == boolean.class;
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static boolean numeric(Class<?> type) {
    return type.isPrimitive() && type != boolean.class && type != char.class
        || Number.class.isAssignableFrom(type);
  }

  private static Object[] converted(
      Class<?>[] parameters, List<Object> arguments, boolean variable) {
    if (variable) {
      throw new Unreadable("a call with any number of values");
    }
    Object[] values = new Object[parameters.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = converted(parameters[i], arguments.get(i));
    }
    return values;
  }

  /** A number as a parameter or a record's component takes it. */
  static Object converted(Class<?> type, Object value) {
    if (!(value instanceof Number number)) {
      return value;
    }
    if (type == int.class || type == Integer.class) {
      return number.intValue();
    }
    if (type == long.class || type == Long.class) {
      return number.longValue();
    }
    if (type == double.class || type == Double.class) {
      return number.doubleValue();
    }
    return value;
  }

  private static Object cast(String type, Object value) {
    return switch (type) {
      case "int" -> converted(int.class, narrowed(value, Integer.MAX_VALUE));
      case "long" -> converted(long.class, value);
      case "double" -> converted(double.class, value);
      default -> throw new Unreadable("(" + type + ")");
    };
  }

  /** Java casts a double that is too large to the largest int. */
  private static Object narrowed(Object value, int most) {
    return value instanceof Double real ? (Object) (int) Math.min(real, most) : value;
  }

  private static Object invoke(Method method, Object target, Object... arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException refused) {
      throw new IllegalArgumentException(refused.getCause());
    } catch (IllegalAccessException impossible) {
      throw new Unreadable(method.getName());
    }
  }

  private Object binary(Expr.Binary binary, Object self, Function<String, Object> variables) {
    String operator = binary.operator();
    Object left = value(binary.left(), self, variables);
    if (operator.equals("&&")) {
      return Boolean.TRUE.equals(left)
          && Boolean.TRUE.equals(value(binary.right(), self, variables));
    }
    if (operator.equals("||")) {
      return Boolean.TRUE.equals(left)
          || Boolean.TRUE.equals(value(binary.right(), self, variables));
    }
    Object right = value(binary.right(), self, variables);
    return switch (operator) {
      case "==" -> equal(left, right);
      case "!=" -> !equal(left, right);
      case "<", "<=", ">", ">=" -> ordered(operator, left, right);
      case "+", "-", "*", "/", "%" -> arithmetic(operator, left, right);
      case "contains" -> holds(left, right);
      case "not contains" -> !holds(left, right);
      case "memberOf", "in" -> holds(right, left);
      case "not memberOf", "not in" -> !holds(right, left);
      default -> throw new Unreadable(operator);
    };
  }

  private static boolean equal(Object left, Object right) {
    return left instanceof Number && right instanceof Number
        ? compare(left, right) == 0
        : Objects.equals(left, right);
  }

  private static boolean holds(Object collection, Object element) {
    return collection instanceof Collection<?> all && all.contains(element);
  }

  private static boolean ordered(String operator, Object left, Object right) {
    if (!(left instanceof Number) || !(right instanceof Number)) {
      if (left == null || right == null) {
        return false;
      }
      throw new Unreadable("an order of what is no number");
    }
    int sign = compare(left, right);
    return switch (operator) {
      case "<" -> sign < 0;
      case "<=" -> sign <= 0;
      case ">" -> sign > 0;
      default -> sign >= 0;
    };
  }

  /** How two numbers stand to each other: below 0, 0 or above. */
  static int compare(Object left, Object right) {
    return whole(left) && whole(right)
        ? Long.compare(((Number) left).longValue(), ((Number) right).longValue())
        : Double.compare(number(left), number(right));
  }

  private static Object arithmetic(String operator, Object left, Object right) {
    if (operator.equals("+") && (left instanceof String || right instanceof String)) {
      return String.valueOf(left) + right;
    }
    if (whole(left) && whole(right)) {
      long a = ((Number) left).longValue();
      long b = ((Number) right).longValue();
      return switch (operator) {
        case "+" -> a + b;
        case "-" -> a - b;
        case "*" -> a * b;
        case "/" -> a / b;
        default -> a % b;
      };
    }
    double a = number(left);
    double b = number(right);
    return switch (operator) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "/" -> a / b;
      default -> a % b;
    };
  }

  private static boolean whole(Object value) {
    return value instanceof Integer || value instanceof Long || value instanceof Short;
  }

  private static double number(Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException("no number");
  }
}
