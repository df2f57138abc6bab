package dev.rigwright.authoring;

import dev.rigwright.authoring.Atoms.Atom;
import dev.rigwright.rulebook.Expr;
import dev.rigwright.rulebook.FileModel;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.RuleModel.Pattern;
import dev.rigwright.rulebook.RuleModel.SourceKind;
import dev.rigwright.rulebook.RuleModel.Under;
import dev.rigwright.rulebook.Types.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Two rules against each other: the same, one within the other, or opposite conclusions for one
 * input.
 *
 * <p>What is decided: patterns are matched type by type, constraints as texts or as comparisons
 * with literals. A rule is shadowed if another concludes the same of every input that fires it. Two
 * rules are opposites if they conclude the same type, differ only in true and false or in constants
 * of one enum, match the same patterns, and nothing in their conditions excludes that both hold.
 * Rules with alternatives, accumulations or other sources are compared as texts alone.
 */
final class PairLint implements Lint {

  private record One(FileModel file, RuleModel rule, String shape, String type, int place) {}

  @Override
  public void look(Linted linted, Consumer<Finding> found) {
    List<One> all = new ArrayList<>();
    linted.rules(
        (file, rule) -> {
          if (rule.consequence() != null && rule.consequence().inserted() != null) {
            Type type = linted.concluded(file, rule);
            all.add(
                new One(
                    file,
                    rule,
                    shape(rule.consequence().inserted()),
                    type == null ? "?" : type.name(),
                    all.size()));
          }
        });
    for (One later : all) {
      for (One earlier : all) {
        if (earlier.place() < later.place() && earlier.shape().equals(later.shape())) {
          compare(linted, earlier, later, found);
        }
      }
    }
  }

  private static String shape(Expr inserted) {
    if (inserted instanceof Expr.New created) {
      return "new " + created.type() + created.arguments().size();
    }
    if (inserted instanceof Expr.Call call) {
      return call.name() + call.arguments().size();
    }
    return inserted.getClass().getSimpleName();
  }

  private static void compare(Linted linted, One earlier, One later, Consumer<Finding> found) {
    boolean forth = covers(earlier, later);
    boolean back = covers(later, earlier);
    if (forth && back) {
      found.accept(
          Finding.error(
              later.rule().nameSpan(),
              "duplicate-rule",
              "The rule (%s) says what (%s) in rules/%s:%d says already. Maybe one of them can go."
                  .formatted(
                      later.rule().name(),
                      earlier.rule().name(),
                      earlier.file().path(),
                      earlier.rule().span().line())));
    } else if (forth && sameWords(earlier, later)) {
      found.accept(shadowed(later, earlier));
    } else if (back && sameWords(earlier, later)) {
      found.accept(shadowed(earlier, later));
    } else if (opposite(linted, earlier, later)) {
      found.accept(
          Finding.error(
              later.rule().nameSpan(),
              "opposites",
              "The rules (%s) and (%s) in rules/%s:%d can hold for one input and conclude opposites of %s. Maybe one of them wants a condition that excludes the other."
                  .formatted(
                      later.rule().name(),
                      earlier.rule().name(),
                      earlier.file().path(),
                      earlier.rule().span().line(),
                      later.type())));
    }
  }

  private static boolean sameWords(One one, One other) {
    return Objects.equals(one.rule().text("says"), other.rule().text("says"));
  }

  private static Finding shadowed(One narrow, One wide) {
    return Finding.error(
        narrow.rule().nameSpan(),
        "shadowed",
        "Whatever fires (%s) also fires (%s) in rules/%s:%d, which concludes the same. Maybe it can go, or its conclusion is to be another."
            .formatted(
                narrow.rule().name(),
                wide.rule().name(),
                wide.file().path(),
                wide.rule().span().line()));
  }

  private static boolean plain(RuleModel rule) {
    return rule.accumulates().isEmpty()
        && rule.evals().isEmpty()
        && rule.patterns().stream()
            .allMatch(
                p ->
                    p.from() == SourceKind.MEMORY
                        && !p.under().contains(Under.OR)
                        && !p.under().contains(Under.FORALL)
                        && p.under().size() <= 1
                        && (p.group() < 0
                            || rule.patterns().stream().filter(o -> o.group() == p.group()).count()
                                == 1));
  }

  private static List<Integer> own(RuleModel rule) {
    return IntStream.range(0, rule.patterns().size()).boxed().toList();
  }

