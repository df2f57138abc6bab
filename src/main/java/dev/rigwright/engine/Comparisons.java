package dev.rigwright.engine;

import dev.rigwright.engine.Reckoner.Unreadable;
import dev.rigwright.rulebook.Expr;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.RuleModel.Binding;
import dev.rigwright.rulebook.RuleModel.Constraint;
import dev.rigwright.rulebook.RuleModel.Pattern;
import dev.rigwright.rulebook.RuleModel.Under;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * All that rules compare over the facts of a pass, and the next value of a number at which one of
 * those comparisons turns out otherwise. Up to there the same rules match the same facts, so that
 * the same is picked.
 *
 * <p>Rules are joined here as the engine does, over the facts of the pass, except that a comparison
 * that turns out differently at the two ends leaves both open. What is the same at both ends is
 * taken to be the same between them; {@link Trends} says for which rules that is so. Of two values
 * that both move it is looked between the ends until their ranges lie apart.
 */
final class Comparisons {

  /** So often is looked between two values for comparisons of values that both move. */
  private static final int MOST_LOOKS = 100_000;

  /** The outcome of a comparison of what is not known or not there. */
  private static final String NONE = "none";

  private final Map<String, RuleParts> rules;
  private final Retold retold;
  private final Trends trends;
  private final long from;
  private final Map<String, List<Object>> byType = new HashMap<>();
  private final Map<String, Class<?>> classes = new HashMap<>();
  private final Map<String, Map<Object, List<Object>>> indexes = new HashMap<>();
  private final SortedSet<String> unreadable = new TreeSet<>();
  private final SortedSet<String> turning = new TreeSet<>();
  private Set<String> moving;
  private long to;
  private long next;
  private boolean found;
  private int looks;
  private final SortedSet<String> tooClose = new TreeSet<>();

  Comparisons(Map<String, RuleParts> rules, Pass pass, Retold retold, Trends trends, long from) {
    this.rules = rules;
    this.retold = retold;
    this.trends = trends;
    this.from = from;
    for (Object fact : pass.facts()) {
      for (Class<?> type = fact.getClass();
          type != null && type != Object.class && type != Record.class;
          type = type.getSuperclass()) {
        put(type, fact);
        for (Class<?> also : type.getInterfaces()) {
          put(also, fact);
        }
      }
    }
  }

  private void put(Class<?> type, Object fact) {
    byType.computeIfAbsent(type.getSimpleName(), name -> new ArrayList<>()).add(fact);
    classes.put(type.getSimpleName(), type);
  }

  /** A comparison that turns out differently at the ends. */
  private static final class Turn {
    private final String rule;
    private final Expr leaf;
    private final Object self;
    private final Env env;
    private boolean looked;

    Turn(String rule, Expr leaf, Object self, Env env) {
      this.rule = rule;
      this.leaf = leaf;
      this.self = self;
      this.env = env;
    }
  }

  /** What the variables of a rule stand for so far. */
  private record Env(Env before, Pattern pattern, Object fact) {

    Object owner(String variable) {
      for (Env at = this; at != null && at.pattern != null; at = at.before) {
        if (variable.equals(at.pattern.variable()) || binding(at.pattern, variable) != null) {
          return at.fact;
        }
      }
      throw new Unreadable(variable);
    }

    Pattern bearer(String variable) {
      for (Env at = this; at != null && at.pattern != null; at = at.before) {
        if (variable.equals(at.pattern.variable()) || binding(at.pattern, variable) != null) {
          return at.pattern;
        }
      }
      throw new Unreadable(variable);
    }
  }

  private static Binding binding(Pattern pattern, String variable) {
    for (Binding binding : pattern.bindings()) {
      if (binding.variable().equals(variable)) {
        return binding;
      }
    }
    return null;
  }

  /**
   * The next value, on the way to another, at which a comparison turns out otherwise.
   *
   * @return null where there is none up to there
   */
  Long next(long end) {
    to = end;
    found = false;
    looks = 0;
    tooClose.clear();
    turning.clear();
    moving = retold.moving(end);
    unreadable.addAll(retold.unreadable());
    for (RuleParts rule : rules.values()) {
      if (rule.judging()) {
        join(rule);
      }
    }
    return found ? next : null;
  }

