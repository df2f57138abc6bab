package dev.rigwright.engine;

import dev.rigwright.rulebook.Expr;
import dev.rigwright.rulebook.FileModel;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.RuleModel.Accumulate;
import dev.rigwright.rulebook.RuleModel.Constraint;
import dev.rigwright.rulebook.RuleModel.Pattern;
import dev.rigwright.rulebook.RuleModel.SourceKind;
import dev.rigwright.rulebook.RuleModel.Under;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How far a rule's condition is fulfilled by facts, and what blocks it. Beginnings of the parsed
 * condition are compiled and tried; the first that nothing fulfils ends in the element that blocks.
 * That is tried again less one constraint, which finds the near misses.
 *
 * @param rule its id
 * @param matches of the whole condition; 0 where something blocks it
 * @param stages the elements of the condition up to the one that blocks, in the order of the text
 * @param obstacle what blocks; null where nothing does
 */
public record Blocking(String rule, long matches, List<Stage> stages, Obstacle obstacle) {

  public Blocking {
    stages = List.copyOf(stages);
  }

  /**
   * An element of the condition.
   *
   * @param element as it is written, on one line
   * @param line where it stands in the rule's file
   * @param matches of the condition from its beginning to the end of this element
   */
  public record Stage(String element, int line, long matches) {}

  /** How an element blocks. */
  public enum Kind {
    /** No fact of its type stands. */
    NO_FACT,
    /** There are facts of its type, and none fulfils all its constraints. */
    UNMET,
    /** It must be absent, and stands. */
    STANDS,
    /** It does not hold; what of it cannot be told. */
    OTHER
  }

  /**
   * The element that blocks.
   *
   * @param type of the facts that it asks for; null where there are several
   * @param standing how many facts of the type there are
   * @param constraints for each that alone stands in the way of some fact, those facts; where
   *     several fail together, each that no fact fulfils
   * @param together whether no fact comes as near as all constraints but one
   * @param facts what stands and must not, a few of them
   * @param count how many stand and must not
   */
  public record Obstacle(
      Kind kind,
      String element,
      int line,
      String type,
      long standing,
      List<Unmet> constraints,
      boolean together,
      List<Object> facts,
      long count) {

    public Obstacle {
      constraints = List.copyOf(constraints);
      facts = List.copyOf(facts);
    }
  }

  /**
   * A constraint that is not met.
   *
   * @param constraint as it is written, on one line
   * @param facts how many facts fulfil all but this one
   * @param misses the nearest of them
   */
  public record Unmet(String constraint, int line, long facts, List<Miss> misses) {

    public Unmet {
      misses = List.copyOf(misses);
    }
  }

  /**
   * A near miss.
   *
   * @param fact the fact
   * @param field the field that is compared; null where it is more than a field
   * @param actual what it has
   * @param operator such as {@code >=}; null where the constraint is no comparison
   * @param required what it would need; null where the constraint is no comparison
   * @param distance between the two where both are numbers; else null
   */
  public record Miss(
      Object fact,
      String field,
      Object actual,
      String operator,
      Object required,
      Double distance) {}

  /**
   * Tries a rule.
   *
   * @param facts all that stand, given and concluded
   * @throws IllegalArgumentException if there is no such rule
   */
  public static Blocking of(Rulebook rulebook, String rule, Collection<?> facts) {
    return new Trial(rulebook, rule, facts).blocking();
  }

  /** One rule over the facts of one decision. */
  private static final class Trial {

    private static final String FACT = "$rigwrightFact";
    private static final String LEFT = "$rigwrightLeft";
    private static final String RIGHT = "$rigwrightRight";
    private static final int MOST_MISSES = 3;
    private static final int MOST_FACTS = 5;

    private final FileModel file;
    private final RuleModel rule;
    private final Collection<?> facts;
    private final Probes probes;
    private final List<Element> elements = new ArrayList<>();

