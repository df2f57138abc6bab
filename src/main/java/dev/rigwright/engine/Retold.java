package dev.rigwright.engine;

import dev.rigwright.domain.Conclusion;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Sizing;
import dev.rigwright.engine.Pass.Made;
import dev.rigwright.engine.Reckoner.Unreadable;
import dev.rigwright.rulebook.Expr;
import dev.rigwright.rulebook.RuleModel.Accumulate;
import dev.rigwright.rulebook.RuleModel.Binding;
import dev.rigwright.rulebook.RuleModel.Pattern;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * What the facts of a pass would say for another value of a number, as long as the same matches
 * hold: each is concluded again from the consequence of its rule, with what its match would hold
 * then. No rule is matched.
 */
final class Retold {

  /** In place of a fact that cannot be concluded for a value. */
  static final Object GONE = new Object();

  private final Pass pass;
  private final LongFunction<Requirement> requirement;
  private final long from;
  private final String field;
  private final Map<String, RuleParts> rules;
  private final Map<Object, Map<Long, Object>> told = new IdentityHashMap<>();
  private final SortedSet<String> unreadable = new TreeSet<>();
  private final Set<String> moving = new HashSet<>();
  private final Map<Object, Boolean> moves = new IdentityHashMap<>();

  /**
   * Facts to retell.
   *
   * @param field the number's path in the requirement
   * @param requirement the pass's own with another value
   * @param from the value that they stand for
   */
  Retold(
      Map<String, RuleParts> rules,
      Pass pass,
      String field,
      LongFunction<Requirement> requirement,
      long from) {
    this.field = field;
    this.rules = rules;
    this.pass = pass;
    this.requirement = requirement;
    this.from = from;
  }

  /** Rules whose consequence cannot be computed here. */
  SortedSet<String> unreadable() {
    return unreadable;
  }

  /** Forgets what facts would say; it is computed again where it is asked for. */
  void forget() {
    told.clear();
  }

  private RuleParts parts(String rule) {
    return rules.get(rule);
  }

  /** What a fact says for a value; the fact itself where nothing of it depends on that. */
  Object at(Object fact, long value) {
    if (value == from || !touched(fact)) {
      return fact;
    }
    Map<Long, Object> known = told.computeIfAbsent(fact, one -> new HashMap<>());
    Object retold = known.get(value);
    if (retold == null) {
      retold = concluded(fact, value);
      known.put(value, retold);
    }
    return retold;
  }

  /**
   * The same.
   *
   * @throws IllegalArgumentException if there is no such fact for the value
   */
  Object there(Object fact, long value) {
    Object there = at(fact, value);
    if (there == GONE) {
      throw new IllegalArgumentException("no such fact");
    }
    return there;
  }

  /**
   * Whether two facts have the same in a component for every value: concluded by the same rule from
   * the same, or from what is equal and stays.
   */
  boolean alike(Object one, Object other, String component, Trends trends) {
    List<Made> ones = pass.made().getOrDefault(one, List.of());
    List<Made> others = pass.made().getOrDefault(other, List.of());
    if (ones.size() != 1
        || others.size() != 1
        || !ones.get(0).rule().equals(others.get(0).rule())
        || !(parts(ones.get(0).rule()).inserted() instanceof Expr.New made)) {
      return false;
    }
    RecordComponent[] components = one.getClass().getRecordComponents();
    for (int i = 0; components != null && i < components.length; i++) {
      if (components[i].getName().equals(component)
          && components.length == made.arguments().size()) {
        return alike(ones.get(0), others.get(0), made.arguments().get(i), trends);
      }
    }
    return false;
  }

