package dev.rigwright.engine;

import dev.rigwright.domain.Exclusion;
import dev.rigwright.domain.ModelNeed;
import dev.rigwright.domain.Rejection;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Score;
import dev.rigwright.domain.Workload;
import dev.rigwright.rulebook.Expr;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.RuleModel.Accumulate;
import dev.rigwright.rulebook.RuleModel.Binding;
import dev.rigwright.rulebook.RuleModel.Constraint;
import dev.rigwright.rulebook.RuleModel.Pattern;
import dev.rigwright.rulebook.RuleModel.Under;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which comparisons of the rules can turn at most once while a number of the requirement moves, by
 * how the rules are written: followed through what each rule concludes, and through the functions
 * of which it is declared here. A comparison of which that cannot be said makes its rule unproven.
 *
 * <p>What is declared of {@code estimate}'s functions is held by {@code TrendsTest}: prompts and
 * answers change nothing but the cache that is read for a token, so that no model moves to another
 * card. With a longer context or more people caches grow; models are then placed otherwise, and a
 * fuller card may become an emptier one. So of memory and speed on cards nothing is declared for
 * these: either nothing is known of them, or they are watched value by value ({@link Watched}), and
 * each goes one way as far as {@code Watched} says.
 */
final class Trends {

  private static final String REQUIREMENT = Requirement.class.getSimpleName();
  private static final Set<String> ANSWERS = Set.of("promptTokens", "answerTokens");

  /** What grows of a model's need, by the number that grows; all else of it stays. */
  static final Map<String, Set<String>> GROWS =
      Map.of(
          "promptTokens",
          Set.of("kvReadBytes"),
          "answerTokens",
          Set.of("kvReadBytes"),
          "contextTokens",
          Set.of("kvCacheBytes", "bytes", "kvReadBytes", "kvFullReadBytes"),
          "users",
          Set.of("kvCacheBytes", "bytes", "allReadBytes"));

  /** What stands for the prices of a thing, whatever else it says. */
  private static final String MONEY = "#money";

  private final Map<String, RuleParts> rules;
  private final String field;
  private final Set<String> grows;
  private final boolean watched;
  private final Map<List<String>, Trend> known = new HashMap<>();
  private final Set<List<String>> asking = new HashSet<>();
  private final SortedSet<String> unproven = new TreeSet<>();
  private final Set<Expr> pairs = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * The trends over one number.
   *
   * @param field its path in the requirement; one that is no part of it, such as the size of a
   *     model, moves nothing by itself
   * @param watched whether memory and speed on cards are watched value by value
   */
  Trends(Map<String, RuleParts> rules, String field, boolean watched) {
    this.rules = rules;
    this.field = field;
    this.watched = watched;
    this.grows = GROWS.getOrDefault(field, Set.of());
    for (RuleParts rule : rules.values()) {
      if (rule.judging() && !proven(rule)) {
        unproven.add(rule.rule());
      }
    }
  }

  /** Rules with a comparison that may turn more than once, as far as is known. */
  SortedSet<String> unproven() {
    return unproven;
  }

  /**
   * Whether a comparison is of two values that both move, each one way: alike at both ends, it may
   * still be otherwise between them.
   */
  boolean pair(Expr leaf) {
    return pairs.contains(leaf);
  }

  /** Whether a component of the facts of a type stays as it is. */
  boolean stays(String type, String component) {
    return component(type, List.of(component)) == Trend.CONSTANT;
  }

  private boolean proven(RuleParts parts) {
    RuleModel rule = parts.model();
    boolean proven = true;
    for (Pattern pattern : rule.patterns()) {
      boolean moves = false;
      for (Constraint constraint : pattern.constraints()) {
        for (Expr leaf : parts.leaves().get(constraint)) {
          boolean constant = trend(rule, pattern, leaf) == Trend.CONSTANT;
          moves |= !constant;
          proven &= constant || once(rule, pattern, leaf);
        }
      }
      boolean plain =
          !pattern.accumulated()
              && pattern.source() == null
              && !pattern.under().contains(Under.OR)
              && !pattern.under().contains(Under.FORALL);
      proven &= plain || !moves;
    }
    for (Accumulate accumulate : rule.accumulates()) {
      for (Expr constraint : accumulate.constraints()) {
        proven &= constraint.parts().isEmpty() || accumulated(rule) == Trend.CONSTANT;
      }
    }
    return proven;
  }

