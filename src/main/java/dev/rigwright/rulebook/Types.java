package dev.rigwright.rulebook;

import dev.rigwright.rulebook.FileModel.DeclaredType;
import dev.rigwright.rulebook.FileModel.Field;
import dev.rigwright.rulebook.FileModel.Import;
import dev.rigwright.rulebook.RuleModel.Binding;
import dev.rigwright.rulebook.RuleModel.Pattern;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The types of what rules read and conclude: records by their imports, and the types that rule
 * files declare. What is not known has no type (null), and nothing is claimed of it.
 */
public final class Types {

  private static final Set<Class<?>> BOXES =
      Set.of(
          Integer.class,
          Long.class,
          Double.class,
          Float.class,
          Short.class,
          Byte.class,
          Boolean.class);
  private static final Map<String, Class<?>> PRIMITIVES =
      Map.of(
          "int",
          int.class,
          "long",
          long.class,
          "double",
          double.class,
          "float",
          float.class,
          "boolean",
          boolean.class,
          "short",
          short.class,
          "byte",
          byte.class);

  private final Map<String, DeclaredType> declared = new LinkedHashMap<>();
  private final Map<String, FileModel> homes = new LinkedHashMap<>();
  private final Set<String> imported = new LinkedHashSet<>();

  /**
   * A type.
   *
   * @param name its simple name
   * @param java its class; null for a type that a rule file declares
   * @param declared null for a class
   */
  public record Type(String name, Class<?> java, DeclaredType declared) {

    /** Whether it holds a number. */
    public boolean number() {
      return java != null
          && (Number.class.isAssignableFrom(java)
              || java.isPrimitive() && java != boolean.class && java != char.class);
    }

    /** Whether it holds a whole number. */
    public boolean whole() {
      return java != null
          && Set.of(int.class, long.class, short.class, byte.class, Integer.class, Long.class)
              .contains(java);
    }

    /** Whether it holds text. */
    public boolean text() {
      return java == String.class;
    }

    /** Whether its values are constants of an enum. */
    public boolean constant() {
      return java != null && java.isEnum();
    }

    /** Whether it is true or false. */
    public boolean truth() {
      return java == boolean.class || java == Boolean.class;
    }

    /** Whether it is a number or truth that may be unknown. */
    public boolean nullable() {
      return BOXES.contains(java);
    }
  }

  /** Learns the types that files declare and import. */
  public Types(Collection<FileModel> files) {
    for (FileModel file : files) {
      for (DeclaredType type : file.types()) {
        declared.putIfAbsent(type.name(), type);
        homes.putIfAbsent(type.name(), file);
      }
      file.imports().stream().filter(i -> !i.function()).map(Import::target).forEach(imported::add);
    }
  }

  /** The names of all types that some file imports or declares. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>(declared.keySet());
    imported.forEach(target -> names.add(target.substring(target.lastIndexOf('.') + 1)));
    return names;
  }

  /** The file that declares a type; null for none. */
  public FileModel home(String type) {
    return homes.get(type);
  }

  /** What another file imports to know a type by a name; null for none. */
  public String importOf(String name) {
    return imported.stream().filter(target -> target.endsWith("." + name)).findFirst().orElse(null);
  }

  /** Whether a static method of this full name exists. */
  public boolean method(String target) {
    int point = target.lastIndexOf('.');
    Class<?> owner = point < 0 ? null : load(target.substring(0, point));
    return owner != null
        && Arrays.stream(owner.getMethods())
            .anyMatch(method -> method.getName().equals(target.substring(point + 1)));
  }