  private boolean alike(Made one, Made other, Expr from, Trends trends) {
    List<Object> items = parts(one.rule()).items();
    for (Expr part : from.all()) {
      if (!(part instanceof Expr.Path path) || !path.variable()) {
        continue;
      }
      boolean alike = false;
      for (int i = 0; i < items.size() && i < one.matched().size(); i++) {
        if (items.get(i) instanceof Pattern pattern) {
          for (Binding binding : pattern.bindings()) {
            if (binding.variable().equals(path.first())
                && binding.expression() instanceof Expr.Path of
                && !of.variable()) {
              Object here = Reckoner.property(one.matched().get(i), of.first());
              Object there = Reckoner.property(other.matched().get(i), of.first());
              // One and the same record came from one and the same fact.
              alike =
                  here == there && here instanceof Record
                      || here instanceof Sizing own
                          && there instanceof Sizing others
                          && Watched.inStep(
                              own, others, of.name().substring(of.name().indexOf('.') + 1))
                          && sameWork(own, others)
                      || Objects.equals(here, there) && trends.stays(pattern.type(), of.first());
            }
          }
        }
      }
      if (!alike) {
        return false;
      }
    }
    return true;
  }

  /** Whether two estimates are of one workload for one requirement. */
  private boolean sameWork(Object one, Object other) {
    Object[] ones = arguments(one);
    Object[] others = arguments(other);
    return ones != null && others != null && ones[3] == others[3] && ones[4] == others[4];
  }

  /**
   * What {@code Speed.size} made an estimate from: cards, card, count, workload, requirement,
   * figures. An estimate for cards that somebody sells new and used was made twice, from the same.
   *
   * @return null where it was made in another way, or from something else the second time
   */
  Object[] arguments(Object fact) {
    Object[] first = null;
    for (Made made : pass.made().getOrDefault(fact, List.of())) {
      RuleParts rule = parts(made.rule());
      if (!(rule.inserted() instanceof Expr.Call call)
          || !call.name().equals("size")
          || call.arguments().size() != 6) {
        return null;
      }
      Function<String, Object> variables = variables(made, from);
      Object[] own =
          call.arguments().stream()
              .map(argument -> rule.reckoner().value(argument, null, variables))
              .toArray();
      if (first != null && (first[3] != own[3] || !Arrays.equals(first, own))) {
        return null;
      }
      first = own;
    }
    return first;
  }

  private Object concluded(Object fact, long value) {
    if (fact == pass.requirement()) {
      return requirement.apply(value);
    }
    Object first = null;
    for (Made made : pass.made().get(fact)) {
      try {
        RuleParts rule = parts(made.rule());
        Object one = rule.reckoner().value(rule.inserted(), null, variables(made, value));
        if (first == null) {
          first = one;
        } else if (!same(first, one)) {
          // Two rules that say the same now would not then: the one fact would become two.
          unreadable.add(made.rule());
        }
      } catch (Unreadable unknown) {
        unreadable.add(made.rule());
        return fact;
      } catch (IllegalArgumentException | NullPointerException missing) {
        // What it is made of is not known then: its rule asks for that, and does not match.
        return GONE;
      }
    }
    return first;
  }

  /** Whether a fact is made from the requirement, directly or through others. */
  private boolean touched(Object fact) {
    Boolean known = moves.get(fact);
    if (known != null) {
      return known;
    }
    boolean touched = fact == pass.requirement();
    moves.put(fact, touched);
    // What is only said has values to show; no rule compares them.
    if (!touched && !(fact instanceof Conclusion)) {
      for (Made made : pass.made().getOrDefault(fact, List.of())) {
        touched |= uses(made);
      }
      moves.put(fact, touched);
    }
    return touched;
  }