    private Trial(Rulebook rulebook, String id, Collection<?> facts) {
      this.file =
          rulebook.files().stream()
              .filter(one -> one.path().equals(rulebook.rule(id).file()))
              .findFirst()
              .orElseThrow()
              .model();
      this.rule = file.rule(id);
      this.facts = facts;
      this.probes = new Probes(rulebook, id);
      rule.patterns().stream()
          .filter(pattern -> !pattern.accumulated())
          .forEach(pattern -> elements.add(new Element(pattern.span(), pattern, null)));
      rule.accumulates().forEach(all -> elements.add(new Element(all.span(), null, all)));
      elements.sort(Comparator.comparingInt(element -> element.span().start()));
    }

    /** A pattern or an accumulation. */
    private record Element(Span span, Pattern pattern, Accumulate accumulate) {}

    private Blocking blocking() {
      boolean simple =
          elements.stream().allMatch(one -> one.pattern() == null || isSimple(one.pattern()));
      if (!simple || elements.isEmpty()) {
        return whole();
      }
      Map<String, String> prefixes = new LinkedHashMap<>();
      for (int i = 1; i <= elements.size(); i++) {
        prefixes.put("prefix/" + i, prefix(i));
      }
      Map<String, Probes.Found> found = probes.tried(prefixes, facts);
      List<Stage> stages = new ArrayList<>();
      for (int i = 1; i <= elements.size(); i++) {
        Probes.Found here = found.get("prefix/" + i);
        long matches = here == null ? 0 : here.count();
        Span span = elements.get(i - 1).span();
        stages.add(new Stage(line(text(i - 1)), span.line(), matches));
        if (matches == 0) {
          return new Blocking(rule.name(), 0, stages, obstacle(i - 1));
        }
      }
      return new Blocking(rule.name(), stages.get(stages.size() - 1).matches(), stages, null);
    }

    private static boolean isSimple(Pattern pattern) {
      return pattern.under().isEmpty()
          || pattern.under().equals(List.of(Under.NOT))
          || pattern.under().equals(List.of(Under.EXISTS));
    }

    /** A condition whose elements cannot be taken apart is tried as it is. */
    private Blocking whole() {
      String condition = rule.condition() == null ? "" : rule.condition().cut(file.text());
      Probes.Found found = probes.tried(Map.of("whole/1", condition), facts).get("whole/1");
      long matches = found == null ? 0 : found.count();
      int line = rule.span().line();
      return new Blocking(
          rule.name(),
          matches,
          List.of(new Stage(line(condition), line, matches)),
          matches > 0
              ? null
              : new Obstacle(
                  Kind.OTHER, line(condition), line, null, 0, List.of(), false, List.of(), 0));
    }

    /** An element as it is written, with what it stands under. */
    private String text(int index) {
      Element element = elements.get(index);
      String written = element.span().cut(file.text());
      if (element.pattern() == null || element.pattern().under().isEmpty()) {
        return written;
      }
      return (element.pattern().negated() ? "not " : "exists ") + written;
    }