  /** Whether the wide rule fires, and concludes the same, wherever the narrow one fires. */
  private static boolean covers(One wide, One narrow) {
    List<Pattern> wides = wide.rule().patterns();
    List<Pattern> narrows = narrow.rule().patterns();
    if (wides.size() > narrows.size()) {
      return false;
    }
    if (!plain(wide.rule()) || !plain(narrow.rule())) {
      return wides.size() == narrows.size() && sameText(wide, narrow);
    }
    List<List<Integer>> mappings = mappings(wides, narrows, 0, List.of());
    if (mappings.isEmpty()) {
      return false;
    }
    Canonical narrowWords = new Canonical(narrow.file(), narrow.rule(), own(narrow.rule()));
    for (List<Integer> mapping : mappings) {
      Canonical wideWords = new Canonical(wide.file(), wide.rule(), mapping);
      boolean all = wideWords.inserted().equals(narrowWords.inserted());
      for (int i = 0; all && i < wides.size(); i++) {
        Map<String, Expr> weak = wideWords.constraints(wides.get(i));
        Map<String, Expr> strong = narrowWords.constraints(narrows.get(mapping.get(i)));
        all =
            wides.get(i).negated()
                ? follows(strong, weak, narrowWords, wideWords)
                : follows(weak, strong, wideWords, narrowWords);
      }
      if (all) {
        return true;
      }
    }
    return false;
  }

  private static boolean sameText(One one, One other) {
    Canonical words = new Canonical(one.file(), one.rule(), own(one.rule()));
    Canonical others = new Canonical(other.file(), other.rule(), own(other.rule()));
    boolean same =
        words.inserted().equals(others.inserted())
            && one.rule().accumulates().isEmpty() == other.rule().accumulates().isEmpty()
            && one.rule().accumulates().isEmpty()
            && one.rule().evals().isEmpty()
            && other.rule().evals().isEmpty();
    for (int i = 0; same && i < one.rule().patterns().size(); i++) {
      Pattern mine = one.rule().patterns().get(i);
      Pattern theirs = other.rule().patterns().get(i);
      same =
          mine.type().equals(theirs.type())
              && mine.under().equals(theirs.under())
              && mine.from() == theirs.from()
              && (mine.source() == null
                  ? theirs.source() == null
                  : theirs.source() != null
                      && words.words(mine.source()).equals(others.words(theirs.source())))
              && words.constraints(mine).keySet().equals(others.constraints(theirs).keySet());
    }
    return same;
  }

  /** Ways to find each pattern of one list in another, by type and what it stands under. */
  private static List<List<Integer>> mappings(
      List<Pattern> from, List<Pattern> to, int next, List<Integer> so) {
    if (next == from.size()) {
      return List.of(so);
    }
    List<List<Integer>> all = new ArrayList<>();
    for (int i = 0; i < to.size(); i++) {
      if (!so.contains(i)
          && to.get(i).type().equals(from.get(next).type())
          && to.get(i).under().equals(from.get(next).under())) {
        List<Integer> more = new ArrayList<>(so);
        more.add(i);
        all.addAll(mappings(from, to, next + 1, more));
      }
    }
    return all;
  }

  /** Whether every weak constraint follows from the strong ones. */
  private static boolean follows(
      Map<String, Expr> weak,
      Map<String, Expr> strong,
      Canonical weakWords,
      Canonical strongWords) {
    List<Atom> known = new ArrayList<>();
    for (Expr expression : strong.values()) {
      List<List<Atom>> ways = Atoms.ways(expression, strongWords::words);
      if (ways.size() == 1) {
        known.addAll(ways.get(0));
      }
    }
    for (Map.Entry<String, Expr> one : weak.entrySet()) {
      if (strong.containsKey(one.getKey())) {
        continue;
      }
      List<List<Atom>> ways = Atoms.ways(one.getValue(), weakWords::words);
      boolean implied =
          decided(one.getValue())
              && ways.stream()
                  .anyMatch(
                      way ->
                          !way.isEmpty()
                              && way.stream()
                                  .allMatch(
                                      atom ->
                                          known.stream().anyMatch(k -> Atoms.follows(atom, k))));
      if (!implied) {
        return false;
      }
    }
    return true;
  }

  /** Whether an expression is nothing but comparisons joined by and and or. */
  private static boolean decided(Expr expression) {
    if (expression instanceof Expr.Bind bind) {
      return decided(bind.value());
    }
    if (!(expression instanceof Expr.Binary binary)) {
      return false;
    }
    if (binary.operator().equals("&&") || binary.operator().equals("||")) {
      return decided(binary.left()) && decided(binary.right());
    }
    return Set.of("==", "!=", "<", "<=", ">", ">=").contains(binary.operator());
  }