  /** The rules whose comparisons turn there. */
  SortedSet<String> turning() {
    return turning;
  }

  /** Rules that compare what cannot be computed here. */
  SortedSet<String> unreadable() {
    return unreadable;
  }

  /** Rules that compare two moving values which run too close to each other to be told apart. */
  SortedSet<String> tooClose() {
    return tooClose;
  }

  private void join(RuleParts parts) {
    String rule = parts.rule();
    RuleModel model = parts.model();
    int last = -1;
    List<Pattern> patterns = model.patterns();
    for (int i = 0; i < patterns.size(); i++) {
      Pattern pattern = patterns.get(i);
      boolean moves = false;
      for (Constraint constraint : pattern.constraints()) {
        for (Expr leaf : parts.leaves().get(constraint)) {
          moves |= moves(model, pattern, leaf);
        }
      }
      if (moves) {
        last = i;
        if (pattern.accumulated()
            || pattern.under().contains(Under.OR)
            || pattern.under().contains(Under.FORALL)
            || pattern.source() != null
            || pattern.constraints().stream().anyMatch(Comparisons::comesAndGoes)) {
          unreadable.add(rule);
          return;
        }
      }
    }
    model
        .accumulates()
        .forEach(
            accumulate ->
                accumulate
                    .constraints()
                    .forEach(
                        constraint -> {
                          if (constraint.all().stream()
                              .anyMatch(part -> part instanceof Expr.Path)) {
                            for (Pattern pattern : patterns) {
                              if (pattern.accumulated() && moving.contains(pattern.type())) {
                                unreadable.add(rule);
                              }
                            }
                          }
                        }));
    if (last >= 0) {
      try {
        new Join(parts, last).from(0, null, List.of());
      } catch (Unreadable unknown) {
        unreadable.add(rule);
      }
    }
  }

  /** Whether a constraint computes what rises and falls by turns. */
  private static boolean comesAndGoes(Constraint constraint) {
    return constraint.expression().all().stream()
        .anyMatch(part -> part instanceof Expr.Binary binary && binary.operator().equals("%"));
  }