  /** Whether a comparison turns at most once, or is watched as a pair. */
  private boolean once(RuleModel rule, Pattern pattern, Expr leaf) {
    if (leaf instanceof Expr.Binary binary
        && Set.of("<", "<=", ">", ">=", "==", "!=").contains(binary.operator())) {
      Trend left = trend(rule, pattern, binary.left());
      Trend right = trend(rule, pattern, binary.right());
      if (left.plus(right.negated()).known()) {
        return true;
      }
      if (left.known() && right.known()) {
        pairs.add(leaf);
        return true;
      }
    }
    if (beats(pattern, leaf)
        && component(pattern.type(), List.of("value")).known()
        && component(pattern.type(), List.of("totalUsd")) == Trend.CONSTANT
        && component(pattern.type(), List.of("finalist")) == Trend.CONSTANT) {
      pairs.add(leaf);
      return true;
    }
    return false;
  }

  /** Whether it is the order of two scores: their values, and where those are equal, constants. */
  static boolean beats(Pattern pattern, Expr leaf) {
    return leaf instanceof Expr.Call call
        && call.target() == null
        && call.name().equals("beats")
        && pattern.type().equals(Score.class.getSimpleName())
        && call.arguments().size() == 1
        && call.arguments().get(0) instanceof Expr.Path;
  }

  /**
   * The trend of an expression.
   *
   * @param pattern that it stands in; null for the consequence
   */
  private Trend trend(RuleModel rule, Pattern pattern, Expr expr) {
    return value(rule, pattern, expr, List.of());
  }

  /** The trend of a part of what an expression yields. */
  private Trend value(RuleModel rule, Pattern pattern, Expr expr, List<String> part) {
    if (expr instanceof Expr.Literal) {
      return Trend.CONSTANT;
    }
    if (expr instanceof Expr.Path path) {
      return path(rule, pattern, path.name(), part);
    }
    if (expr instanceof Expr.Bind bind) {
      return value(rule, pattern, bind.value(), part);
    }
    if (expr instanceof Expr.Member member) {
      return value(rule, pattern, member.target(), joined(List.of(member.name()), part));
    }
    if (expr instanceof Expr.Call call) {
      return call(rule, pattern, call, part);
    }
    if (expr instanceof Expr.New made) {
      return made(rule, pattern, made, part);
    }
    if (expr instanceof Expr.Cast cast) {
      return value(rule, pattern, cast.operand(), part);
    }
    if (expr instanceof Expr.Choice choice
        && trend(rule, pattern, choice.condition()) == Trend.CONSTANT) {
      return value(rule, pattern, choice.yes(), part).or(value(rule, pattern, choice.no(), part));
    }
    if (expr instanceof Expr.Unary unary && unary.operator().matches("[-+]")) {
      Trend operand = trend(rule, pattern, unary.operand());
      return unary.operator().equals("-") ? operand.negated() : operand;
    }
    if (expr instanceof Expr.Binary binary) {
      Trend left = trend(rule, pattern, binary.left());
      Trend right = trend(rule, pattern, binary.right());
      boolean constant = left == Trend.CONSTANT || right == Trend.CONSTANT;
      switch (binary.operator()) {
        case "+":
          return left.plus(right);
        case "-":
          return left.plus(right.negated());
        case "*":
          return constant ? left.or(right).scaled() : Trend.UNKNOWN;
        case "/":
          return right == Trend.CONSTANT ? left.scaled() : Trend.UNKNOWN;
        default:
          break;
      }
    }
    return whole(rule, pattern, expr.parts(), expr instanceof Expr.Other);
  }

