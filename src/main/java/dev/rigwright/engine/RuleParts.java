package dev.rigwright.engine;

import dev.rigwright.domain.Recommended;
import dev.rigwright.domain.Verdict;
import dev.rigwright.rulebook.Expr;
import dev.rigwright.rulebook.FileModel;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.RuleModel.Accumulate;
import dev.rigwright.rulebook.RuleModel.Binding;
import dev.rigwright.rulebook.RuleModel.Constraint;
import dev.rigwright.rulebook.RuleModel.Pattern;
import dev.rigwright.rulebook.Rulebook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The parts of rules that are computed outside the engine, taken apart once.
 *
 * @param items patterns and accumulations, as a match holds what they matched
 * @param named the variables that the consequence is made from, directly or through others
 * @param leaves the comparisons that each constraint is made of
 * @param concluded simple names of the type that it concludes, and of all that this is; null where
 *     that is not plain
 * @param judging whether what is recommended, or the verdict, can rest on it; the others only say
 *     something
 */
record RuleParts(
    String rule,
    RuleModel model,
    Reckoner reckoner,
    List<Object> items,
    Set<String> named,
    Map<Constraint, List<Expr>> leaves,
    Set<String> concluded,
    boolean judging) {

  /** Whether it may conclude facts that a pattern of a type matches. */
  boolean concludes(String type) {
    return concluded == null || concluded.contains(type);
  }

  /** All rules of a rulebook, by their names. */
  static Map<String, RuleParts> of(Rulebook rulebook) {
    Map<String, Class<?>> declared = new HashMap<>();
    rulebook
        .files()
        .forEach(
            file ->
                file.model()
                    .types()
                    .forEach(
                        type ->
                            declared.put(
                                type.name(),
                                rulebook
                                    .base()
                                    .getFactType(file.model().packageName(), type.name())
                                    .getFactClass())));
    Map<String, RuleParts> parts = new HashMap<>();
    rulebook
        .files()
        .forEach(
            file -> {
              Reckoner reckoner = new Reckoner(file.model(), declared);
              Map<String, Class<?>> functions = functions(file.model());
              for (RuleModel rule : file.model().rules()) {
                parts.put(rule.name(), of(rule, reckoner, functions));
              }
            });
    return judging(parts);
  }

  private static Map<String, Class<?>> functions(FileModel file) {
    Map<String, Class<?>> functions = new HashMap<>();
    for (FileModel.Import one : file.imports()) {
      if (one.function()) {
        try {
          String owner = one.target().substring(0, one.target().lastIndexOf('.'));
          functions.put(one.simpleName(), Class.forName(owner));
        } catch (ClassNotFoundException unknown) {
          // What it concludes is then not known, and it is taken to matter.
        }
      }
    }
    return functions;
  }

  /** Marks the rules that what is recommended and the verdict can rest on. */
  private static Map<String, RuleParts> judging(Map<String, RuleParts> parts) {
    Set<String> read =
        new HashSet<>(Set.of(Recommended.class.getSimpleName(), Verdict.class.getSimpleName()));
    Set<String> judging = new HashSet<>();
    boolean more = true;
    while (more) {
      more = false;
      for (RuleParts rule : parts.values()) {
        if (!judging.contains(rule.rule()) && read.stream().anyMatch(rule::concludes)) {
          judging.add(rule.rule());
          read.addAll(rule.model().reads());
          more = true;
        }
      }
    }
    Map<String, RuleParts> marked = new TreeMap<>();
    parts.forEach((name, rule) -> marked.put(name, rule.judging(judging.contains(name))));
    return marked;
  }

  private RuleParts judging(boolean does) {
    return new RuleParts(rule, model, reckoner, items, named, leaves, concluded, does);
  }

  private static RuleParts of(RuleModel rule, Reckoner reckoner, Map<String, Class<?>> functions) {
    Map<Constraint, List<Expr>> leaves = new IdentityHashMap<>();
    for (Pattern pattern : rule.patterns()) {
      for (Constraint constraint : pattern.constraints()) {
        leaves.put(constraint, leaves(constraint.expression()));
      }
    }
    Class<?> concluded =
        rule.consequence() == null
            ? null
            : reckoner.concluded(rule, rule.consequence().inserted(), functions);
    return new RuleParts(
        rule.name(),
        rule,
        reckoner,
        items(rule),
        named(rule),
        leaves,
        concluded == null ? null : names(concluded, new HashSet<>()),
        true);
  }

  private static Set<String> names(Class<?> type, Set<String> names) {
    for (Class<?> one = type; one != null; one = one.getSuperclass()) {
      names.add(one.getSimpleName());
      for (Class<?> also : one.getInterfaces()) {
        names(also, names);
      }
    }
    return names;
  }

  /** What it concludes. */
  Expr inserted() {
    return model.consequence() == null ? null : model.consequence().inserted();
  }

  private static List<Object> items(RuleModel rule) {
    List<Object> items = new ArrayList<>();
    rule.patterns().stream().filter(pattern -> pattern.under().isEmpty()).forEach(items::add);
    items.addAll(rule.accumulates());
    items.sort(
        Comparator.comparingInt(
            item ->
                item instanceof Pattern pattern
                    ? pattern.span().start()
                    : ((Accumulate) item).span().start()));
    return items;
  }

  private static Set<String> named(RuleModel rule) {
    Set<String> named = new HashSet<>();
    if (rule.consequence() == null || rule.consequence().inserted() == null) {
      return named;
    }
    add(rule.consequence().inserted(), named);
    List<Binding> bindings = rule.bindings();
    for (int i = bindings.size() - 1; i >= 0; i--) {
      if (bindings.get(i).expression() != null && named.contains(bindings.get(i).variable())) {
        add(bindings.get(i).expression(), named);
      }
    }
    return named;
  }

  private static void add(Expr expr, Set<String> named) {
    for (Expr part : expr.all()) {
      if (part instanceof Expr.Path path && path.variable()) {
        named.add(path.first());
      }
    }
  }

  private static List<Expr> leaves(Expr expr) {
    List<Expr> leaves = new ArrayList<>();
    if (expr instanceof Expr.Binary binary
        && (binary.operator().equals("&&") || binary.operator().equals("||"))) {
      leaves.addAll(leaves(binary.left()));
      leaves.addAll(leaves(binary.right()));
    } else if (expr instanceof Expr.Unary unary && unary.operator().equals("!")) {
      leaves.addAll(leaves(unary.operand()));
    } else if (expr instanceof Expr.Bind bind) {
      leaves.addAll(leaves(bind.value()));
    } else {
      leaves.add(expr);
    }
    return leaves;
  }
}