  /** Whether a comparison reads anything that says something else at the other end. */
  private boolean moves(RuleModel rule, Pattern pattern, Expr leaf) {
    for (Expr part : leaf.all()) {
      if (part instanceof Expr.Call call && call.target() == null) {
        if (moving.contains(pattern.type())) {
          return true;
        }
      } else if (part instanceof Expr.Path path) {
        if (path.name().equals("this")) {
          if (moving.contains(pattern.type())) {
            return true;
          }
        } else if (!path.variable()) {
          if (component(pattern.type(), path)) {
            return true;
          }
        } else if (variableMoves(rule, path.first())) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean variableMoves(RuleModel rule, String variable) {
    for (Pattern pattern : rule.patterns()) {
      if (variable.equals(pattern.variable())) {
        return moving.contains(pattern.type());
      }
      Binding binding = binding(pattern, variable);
      if (binding != null) {
        return binding.expression() != null && moves(rule, pattern, binding.expression());
      }
    }
    return !moving.isEmpty();
  }

  private boolean component(String type, Expr.Path path) {
    if (!moving.contains(type)) {
      return false;
    }
    Class<?> known = moving.contains(type + ".*") ? null : classes.get(type);
    if (known != null && known.isRecord()) {
      for (RecordComponent component : known.getRecordComponents()) {
        if (component.getName().equals(path.first())) {
          return moving.contains(type + "." + path.first());
        }
      }
    }
    return true;
  }

  /** How a comparison turns out: the order of two numbers, else whether it holds. */
  private String outcome(Turn turn, long value) {
    return outcome(turn.rule, turn.leaf, turn.self, turn.env, value);
  }

  private String outcome(String rule, Expr leaf, Object self, Env env, long value) {
    Reckoner reckoner = rules.get(rule).reckoner();
    Function<String, Object> variables = variables(rule, env, value);
    try {
      Object now = retold.there(self, value);
      if (leaf instanceof Expr.Binary binary && binary.relation()) {
        Object left = reckoner.value(binary.left(), now, variables);
        Object right = reckoner.value(binary.right(), now, variables);
        if (left instanceof Number && right instanceof Number) {
          return Integer.toString(Reckoner.compare(left, right));
        }
      }
      return String.valueOf(reckoner.value(leaf, now, variables));
    } catch (IllegalArgumentException | NullPointerException none) {
      return NONE;
    }
  }

  private boolean holds(String rule, Expr constraint, Object self, Env env) {
    try {
      return Boolean.TRUE.equals(
          rules.get(rule).reckoner().value(constraint, self, variables(rule, env, from)));
    } catch (IllegalArgumentException | NullPointerException none) {
      return false;
    }
  }

  private Function<String, Object> variables(String rule, Env env, long value) {
    return new Function<>() {
      @Override
      public Object apply(String name) {
        Pattern bearer = env.bearer(name);
        Object owner = retold.there(env.owner(name), value);
        if (name.equals(bearer.variable())) {
          return owner;
        }
        return rules.get(rule).reckoner().value(binding(bearer, name).expression(), owner, this);
      }
    };
  }

  /** Looks for the first value where a comparison turns, as far as it comes before the others. */
  private void look(Turn turn) {
    if (turn.looked) {
      return;
    }
    turn.looked = true;
    String now = outcome(turn, from);
    long near = from;
    long far = found ? next : to;
    if (trends.pair(turn.leaf)) {
      Long first = first(turn, far);
      if (first == null) {
        return;
      }
      far = first;
    } else if (outcome(turn, far).equals(now)) {
      return;
    } else {
      while (Math.abs(far - near) > 1) {
        long middle = near + (far - near) / 2;
        if (outcome(turn, middle).equals(now)) {
          near = middle;
        } else {
          far = middle;
        }
      }
    }
    if (!found || far != next) {
      found = true;
      next = far;
      turning.clear();
    }
    // What is no more there to be compared follows from a comparison that turned before it.
    if (!outcome(turn, far).equals(NONE)) {
      turning.add(turn.rule);
    }
  }

  /** The two values that are compared where both move; null where they are not there. */
  private double[] sides(Turn turn, long value) {
    Reckoner reckoner = rules.get(turn.rule).reckoner();
    Function<String, Object> variables = variables(turn.rule, turn.env, value);
    try {
      Object now = retold.there(turn.self, value);
      Object left;
      Object right;
      if (turn.leaf instanceof Expr.Binary binary) {
        left = reckoner.value(binary.left(), now, variables);
        right = reckoner.value(binary.right(), now, variables);
      } else {
        Expr other = ((Expr.Call) turn.leaf).arguments().get(0);
        left = Reckoner.property(now, "value");
        right = Reckoner.property(reckoner.value(other, now, variables), "value");
      }
      return left instanceof Number one && right instanceof Number two
          ? new double[] {one.doubleValue(), two.doubleValue()}
          : null;
    } catch (IllegalArgumentException | NullPointerException none) {
      return null;
    }
  }

  /**
   * The first value at which a comparison of two values turns that both move, each one way: where
   * the ranges that they go through lie apart, it does not turn; else both halves are looked at.
   *
   * @return null where it does not turn up to there
   */
  private Long first(Turn turn, long end) {
    if (turn.leaf instanceof Expr.Call call
        && retold.alike(
            turn.self,
            rules
                .get(turn.rule)
                .reckoner()
                .value(call.arguments().get(0), turn.self, variables(turn.rule, turn.env, from)),
            "value",
            trends)) {
      // Equal all the way: what decides instead of the value stays.
      return null;
    }
    return first(turn, outcome(turn, from), from, sides(turn, from), end, sides(turn, end));
  }

  private Long first(Turn turn, String now, long near, double[] left, long far, double[] right) {
    if (near == far) {
      return null;
    }
    boolean alike = outcome(turn, far).equals(now);
    if (Math.abs(far - near) == 1) {
      return alike ? null : (Long) far;
    }
    if (alike && (left == null && right == null || apart(left, right))) {
      return null;
    }
    if (++looks > MOST_LOOKS) {
      tooClose.add(turn.rule);
      return alike ? null : (Long) far;
    }
    long middle = near + (far - near) / 2;
    double[] between = sides(turn, middle);
    Long first = first(turn, now, near, left, middle, between);
    return first != null ? first : first(turn, now, middle, between, far, right);
  }

  /** Whether two values lie apart all the way, or do not move. */
  private static boolean apart(double[] one, double[] other) {
    if (one == null || other == null) {
      return false;
    }
    if (one[0] == other[0] && one[1] == other[1]) {
      return true;
    }
    return Math.max(one[0], other[0]) < Math.min(one[1], other[1])
        || Math.max(one[1], other[1]) < Math.min(one[0], other[0]);
  }

  /** One rule over the facts. */
  private final class Join {
    private final String rule;
    private final List<Pattern> patterns;
    private final List<List<List<Expr>>> movingLeaves = new ArrayList<>();
    private final int last;

    Join(RuleParts parts, int last) {
      RuleModel model = parts.model();
      this.rule = parts.rule();
      this.patterns = model.patterns();
      this.last = last;
      for (Pattern pattern : patterns) {
        List<List<Expr>> ofPattern = new ArrayList<>();
        for (Constraint constraint : pattern.constraints()) {
          ofPattern.add(
              parts.leaves().get(constraint).stream()
                  .filter(leaf -> moves(model, pattern, leaf))
                  .toList());
        }
        movingLeaves.add(ofPattern);
      }
    }

    void from(int index, Env env, List<Turn> open) {
      if (index > last) {
        open.forEach(Comparisons.this::look);
        return;
      }
      Pattern pattern = patterns.get(index);
      if (pattern.accumulated() || pattern.under().contains(Under.OR) || pattern.source() != null) {
        from(index + 1, env, open);
      } else if (pattern.under().isEmpty()) {
        for (Object fact : facts(pattern, env)) {
          Env with = new Env(env, pattern, fact);
          List<Turn> turns = turns(index, fact, with);
          if (turns != null) {
            from(index + 1, with, joined(open, turns));
          }
        }
      } else {
        absent(index, env, open);
      }
    }

    /** What is to be absent, or to be there. */
    private void absent(int index, Env env, List<Turn> open) {
      Pattern pattern = patterns.get(index);
      boolean alone =
          patterns.stream()
                  .filter(other -> other != pattern && !other.under().isEmpty())
                  .noneMatch(other -> other.group() == pattern.group())
              && pattern.under().size() == 1;
      if (alone && pattern.negated() && blocked(index, env)) {
        return;
      }
      List<Turn> turns = new ArrayList<>();
      boolean stays = false;
      for (Object fact : facts(pattern, env)) {
        List<Turn> own = turns(index, fact, new Env(env, pattern, fact));
        if (own != null) {
          stays |= own.isEmpty();
          turns.addAll(own);
        }
        if (stays && alone) {
          break;
        }
      }
      if (alone && stays && pattern.negated()) {
        return;
      }
      if (alone && stays || turns.isEmpty() && !alone) {
        from(index + 1, env, open);
      } else if (!(alone && pattern.exists() && turns.isEmpty())) {
        from(index + 1, env, joined(open, turns));
      }
    }

    /**
     * Whether a fact is there all the way that is not to be: one whose compared values lie furthest
     * from each other, as the first that comes may be overtaken.
     */
    private boolean blocked(int index, Env env) {
      Pattern pattern = patterns.get(index);
      if (movingLeaves.get(index).stream().flatMap(List::stream).noneMatch(trends::pair)) {
        return false;
      }
      Turn best = null;
      double most = 0;
      for (Object fact : facts(pattern, env)) {
        Env with = new Env(env, pattern, fact);
        Turn pair = null;
        boolean all = true;
        for (int i = 0; all && i < pattern.constraints().size(); i++) {
          all = holds(rule, pattern.constraints().get(i).expression(), fact, with);
          for (Expr leaf : movingLeaves.get(index).get(i)) {
            all &=
                outcome(rule, leaf, fact, with, from).equals(outcome(rule, leaf, fact, with, to));
            all &= pair == null && trends.pair(leaf);
            pair = new Turn(rule, leaf, fact, with);
          }
        }
        if (all && pair != null) {
          double[] here = sides(pair, from);
          double[] there = sides(pair, to);
          if (here != null && there != null) {
            double far = Math.min(Math.abs(here[0] - here[1]), Math.abs(there[0] - there[1]));
            if (best == null || far > most) {
              best = pair;
              most = far;
            }
          }
        }
      }
      return best != null && first(best, to) == null;
    }

    private List<Turn> joined(List<Turn> open, List<Turn> turns) {
      if (turns.isEmpty()) {
        return open;
      }
      List<Turn> all = new ArrayList<>(open);
      all.addAll(turns);
      return all;
    }

    /**
     * The comparisons of a fact that turn.
     *
     * @return null where the fact fails whatever the value
     */
    private List<Turn> turns(int index, Object fact, Env env) {
      Pattern pattern = patterns.get(index);
      List<Turn> turns = new ArrayList<>();
      for (int i = 0; i < pattern.constraints().size(); i++) {
        boolean turned = false;
        for (Expr leaf : movingLeaves.get(index).get(i)) {
          if (!outcome(rule, leaf, fact, env, from).equals(outcome(rule, leaf, fact, env, to))) {
            turned = true;
            turns.add(new Turn(rule, leaf, fact, env));
          } else if (trends.pair(leaf) && may(index, i, fact, env)) {
            Turn between = new Turn(rule, leaf, fact, env);
            if (first(between, to) != null) {
              turned = true;
              turns.add(between);
            }
          }
        }
        if (!turned && !holds(rule, pattern.constraints().get(i).expression(), fact, env)) {
          return null;
        }
      }
      return turns;
    }

    /** Whether a fact fulfils what does not move of the other constraints. */
    private boolean may(int index, int but, Object fact, Env env) {
      List<RuleModel.Constraint> constraints = patterns.get(index).constraints();
      for (int i = 0; i < constraints.size(); i++) {
        if (i != but
            && movingLeaves.get(index).get(i).isEmpty()
            && !holds(rule, constraints.get(i).expression(), fact, env)) {
          return false;
        }
      }
      return true;
    }

    /** The facts that a pattern could match; by their text where one is asked for. */
    private List<Object> facts(Pattern pattern, Env env) {
      List<Object> all = byType.getOrDefault(pattern.type(), List.of());
      if (all.size() < 8) {
        return all;
      }
      for (Constraint constraint : pattern.constraints()) {
        var comparison = constraint.comparison();
        if (comparison != null
            && comparison.operator().equals("==")
            && comparison.value() instanceof Expr.Path path
            && path.variable()
            && env != null
            && known(env, path.first())) {
          Object wanted = rules.get(rule).reckoner().value(path, null, variables(rule, env, from));
          if (wanted instanceof String) {
            return index(pattern.type(), comparison.field(), all).getOrDefault(wanted, List.of());
          }
        }
      }
      return all;
    }
  }

  private static boolean known(Env env, String variable) {
    for (Env at = env; at != null && at.pattern != null; at = at.before) {
      if (variable.equals(at.pattern.variable()) || binding(at.pattern, variable) != null) {
        return true;
      }
    }
    return false;
  }

  private Map<Object, List<Object>> index(String type, String field, List<Object> all) {
    return indexes.computeIfAbsent(
        type + "." + field,
        name -> {
          Map<Object, List<Object>> index = new HashMap<>();
          for (Object fact : all) {
            Object value = fact;
            for (String part : field.split("\\.")) {
              value = Reckoner.property(value, part);
            }
            index.computeIfAbsent(value, key -> new ArrayList<>()).add(fact);
          }
          return index;
        });
  }
}