  /** Nothing changes where no part does; otherwise nothing is known. */
  private Trend whole(RuleModel rule, Pattern pattern, List<Expr> parts, boolean unread) {
    boolean constant =
        !unread && parts.stream().allMatch(one -> trend(rule, pattern, one) == Trend.CONSTANT);
    return constant ? Trend.CONSTANT : Trend.UNKNOWN;
  }

  private static List<String> joined(List<String> first, List<String> then) {
    List<String> all = new ArrayList<>(first);
    all.addAll(then);
    return all;
  }

  private Trend path(RuleModel rule, Pattern pattern, String path, List<String> part) {
    List<String> names = Arrays.asList(path.split("\\."));
    List<String> rest = joined(names.subList(1, names.size()), part);
    String first = names.get(0);
    if (!first.startsWith("$")) {
      if (pattern == null || Character.isUpperCase(first.charAt(0))) {
        return Trend.CONSTANT;
      }
      return component(pattern.type(), first.equals("this") ? rest : joined(names, part));
    }
    for (Pattern other : rule.patterns()) {
      if (first.equals(other.variable())) {
        return component(other.type(), rest);
      }
      for (Binding binding : other.bindings()) {
        if (binding.variable().equals(first)) {
          return value(rule, other, binding.expression(), rest);
        }
      }
    }
    return accumulated(rule);
  }

  /** The trend of what a rule accumulates. */
  private Trend accumulated(RuleModel rule) {
    Trend trend = Trend.CONSTANT;
    for (Pattern pattern : rule.patterns()) {
      if (pattern.accumulated()) {
        trend = trend.or(component(pattern.type(), List.of()));
      }
    }
    return trend == Trend.CONSTANT ? trend : Trend.UNKNOWN;
  }

  /** The trend of a part of the facts of a type; of all of it where no part is named. */
  private Trend component(String type, List<String> part) {
    if (type.equals(REQUIREMENT)) {
      return requirement(part);
    }
    if (!part.isEmpty()
        && (type.equals(Exclusion.class.getSimpleName())
                && Set.of("reach", "bars", "rule").contains(part.get(0))
            || type.equals(Rejection.class.getSimpleName())
                && Set.of("subject", "rule").contains(part.get(0)))) {
      // What is barred is named; the numbers that are told with it move.
      return Trend.CONSTANT;
    }
    List<String> key = joined(List.of(type), part);
    Trend trend = known.get(key);
    if (trend != null) {
      return trend;
    }
    if (!asking.add(key)) {
      // Concluded from its own kind.
      return Trend.UNKNOWN;
    }
    trend = Trend.CONSTANT;
    for (RuleParts rule : rules.values()) {
      if (rule.concludes(type)) {
        trend =
            rule.inserted() == null
                ? Trend.UNKNOWN
                : trend.or(value(rule.model(), null, rule.inserted(), part));
      }
    }
    asking.remove(key);
    known.put(key, trend);
    return trend;
  }

  private Trend requirement(List<String> part) {
    String path = String.join(".", part);
    if (path.equals(field)) {
      return Trend.RISING;
    }
    boolean apart =
        !part.isEmpty() && !field.startsWith(path + ".") && !path.startsWith(field + ".");
    boolean own =
        !part.isEmpty()
            && (part.get(0).equals("batchAlone")
                || Arrays.stream(Requirement.class.getRecordComponents())
                    .anyMatch(component -> component.getName().equals(part.get(0))));
    return apart && own || models() ? Trend.CONSTANT : Trend.UNKNOWN;
  }

  /** Whether the number is no part of the requirement as rules see it. */
  private boolean models() {
    return field.startsWith("models.");
  }

  private Trend made(RuleModel rule, Pattern pattern, Expr.New made, List<String> part) {
    if (!part.isEmpty()) {
      if (made.type().endsWith(Workload.class.getSimpleName())
          && SUMS.contains(part.get(0))
          && estimates()) {
        return part.get(0).equals("kvCacheBytes") ? caches() : Trend.CONSTANT;
      }
      Class<?> type = rules.get(rule.name()).reckoner().type(made.type());
      RecordComponent[] components =
          type == null || !type.isRecord() ? new RecordComponent[0] : type.getRecordComponents();
      for (int i = 0; i < components.length && components.length == made.arguments().size(); i++) {
        if (components[i].getName().equals(part.get(0))) {
          return value(rule, pattern, made.arguments().get(i), part.subList(1, part.size()));
        }
      }
    }
    return whole(rule, pattern, made.arguments(), false);
  }