  /** The type that a name stands for in a file; null where it stands for none. */
  public Type resolve(FileModel file, String name) {
    String plain = name.replace("[]", "");
    if (declared.containsKey(plain)) {
      return new Type(plain, null, declared.get(plain));
    }
    if (PRIMITIVES.containsKey(plain)) {
      return type(PRIMITIVES.get(plain));
    }
    String first = plain.contains(".") ? plain.substring(0, plain.indexOf('.')) : plain;
    for (Import one : file.imports()) {
      if (!one.function() && one.simpleName().equals(first)) {
        return type(load(one.target() + plain.substring(first.length())));
      }
      if (!one.function() && one.simpleName().equals("*")) {
        Class<?> found = load(one.target().replace("*", "") + plain);
        if (found != null) {
          return type(found);
        }
      }
    }
    Class<?> found = plain.contains(".") ? load(plain) : load("java.lang." + plain);
    return type(found);
  }

  private static Type type(Class<?> java) {
    return java == null || java == Object.class ? null : new Type(java.getSimpleName(), java, null);
  }

  private static Class<?> load(String name) {
    String binary = name;
    while (true) {
      try {
        return Class.forName(binary, false, Types.class.getClassLoader());
      } catch (ClassNotFoundException | LinkageError unknown) {
        int point = binary.lastIndexOf('.');
        if (point < 0) {
          return null;
        }
        binary = binary.substring(0, point) + "$" + binary.substring(point + 1);
      }
    }
  }

  /** The fields of a type that a condition can name. */
  public List<String> fields(Type of) {
    if (of.declared() != null) {
      return of.declared().fields().stream().map(Field::name).toList();
    }
    return Arrays.stream(of.java().getMethods())
        .filter(m -> m.getParameterCount() == 0 && !Modifier.isStatic(m.getModifiers()))
        .filter(m -> m.getDeclaringClass() != Object.class && m.getReturnType() != void.class)
        .map(Method::getName)
        .distinct()
        .sorted()
        .toList();
  }

  /** The type of a field or method without arguments; null where there is none. */
  public Type field(Type of, String name) {
    if (of == null) {
      return null;
    }
    if (name.equals("class") || name.equals("this")) {
      return name.equals("this") ? of : type(Class.class);
    }
    if (of.declared() != null) {
      return of.declared().fields().stream()
          .filter(field -> field.name().equals(name) || getter(field.name()).equals(name))
          .findFirst()
          .map(field -> resolve(homes.get(of.name()), field.type()))
          .orElse(null);
    }
    if (of.java().isArray() && name.equals("length")) {
      return type(int.class);
    }
    for (String form : List.of(name, getter(name), "is" + getter(name).substring(3))) {
      try {
        Method method = of.java().getMethod(form);
        return type(method.getReturnType());
      } catch (NoSuchMethodException other) {
        continue;
      }
    }
    try {
      return type(of.java().getField(name).getType());
    } catch (NoSuchFieldException none) {
      return null;
    }
  }