    private String prefix(int count) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < count; i++) {
        text.append(text(i)).append('\n');
      }
      return text.toString();
    }

    private static String line(String text) {
      return text.strip().replaceAll("\\s+", " ");
    }

    private Obstacle obstacle(int index) {
      Pattern pattern = elements.get(index).pattern();
      if (pattern == null) {
        return other(index, null);
      }
      return pattern.negated() ? stands(index, pattern) : lacks(index, pattern);
    }

    private Obstacle other(int index, String type) {
      return new Obstacle(
          Kind.OTHER,
          line(text(index)),
          elements.get(index).span().line(),
          type,
          type == null ? 0 : standing(type),
          List.of(),
          false,
          List.of(),
          0);
    }

    private long standing(String type) {
      return facts.stream().filter(f -> f.getClass().getSimpleName().equals(type)).count();
    }

    // ---- what must not be there

    private Obstacle stands(int index, Pattern pattern) {
      List<Span> parts = new ArrayList<>();
      parts(pattern).forEach(part -> parts.add(part.span()));
      Probes.Found found =
          probes
              .tried(Map.of("stands/1", prefix(index) + bound(pattern, cut(parts))), facts)
              .get("stands/1");
      List<Object> those = found == null ? List.of() : distinct(found, variable(pattern));
      return new Obstacle(
          Kind.STANDS,
          line(text(index)),
          pattern.span().line(),
          pattern.type(),
          standing(pattern.type()),
          List.of(),
          false,
          those.stream().limit(MOST_FACTS).toList(),
          those.size());
    }

    // ---- what is missing

    /** What stands between two commas of a pattern; no constraint where it only binds. */
    private record Part(Span span, Constraint constraint) {}

    private static List<Part> parts(Pattern pattern) {
      List<Part> parts = new ArrayList<>();
      pattern.constraints().forEach(one -> parts.add(new Part(one.span(), one)));
      pattern.bindings().stream()
          .filter(
              binding ->
                  pattern.constraints().stream().noneMatch(c -> c.span().holds(binding.span())))
          .forEach(binding -> parts.add(new Part(binding.span(), null)));
      parts.sort(Comparator.comparingInt(part -> part.span().start()));
      return parts;
    }

    private Obstacle lacks(int index, Pattern pattern) {
      long standing = standing(pattern.type());
      if (standing == 0 && pattern.from() == SourceKind.MEMORY) {
        return new Obstacle(
            Kind.NO_FACT,
            line(text(index)),
            pattern.span().line(),
            pattern.type(),
            0,
            List.of(),
            false,
            List.of(),
            0);
      }
      List<Part> parts = parts(pattern);
      Map<String, String> variants = new LinkedHashMap<>();
      for (int i = 0; i < parts.size(); i++) {
        Constraint left = parts.get(i).constraint();
        if (left != null) {
          List<Part> others = new ArrayList<>(parts);
          others.remove(i);
          variant(variants, "less/" + i, index, pattern, others, left);
          List<Part> bindings = parts.stream().filter(p -> p.constraint() == null).toList();
          variant(variants, "bare/" + i, index, pattern, bindings, left);
          List<Part> alone =
              parts.stream().filter(p -> p.constraint() == null || p.constraint() == left).toList();
          variants.put("alone/" + i, prefix(index) + bound(pattern, texts(alone)));
        }
      }
      Map<String, Probes.Found> found = probes.tried(variants, facts);
      List<Unmet> unmet = new ArrayList<>();
      for (int i = 0; i < parts.size(); i++) {
        addUnmet(unmet, pattern, parts.get(i).constraint(), either(found, "less/" + i));
      }
      boolean together = unmet.isEmpty();
      for (int i = 0; together && i < parts.size(); i++) {
        Probes.Found alone = found.get("alone/" + i);
        if (alone != null && alone.count() == 0) {
          addUnmet(unmet, pattern, parts.get(i).constraint(), either(found, "bare/" + i));
        }
      }
      return new Obstacle(
          Kind.UNMET,
          line(text(index)),
          pattern.span().line(),
          pattern.type(),
          standing,
          unmet,
          together,
          List.of(),
          0);
    }

    /** A variant that also computes both sides of the constraint, and one that does not. */
    private void variant(
        Map<String, String> variants,
        String name,
        int index,
        Pattern pattern,
        List<Part> parts,
        Constraint constraint) {
      List<String> texts = new ArrayList<>(texts(parts));
      variants.put(name, prefix(index) + bound(pattern, texts));
      if (constraint.expression() instanceof Expr.Binary binary && binary.relation()) {
        texts.add("%s : ( %s )".formatted(LEFT, binary.left().span().cut(file.text())));
        if (!(binary.right() instanceof Expr.Literal)) {
          texts.add("%s : ( %s )".formatted(RIGHT, binary.right().span().cut(file.text())));
        }
        variants.put(name + "/sides", prefix(index) + bound(pattern, texts));
      }
    }

    private static Probes.Found either(Map<String, Probes.Found> found, String name) {
      Probes.Found sides = found.get(name + "/sides");
      return sides == null ? found.get(name) : sides;
    }

    private void addUnmet(
        List<Unmet> unmet, Pattern pattern, Constraint constraint, Probes.Found found) {
      if (constraint == null || found == null || found.count() == 0) {
        return;
      }
      Map<Object, Miss> misses = new IdentityHashMap<>();
      List<Miss> ordered = new ArrayList<>();
      for (Map<String, Object> match : found.values()) {
        Object fact = match.get(variable(pattern));
        Miss miss = miss(fact, constraint, match);
        Miss known = misses.get(fact);
        if (known == null) {
          misses.put(fact, miss);
          ordered.add(miss);
        } else if (nearer(miss, known)) {
          misses.put(fact, miss);
          ordered.set(ordered.indexOf(known), miss);
        }
      }
      ordered.sort(
          Comparator.comparing(
                  Miss::distance, Comparator.nullsLast(Comparator.<Double>naturalOrder()))
              .thenComparing(miss -> miss.fact().toString()));
      unmet.add(
          new Unmet(
              line(constraint.source()),
              constraint.span().line(),
              ordered.size(),
              ordered.stream().limit(MOST_MISSES).toList()));
    }

    private static boolean nearer(Miss one, Miss other) {
      return one.distance() != null
          && (other.distance() == null || one.distance() < other.distance());
    }

    private static Miss miss(Object fact, Constraint constraint, Map<String, Object> match) {
      if (!(constraint.expression() instanceof Expr.Binary binary) || !binary.relation()) {
        return new Miss(fact, null, null, null, null, null);
      }
      Object actual = match.get(LEFT);
      String field = null;
      if (binary.left() instanceof Expr.Path path && !path.variable()) {
        field = path.name();
        Property.Value value = Property.of(fact, field);
        actual = value == null ? actual : value.value();
      }
      Object required = match.get(RIGHT);
      if (binary.right() instanceof Expr.Literal literal) {
        required = of(literal);
      } else if (binary.right() instanceof Expr.Path path && match.containsKey(path.name())) {
        required = match.get(path.name());
      }
      Double distance =
          actual instanceof Number one && required instanceof Number other
              ? (Double) Math.abs(one.doubleValue() - other.doubleValue())
              : null;
      return new Miss(fact, field, actual, binary.operator(), required, distance);
    }

    private static Object of(Expr.Literal literal) {
      if (literal.kind() != Expr.Kind.NUMBER) {
        return literal.text();
      }
      try {
        String digits = literal.text().replaceAll("[LlFfDdIB]$", "");
        return digits.matches("-?\\d+")
            ? (Number) Long.valueOf(digits)
            : (Number) Double.valueOf(digits);
      } catch (NumberFormatException unusual) {
        return literal.text();
      }
    }

    // ---- text of patterns

    private List<String> texts(List<Part> parts) {
      return cut(parts.stream().map(Part::span).toList());
    }

    private List<String> cut(List<Span> spans) {
      return spans.stream().map(span -> span.cut(file.text())).toList();
    }

    private static String variable(Pattern pattern) {
      return pattern.variable() == null ? FACT : pattern.variable();
    }

    /** A pattern by itself with other parts, bound, and under nothing. */
    private String bound(Pattern pattern, List<String> parts) {
      String text = file.text();
      return variable(pattern)
          + " : "
          + text.substring(pattern.typeSpan().start(), pattern.body().start() + 1)
          + String.join(", ", parts)
          + ")"
          + text.substring(pattern.body().end(), pattern.span().end());
    }

    private static List<Object> distinct(Probes.Found found, String variable) {
      Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
      List<Object> ordered = new ArrayList<>();
      for (Map<String, Object> match : found.values()) {
        Object fact = match.get(variable);
        if (fact != null && seen.add(fact)) {
          ordered.add(fact);
        }
      }
      ordered.sort(Comparator.comparing(Object::toString));
      return ordered;
    }
  }
}