  /** Whether what a match concludes is made from something that is touched. */
  private boolean uses(Made made) {
    List<Object> items = parts(made.rule()).items();
    Set<String> named = parts(made.rule()).named();
    for (int i = 0; i < items.size() && i < made.matched().size(); i++) {
      Object matched = made.matched().get(i);
      if (items.get(i) instanceof Pattern pattern) {
        boolean used = named.contains(pattern.variable());
        for (Binding binding : pattern.bindings()) {
          used |=
              named.contains(binding.variable())
                  && (matched != pass.requirement() || turned(binding.expression()));
        }
        if (used && touched(matched)) {
          return true;
        }
      } else if (matched instanceof Collection<?> gathered) {
        for (Object one : gathered) {
          if (touched(one)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Whether a part of the requirement depends on the number that is turned. */
  private boolean turned(Expr of) {
    if (of instanceof Expr.Path path) {
      for (RecordComponent component : Requirement.class.getRecordComponents()) {
        if (component.getName().equals(path.first())) {
          return field.equals(path.name())
              || field.startsWith(path.name() + ".")
              || path.name().startsWith(field + ".");
        }
      }
    }
    return true;
  }

  private Function<String, Object> variables(Made made, long value) {
    List<Object> items = parts(made.rule()).items();
    Map<String, Object> facts = new HashMap<>();
    Map<String, Binding> bindings = new HashMap<>();
    Map<String, Object> owners = new HashMap<>();
    for (int i = 0; i < items.size(); i++) {
      Object matched = made.matched().get(i);
      if (items.get(i) instanceof Pattern pattern) {
        Object now = there(matched, value);
        if (pattern.variable() != null) {
          facts.put(pattern.variable(), now);
        }
        for (Binding binding : pattern.bindings()) {
          bindings.put(binding.variable(), binding);
          owners.put(binding.variable(), now);
        }
      } else if (matched instanceof Collection<?> gathered) {
        List<Object> now = new ArrayList<>();
        gathered.forEach(one -> now.add(there(one, value)));
        facts.put(((Accumulate) items.get(i)).results().get(0).variable(), now);
      }
    }
    Reckoner reckoner = parts(made.rule()).reckoner();
    return new Function<>() {
      @Override
      public Object apply(String name) {
        if (facts.containsKey(name)) {
          return facts.get(name);
        }
        Binding binding = bindings.get(name);
        if (binding == null) {
          throw new Unreadable(name);
        }
        return reckoner.value(binding.expression(), owners.get(name), this);
      }
    };
  }

  /**
   * Learns which components of which types say something else for another value. Of what is equal
   * at both ends nothing moves in between: every number that rules compare rises or falls with a
   * number of the requirement, as long as the same matches hold.
   *
   * @return the types' simple names, and the components as {@code Type.component}
   */
  Set<String> moving(long value) {
    moving.clear();
    for (Object fact : pass.facts()) {
      if (touched(fact)) {
        Object then = at(fact, value);
        if (then != fact) {
          compare(fact, then);
        }
      }
    }
    return moving;
  }

  private void compare(Object now, Object then) {
    String type = now.getClass().getSimpleName();
    if (then == GONE || !now.getClass().isRecord()) {
      if (!now.equals(then)) {
        moving.add(type);
        moving.add(type + ".*");
      }
      return;
    }
    for (RecordComponent component : now.getClass().getRecordComponents()) {
      if (!same(
          Reckoner.property(now, component.getName()),
          Reckoner.property(then, component.getName()))) {
        moving.add(type);
        moving.add(type + "." + component.getName());
      }
    }
  }

  /** Whether two values say the same, whatever their own notion of being equal. */
  static boolean same(Object one, Object other) {
    if (one == other) {
      return true;
    }
    if (one == null || other == null || one.getClass() != other.getClass()) {
      return false;
    }
    if (one instanceof List<?> list) {
      List<?> others = (List<?>) other;
      boolean same = list.size() == others.size();
      for (int i = 0; same && i < list.size(); i++) {
        same = same(list.get(i), others.get(i));
      }
      return same;
    }
    if (one.getClass().isRecord()) {
      for (RecordComponent component : one.getClass().getRecordComponents()) {
        if (!same(
            Reckoner.property(one, component.getName()),
            Reckoner.property(other, component.getName()))) {
          return false;
        }
      }
      return true;
    }
    return Objects.equals(one, other);
  }
}