  private static String getter(String name) {
    return "get" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  /** The types of a rule's variables; of a variable whose type is not known, null. */
  public Map<String, Type> variables(FileModel file, RuleModel rule) {
    Map<String, Type> variables = new LinkedHashMap<>();
    for (Pattern pattern : rule.patterns()) {
      Type type = resolve(file, pattern.type());
      if (pattern.variable() != null) {
        variables.put(pattern.variable(), type);
      }
      for (Binding binding : pattern.bindings()) {
        variables.put(binding.variable(), of(file, binding.expression(), type, variables));
      }
    }
    rule.bindings().forEach(binding -> variables.putIfAbsent(binding.variable(), null));
    return variables;
  }

  /**
   * The type of an expression.
   *
   * @param pattern the type whose fields it may name; null in a consequence
   * @return null where it is not known
   */
  public Type of(FileModel file, Expr expression, Type pattern, Map<String, Type> variables) {
    if (expression instanceof Expr.Literal literal) {
      return switch (literal.kind()) {
        case NUMBER -> type(literal.text().matches("-?[0-9_]+") ? int.class : double.class);
        case STRING -> type(String.class);
        case BOOLEAN -> type(boolean.class);
        case NULL -> null;
      };
    }
    if (expression instanceof Expr.Path path) {
      return path(file, path, pattern, variables);
    }
    if (expression instanceof Expr.Bind bind) {
      return of(file, bind.value(), pattern, variables);
    }
    if (expression instanceof Expr.New created) {
      return resolve(file, created.type());
    }
    if (expression instanceof Expr.Cast cast) {
      return resolve(file, cast.type());
    }
    if (expression instanceof Expr.Unary unary) {
      return unary.operator().equals("!")
          ? type(boolean.class)
          : of(file, unary.operand(), pattern, variables);
    }
    if (expression instanceof Expr.Member member) {
      return field(of(file, member.target(), pattern, variables), member.name());
    }
    if (expression instanceof Expr.Call call) {
      return called(file, call, pattern, variables);
    }
    if (expression instanceof Expr.Binary binary) {
      return binary(file, binary, pattern, variables);
    }
    if (expression instanceof Expr.Choice choice) {
      Type yes = of(file, choice.yes(), pattern, variables);
      Type no = of(file, choice.no(), pattern, variables);
      return yes != null && no != null && yes.java() == no.java() ? yes : null;
    }
    return null;
  }

  private Type binary(
      FileModel file, Expr.Binary binary, Type pattern, Map<String, Type> variables) {
    if (binary.relation() || binary.operator().equals("&&") || binary.operator().equals("||")) {
      return type(boolean.class);
    }
    Type left = of(file, binary.left(), pattern, variables);
    Type right = of(file, binary.right(), pattern, variables);
    if (binary.operator().equals("+")
        && (left != null && left.text() || right != null && right.text())) {
      return type(String.class);
    }
    if (left == null || right == null || !left.number() || !right.number()) {
      return null;
    }
    return type(left.whole() && right.whole() ? long.class : double.class);
  }

  private Type path(FileModel file, Expr.Path path, Type pattern, Map<String, Type> variables) {
    String[] names = path.name().split("!?[.]|#");
    Type type;
    int next = 1;
    if (variables.containsKey(names[0])) {
      type = variables.get(names[0]);
    } else {
      type = pattern == null ? null : field(pattern, names[0]);
      if (type == null) {
        type = resolve(file, names[0]);
        if (type != null && type.constant() && names.length == 2) {
          return constant(type, names[1]) ? type : null;
        }
        if (names.length == 1) {
          return null;
        }
      }
    }
    for (; next < names.length && type != null; next++) {
      type = field(type, names[next]);
    }
    return type;
  }

  private static boolean constant(Type type, String name) {
    return Arrays.stream(type.java().getEnumConstants())
        .anyMatch(constant -> ((Enum<?>) constant).name().equals(name));
  }

  private Type called(FileModel file, Expr.Call call, Type pattern, Map<String, Type> variables) {
    Class<?> owner = owner(file, call, pattern, variables);
    if (owner == null) {
      Type target = call.target() == null ? pattern : of(file, call.target(), pattern, variables);
      return call.arguments().isEmpty() && target != null ? field(target, call.name()) : null;
    }
    Set<Class<?>> returned = new LinkedHashSet<>();
    for (Method method : owner.getMethods()) {
      if (method.getName().equals(call.name())
          && !method.isBridge()
          && (method.getParameterCount() == call.arguments().size() || method.isVarArgs())) {
        returned.add(method.getReturnType());
      }
    }
    return returned.size() == 1 ? type(returned.iterator().next()) : null;
  }

  /** The class that a called method or function belongs to; null where it is not known. */
  public Class<?> owner(FileModel file, Expr.Call call, Type pattern, Map<String, Type> variables) {
    if (call.target() == null) {
      for (Import one : file.imports()) {
        if (one.function() && one.simpleName().equals(call.name())) {
          return load(one.target().substring(0, one.target().lastIndexOf('.')));
        }
      }
      return pattern == null ? null : pattern.java();
    }
    Type target = of(file, call.target(), pattern, variables);
    if (target == null && call.target() instanceof Expr.Path path && !path.variable()) {
      target = resolve(file, path.name());
    }
    return target == null ? null : target.java();
  }
}