  private Trend call(RuleModel rule, Pattern pattern, Expr.Call call, List<String> part) {
    if (call.target() instanceof Expr.Path path && call.arguments().isEmpty()) {
      return path(rule, pattern, path.name(), joined(List.of(call.name()), part));
    }
    String target = call.target() instanceof Expr.Path path ? path.name() : "";
    String name = target.startsWith("$") ? "." + call.name() : target + "." + call.name();
    List<Expr> arguments = call.arguments();
    Trend declared = declared(rule, pattern, call, name, part);
    if (declared != null) {
      return declared;
    }
    boolean typed = Character.isUpperCase(target.isEmpty() ? 'x' : target.charAt(0));
    List<Expr> parts = new ArrayList<>(arguments);
    if (call.target() != null && !typed) {
      parts.add(call.target());
    }
    Trend own =
        call.target() == null && pattern != null
            ? component(pattern.type(), List.of())
            : Trend.CONSTANT;
    return own == Trend.CONSTANT ? whole(rule, pattern, parts, false) : Trend.UNKNOWN;
  }

  /** What is declared of a function; null where nothing is. */
  private Trend declared(
      RuleModel rule, Pattern pattern, Expr.Call call, String name, List<String> part) {
    List<Expr> arguments = call.arguments();
    String first = part.isEmpty() ? "" : part.get(0);
    switch (name) {
      case "Math.ceil", "Math.floor", "Math.round", "Math.rint":
        return trend(rule, pattern, arguments.get(0));
      case "Math.min", "Math.max":
        return trend(rule, pattern, arguments.get(0)).plus(trend(rule, pattern, arguments.get(1)));
      case "Memory.need":
        return arguments.size() != 4 || !others(rule, pattern, arguments, 2)
            ? null
            : grows.contains(first)
                ? Trend.RISING
                : part.isEmpty() && !grows.isEmpty() ? Trend.UNKNOWN : Trend.CONSTANT;
      case "Memory.share":
        return arguments.size() == 5 && others(rule, pattern, arguments, 2, 3) && estimates()
            ? caches()
            : null;
      case "Speed.size":
        return arguments.size() == 6 && others(rule, pattern, arguments, 3, 4) && estimates()
            ? sized(part, rules.get(rule.name()).inserted() == call)
            : null;
      case "PartLine.owned":
        return first.equals(MONEY) ? Trend.CONSTANT : null;
      case "Shell.owned":
        return Set.of(MONEY, "count", "cooling", "cpuMaxWatts").contains(first)
                && others(rule, pattern, arguments, 2)
            ? Trend.CONSTANT
            : null;
      case ".finalist":
        return arguments.size() != 5
            ? null
            : finalist(
                rule,
                pattern,
                part,
                List.of(call.target(), arguments.get(0), arguments.get(3)),
                arguments.get(1),
                arguments.get(4),
                arguments.get(0));
      case "Shell.cardsAlone":
        return arguments.size() != 4
            ? null
            : finalist(
                rule,
                pattern,
                part,
                List.of(arguments.get(0)),
                arguments.get(1),
                arguments.get(3),
                arguments.get(0));
      default:
        return null;
    }
  }

  /** A machine: its prices are those of its parts, its estimate and its watts what is given. */
  private Trend finalist(
      RuleModel rule,
      Pattern pattern,
      List<String> part,
      List<Expr> priced,
      Expr sizing,
      Expr watts,
      Expr named) {
    String path = String.join(".", part);
    if (path.equals("totalUsd") || path.equals("build.totalUsd")) {
      boolean constant =
          priced.stream()
              .allMatch(one -> value(rule, pattern, one, List.of(MONEY)) == Trend.CONSTANT);
      return constant ? Trend.CONSTANT : Trend.UNKNOWN;
    }
    if (path.equals("build.systemWatts")) {
      return trend(rule, pattern, watts);
    }
    if (!part.isEmpty() && part.get(0).equals("sizing")) {
      return value(rule, pattern, sizing, part.subList(1, part.size()));
    }
    return Set.of("id", "gpu", "cards").contains(path) ? trend(rule, pattern, named) : null;
  }

