package dev.rigwright.rulebook.loops;

import dev.rigwright.rulebook.Expr;
import dev.rigwright.rulebook.FileModel;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.RuleModel.Accumulate;
import dev.rigwright.rulebook.RuleModel.Binding;
import dev.rigwright.rulebook.RuleModel.Constraint;
import dev.rigwright.rulebook.RuleModel.Pattern;
import dev.rigwright.rulebook.RuleModel.SourceKind;
import dev.rigwright.rulebook.RuleModel.Under;
import dev.rigwright.rulebook.Types;
import dev.rigwright.rulebook.Types.Type;
import dev.rigwright.rulebook.loops.JavaExpr.Code;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a rule asks for before it concludes, as loops need it: its patterns, and of each constraint
 * which patterns it reads and whether facts can be looked up by it.
 */
final class Premises {

  /** How a pattern is met. */
  enum How {
    LOOP,
    EXISTS,
    NOT,
    GATHER
  }

  /**
   * A pattern of the rule.
   *
   * @param outer places of the other patterns that its constraints read
   * @param gathers what is gathered of each of its facts; null where nothing is
   */
  record Premise(
      int place, Pattern pattern, Type type, How how, Set<Integer> outer, Code gathers) {}

  /**
   * A constraint.
   *
   * @param place of the pattern that it stands in
   * @param lookup the field that its pattern can be looked up by; null for none
   * @param value what that field then holds
   */
  record Condition(int place, Code code, String lookup, Code value) {}

  private final FileModel file;
  private final RuleModel rule;
  private final Types types;
  private final JavaExpr java;
  private final List<Premise> all = new ArrayList<>();
  private final List<Condition> conditions = new ArrayList<>();

  private Premises(FileModel file, RuleModel rule, Types types) {
    this.file = file;
    this.rule = rule;
    this.types = types;
    this.java = new JavaExpr(file, types);
  }

  /**
   * Reads a rule's.
   *
   * @throws NoLoop if it asks something that loops are not written for
   */
  static Premises of(FileModel file, RuleModel rule, Types types) throws NoLoop {
    if (!rule.evals().isEmpty() || !rule.attributes().isEmpty()) {
      throw new NoLoop("rules/%s: the rule (%s)".formatted(file.path(), rule.name()));
    }
    Premises premises = new Premises(file, rule, types);
    for (int place = 0; place < rule.patterns().size(); place++) {
      premises.read(place, rule.patterns().get(place));
    }
    return premises;
  }

  /** The patterns, each at its place. */
  List<Premise> all() {
    return Collections.unmodifiableList(all);
  }

  /** The constraints of all patterns, in the order of the text. */
  List<Condition> conditions() {
    return Collections.unmodifiableList(conditions);
  }

  /** What a variable stands for; null for one that is not bound. */
  Code meaning(String variable) {
    return java.bound(variable);
  }

  /** The best way to look facts of a pattern up by what is known; null where there is none. */
  Condition lookup(Premise premise, Set<Integer> known) {
    Condition best = null;
    for (Condition condition : conditions) {
      if (condition.place() == premise.place()
          && condition.lookup() != null
          && known.containsAll(condition.value().on())
          && (best == null || best.value().on().isEmpty())) {
        best = condition;
      }
    }
    return best;
  }

  private void read(int place, Pattern pattern) throws NoLoop {
    Type type = types.resolve(file, pattern.type());
    if (type == null || type.java() != null && !type.java().isRecord()) {
      throw new NoLoop("rules/%s: facts of (%s)".formatted(file.path(), pattern.type()));
    }
    How how = how(pattern);
    Code self = new Code("p" + place, type, Set.of(place));
    if (pattern.variable() != null) {
      java.bind(pattern.variable(), self);
    }
    for (Binding binding : pattern.bindings()) {
      java.bind(binding.variable(), java.of(binding.expression(), self));
    }
    Set<Integer> outer = new TreeSet<>();
    for (Constraint constraint : pattern.constraints()) {
      Condition condition = condition(place, self, constraint.expression());
      conditions.add(condition);
      outer.addAll(condition.code().on());
    }
    outer.remove(place);
    Code gathers = how == How.GATHER ? gathers(place, pattern) : null;
    all.add(new Premise(place, pattern, type, how, outer, gathers));
  }

  private How how(Pattern pattern) throws NoLoop {
    boolean alone =
        pattern.under().isEmpty()
            || pattern.under().size() == 1
                && rule.patterns().stream()
                        .filter(other -> !other.under().isEmpty())
                        .filter(other -> other.group() == pattern.group())
                        .count()
                    == 1;
    if (alone && pattern.from() == SourceKind.MEMORY) {
      if (pattern.under().isEmpty()) {
        return How.LOOP;
      }
      Under under = pattern.under().get(0);
      if (under == Under.NOT) {
        return How.NOT;
      }
      if (under == Under.EXISTS) {
        return How.EXISTS;
      }
      if (under == Under.ACCUMULATE) {
        return How.GATHER;
      }
    }
    throw new NoLoop(
        "rules/%s:%d a pattern of (%s)".formatted(file.path(), pattern.span().line(), rule.name()));
  }

  /** What is gathered of each fact of a pattern; binds the list. */
  private Code gathers(int place, Pattern pattern) throws NoLoop {
    Accumulate gathering = null;
    for (Accumulate accumulate : rule.accumulates()) {
      if (accumulate.span().holds(pattern.span())) {
        gathering = accumulate;
      }
    }
    Code each = null;
    if (gathering != null
        && gathering.results().size() == 1
        && gathering.constraints().isEmpty()
        && gathering.results().get(0).expression() instanceof Expr.Call call
        && call.name().equals("collectList")
        && call.arguments().size() == 1) {
      each = java.bound(call.arguments().get(0).span().cut(file.text()));
    }
    if (each == null) {
      throw new NoLoop(
          "rules/%s:%d what (%s) accumulates"
              .formatted(file.path(), pattern.span().line(), rule.name()));
    }
    java.bind(gathering.results().get(0).variable(), new Code("a" + place, null, Set.of(place)));
    return each;
  }

  private Condition condition(int place, Code self, Expr expression) throws NoLoop {
    Code code = java.condition(expression, self);
    if (expression instanceof Expr.Binary binary && binary.operator().equals("==")) {
      Condition looked = lookup(place, self, code, binary.left(), binary.right());
      if (looked == null) {
        looked = lookup(place, self, code, binary.right(), binary.left());
      }
      if (looked != null) {
        return looked;
      }
    }
    return new Condition(place, code, null, null);
  }

  /** A comparison by which facts are found without looking at the others; null where it is none. */
  private Condition lookup(int place, Code self, Code code, Expr field, Expr value) throws NoLoop {
    Expr plain = field instanceof Expr.Bind bind ? bind.value() : field;
    if (!(plain instanceof Expr.Path path)
        || path.name().contains(".")
        || java.bound(path.name()) != null
        || types.field(self.type(), path.name()) == null) {
      return null;
    }
    Code its = java.of(value, self);
    Type type = types.field(self.type(), path.name());
    boolean findable =
        type.text() || type.constant() || type.java() == int.class && exactly(its, int.class);
    return !findable || its.on().contains(place) || its.text().equals("null")
        ? null
        : new Condition(place, code, path.name(), its);
  }

  private static boolean exactly(Code code, Class<?> type) {
    return code.type() != null && code.type().java() == type;
  }
}