  private static boolean opposite(Linted linted, One one, One other) {
    if (!plain(one.rule())
        || !plain(other.rule())
        || one.rule().patterns().size() != other.rule().patterns().size()) {
      return false;
    }
    List<List<Integer>> mappings =
        mappings(one.rule().patterns(), other.rule().patterns(), 0, List.of());
    if (mappings.isEmpty()) {
      return false;
    }
    Canonical others = new Canonical(other.file(), other.rule(), own(other.rule()));
    for (List<Integer> mapping : mappings) {
      Canonical words = new Canonical(one.file(), one.rule(), mapping);
      if (differ(linted, one, words, other, others)
          && together(one, words, mapping, other, others)) {
        return true;
      }
    }
    return false;
  }

  private static List<Expr> arguments(Expr inserted) {
    return inserted instanceof Expr.New created
        ? created.arguments()
        : inserted instanceof Expr.Call call ? call.arguments() : List.of();
  }

  /** Whether the conclusions are alike but for truths and constants. */
  private static boolean differ(
      Linted linted, One one, Canonical words, One other, Canonical others) {
    List<Expr> mine = arguments(one.rule().consequence().inserted());
    List<Expr> theirs = arguments(other.rule().consequence().inserted());
    boolean opposite = false;
    for (int i = 0; i < mine.size(); i++) {
      if (words.words(mine.get(i)).equals(others.words(theirs.get(i)))) {
        continue;
      }
      Type type = fixed(linted, one, mine.get(i));
      Type its = fixed(linted, other, theirs.get(i));
      if (type == null || its == null || type.java() != its.java()) {
        return false;
      }
      opposite = true;
    }
    return opposite;
  }

  /** The type of a truth or of an enum's constant; null for anything else. */
  private static Type fixed(Linted linted, One one, Expr expression) {
    boolean candidate =
        expression instanceof Expr.Literal literal && literal.kind() == Expr.Kind.BOOLEAN
            || expression instanceof Expr.Path path && Character.isUpperCase(path.name().charAt(0));
    Type type = candidate ? linted.types().of(one.file(), expression, null, Map.of()) : null;
    return type != null && (type.truth() || type.constant()) ? type : null;
  }

  /** Whether nothing excludes that both conditions hold for the same facts. */
  private static boolean together(
      One one, Canonical words, List<Integer> mapping, One other, Canonical others) {
    for (int i = 0; i < mapping.size(); i++) {
      Pattern mine = one.rule().patterns().get(i);
      Pattern theirs = other.rule().patterns().get(mapping.get(i));
      Map<String, Expr> constraints = words.constraints(mine);
      Map<String, Expr> counterparts = others.constraints(theirs);
      if (mine.negated()) {
        if (!constraints.keySet().equals(counterparts.keySet())) {
          return false;
        }
        continue;
      }
      if (!settled(constraints, counterparts)) {
        return false;
      }
      List<List<Atom>> ways = List.of(List.of());
      for (Expr expression : constraints.values()) {
        ways = Atoms.both(ways, Atoms.ways(expression, words::words));
      }
      for (Expr expression : counterparts.values()) {
        ways = Atoms.both(ways, Atoms.ways(expression, others::words));
      }
      if (ways.stream().allMatch(way -> Atoms.impossible(way, left -> false))) {
        return false;
      }
    }
    return true;
  }

  /** Whether what stands in one of them alone is decided, so that nothing hides an exclusion. */
  private static boolean settled(Map<String, Expr> mine, Map<String, Expr> theirs) {
    Collection<Expr> single = new ArrayList<>();
    mine.forEach(
        (text, expression) -> {
          if (!theirs.containsKey(text)) {
            single.add(expression);
          }
        });
    theirs.forEach(
        (text, expression) -> {
          if (!mine.containsKey(text)) {
            single.add(expression);
          }
        });
    return single.stream().allMatch(PairLint::literal);
  }

  private static boolean literal(Expr expression) {
    if (expression instanceof Expr.Binary binary
        && (binary.operator().equals("&&") || binary.operator().equals("||"))) {
      return literal(binary.left()) && literal(binary.right());
    }
    return decided(expression)
        && expression instanceof Expr.Binary compared
        && (compared.right() instanceof Expr.Literal
            || compared.right() instanceof Expr.Path path
                && Arrays.asList(path.name().split("[.]")).size() == 2
                && Character.isUpperCase(path.name().charAt(0)));
  }
}