  /** The trend of the caches of all models together. */
  private Trend caches() {
    return grows.contains("kvCacheBytes") ? Trend.RISING : Trend.CONSTANT;
  }

  /** Whether all arguments but some stay as they are. */
  private boolean others(RuleModel rule, Pattern pattern, List<Expr> arguments, int... but) {
    for (int i = 0; i < arguments.size(); i++) {
      int at = i;
      if (Arrays.stream(but).noneMatch(one -> one == at)
          && trend(rule, pattern, arguments.get(i)) != Trend.CONSTANT) {
        return false;
      }
    }
    return true;
  }

  /** Whether of what the estimates are made from only that moves which grows with the number. */
  private boolean estimates() {
    for (RecordComponent component : ModelNeed.class.getRecordComponents()) {
      Trend trend = component(ModelNeed.class.getSimpleName(), List.of(component.getName()));
      boolean grown = grows.contains(component.getName()) && trend == Trend.RISING;
      if (trend != Trend.CONSTANT && !grown) {
        return false;
      }
    }
    Trend sessions = component(Workload.class.getSimpleName(), List.of("users"));
    return (sessions == Trend.CONSTANT || sessions == Trend.RISING && field.equals("users"))
        && rules.values().stream()
            .filter(rule -> rule.concludes(Workload.class.getSimpleName()))
            .allMatch(rule -> gathered(rule.model()));
  }

  /** Whether a rule makes a workload of all that models need, as it stands. */
  private static boolean gathered(RuleModel rule) {
    return rule.consequence().inserted() instanceof Expr.New made
        && made.arguments().size() == 2
        && made.arguments().get(0) instanceof Expr.Path path
        && rule.accumulates().stream()
            .flatMap(one -> one.results().stream())
            .anyMatch(
                result ->
                    path.name().equals(result.variable())
                        && result.expression() instanceof Expr.Call call
                        && call.name().equals("collectList"))
        && rule.patterns().stream()
            .filter(Pattern::accumulated)
            .allMatch(one -> one.type().equals(ModelNeed.class.getSimpleName()));
  }

  /**
   * What is declared of {@code Speed.size} where its models need what {@link #estimates} says.
   *
   * @param fact whether it is a fact of its own, so that it can be watched
   */
  private Trend sized(List<String> part, boolean fact) {
    if (grows.isEmpty()) {
      return Trend.CONSTANT;
    }
    if (!ANSWERS.contains(field)) {
      return part.size() == 1 && watched && fact ? Watched.trend(part.get(0)) : Trend.UNKNOWN;
    }
    if (part.size() != 1) {
      return Trend.UNKNOWN;
    }
    return switch (part.get(0)) {
      case "tokensPerSecond" -> Trend.FALLING;
      case "firstTokenSeconds", "lastFirstTokenSeconds" -> Trend.RISING;
      case "totalTokensPerSecond", "promptTokensPerSecond" -> Trend.UNKNOWN;
      default -> STEADY.contains(part.get(0)) ? Trend.CONSTANT : Trend.UNKNOWN;
    };
  }

  /** What of a workload hangs on nothing but weights, and caches of the whole context. */
  static final Set<String> SUMS = Set.of("sizeB", "fileBytes", "weightsBytes", "kvCacheBytes");

  /** What of an estimate prompts and answers do not change. */
  static final Set<String> STEADY =
      Set.of(
          "cards",
          "gpu",
          "count",
          "weightsBytes",
          "kvCacheBytes",
          "overheadBytes",
          "needBytes",
          "availableBytes",
          "split",
          "fullContextTokensPerSecond",
          "onCards",
          "needGib",
          "availableGib",
          "marginPercent",
          "missingBytes",
          "missingGib",
          "leftBytes");
}
