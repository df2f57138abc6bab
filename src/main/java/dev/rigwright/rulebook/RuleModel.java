package dev.rigwright.rulebook;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A rule as it stands in its file, every part with its place. This is what lint, coverage,
 * mutation, formatting, documentation and graphs are made from. A rule that Drools cannot parse
 * still has the parts that are there.
 *
 * @param name without its quotes
 * @param nameSpan of the name, quotes included
 * @param span from {@code rule} to {@code end}, or to its last token where the end is missing
 * @param header the comments directly above it; null for none
 * @param attributes such as {@code salience}; shipped rules have none
 * @param condition between {@code when} and {@code then}; null where nothing stands there
 * @param patterns in the order of the text, those under {@code not} and {@code accumulate} included
 * @param accumulates in the order of the text
 * @param evals places of {@code eval( … )} in the condition
 * @param consequence null where {@code then} is missing
 */
public record RuleModel(
    String name,
    Span nameSpan,
    Span span,
    Comment header,
    List<Annotation> annotations,
    List<Attribute> attributes,
    Span condition,
    List<Pattern> patterns,
    List<Accumulate> accumulates,
    List<Span> evals,
    Consequence consequence) {

  public RuleModel {
    annotations = List.copyOf(annotations);
    attributes = List.copyOf(attributes);
    patterns = List.copyOf(patterns);
    accumulates = List.copyOf(accumulates);
    evals = List.copyOf(evals);
  }

  /** A comment, or several that follow each other. */
  public record Comment(Span span, String text) {}

  /** A rule attribute, or {@code extends} with the name of a rule. */
  public record Attribute(String name, String value, Span span) {}

  /**
   * What a rule or a field says about itself.
   *
   * @param name without the {@code @}
   * @param source what stands between the brackets; empty without brackets
   * @param span from {@code @} to the closing bracket
   * @param values its texts; several in braces, none where it has no brackets
   */
  public record Annotation(
      String name, Span nameSpan, String source, Span span, List<Value> values) {
    public Annotation {
      values = List.copyOf(values);
    }
  }

  /**
   * A value of an annotation.
   *
   * @param text without quotes
   * @param quoted whether it is a string
   * @param span quotes included
   */
  public record Value(String text, boolean quoted, Span span) {}

  /** What a pattern stands under. */
  public enum Under {
    NOT,
    EXISTS,
    FORALL,
    OR,
    ACCUMULATE,
    COLLECT
  }

  /** Where a pattern takes its facts from, if not from the working memory. */
  public enum SourceKind {
    MEMORY,
    FROM,
    ACCUMULATE,
    COLLECT,
    ENTRY_POINT
  }

  /**
   * A pattern: facts of one type that fulfil constraints.
   *
   * @param type as it is written
   * @param variable what it is bound to, with its {@code $}; null for none
   * @param variableSpan null for none
   * @param span from variable or type to the closing bracket, or to the end of its source
   * @param under from the outermost in; empty for a plain pattern
   * @param group number of the word (such as {@code not}) that it stands under, the innermost, in
   *     the order of the text; -1 for a plain pattern
   * @param from where its facts come from
   * @param source the expression behind {@code from}; null for none
   * @param constraints conditions on its fields; a mere binding is none
   * @param bindings of its fields
   * @param body what stands between its brackets, the brackets included
   */
  public record Pattern(
      String type,
      Span typeSpan,
      String variable,
      Span variableSpan,
      Span span,
      List<Under> under,
      int group,
      SourceKind from,
      Expr source,
      List<Constraint> constraints,
      List<Binding> bindings,
      Span body) {
    public Pattern {
      under = List.copyOf(under);
      constraints = List.copyOf(constraints);
      bindings = List.copyOf(bindings);
    }

    /** Whether it stands under {@code not}. */
    public boolean negated() {
      return under.contains(Under.NOT);
    }

    /** Whether it stands under {@code exists}. */
    public boolean exists() {
      return under.contains(Under.EXISTS);
    }

    /** Whether it is accumulated or collected. */
    public boolean accumulated() {
      return under.contains(Under.ACCUMULATE) || under.contains(Under.COLLECT);
    }

    /** Whether its facts have to be finished before the rule can be judged. */
    public boolean needsFinished() {
      return negated() || exists() || accumulated() || under.contains(Under.FORALL);
    }
  }

  /**
   * A condition on a pattern's fields, one between two commas.
   *
   * @param source as it is written
   * @param expression with its places
   * @param variables that it reads, with their {@code $}, those that it binds excluded
   * @param fields of its pattern that it reads, nested ones with points; names of types and enum
   *     constants are none
   * @param comparison null where it is more than one plain comparison
   */
  public record Constraint(
      Span span,
      String source,
      Expr expression,
      Set<String> variables,
      Set<String> fields,
      Comparison comparison) {}

  /**
   * A plain comparison of a field.
   *
   * @param field may be nested: {@code limits.maxGpus}
   * @param operator such as {@code >=}
   * @param sign where the operator stands
   * @param value the other side
   * @param literal the other side where it is a literal; else null
   */
  public record Comparison(
      String field, Span fieldSpan, String operator, Span sign, Expr value, Expr.Literal literal) {}

  /**
   * A variable and what it stands for.
   *
   * @param variable with its {@code $}
   * @param expression null where it is bound to a whole pattern
   * @param span from the variable to the end of the expression; of the variable alone where it is
   *     bound to a pattern
   */
  public record Binding(String variable, Span variableSpan, Expr expression, Span span) {}

  /**
   * An accumulation.
   *
   * @param results its functions, and what they are bound to; a variable is null where it is none
   * @param constraints on the results
   */
  public record Accumulate(Span span, List<Binding> results, List<Expr> constraints) {
    public Accumulate {
      results = List.copyOf(results);
      constraints = List.copyOf(constraints);
    }
  }

  /**
   * What a rule does.
   *
   * @param span from the first to the last token between {@code then} and {@code end}; of {@code
   *     then} where there are none
   * @param source what stands there, comments within included; empty for nothing
   * @param statements its statements as expressions, a part that is none as Other
   * @param inserted what its one {@code insertLogical( … );} inserts; null where the consequence is
   *     anything else
   */
  public record Consequence(Span span, String source, List<Expr> statements, Expr inserted) {
    public Consequence {
      statements = List.copyOf(statements);
    }
  }

  /** All variables that the condition binds, in the order of the text. */
  public List<Binding> bindings() {
    List<Binding> all = new ArrayList<>();
    for (Pattern pattern : patterns) {
      if (pattern.variable() != null) {
        all.add(
            new Binding(pattern.variable(), pattern.variableSpan(), null, pattern.variableSpan()));
      }
      all.addAll(pattern.bindings());
    }
    for (Accumulate accumulate : accumulates) {
      accumulate.results().stream().filter(r -> r.variable() != null).forEach(all::add);
    }
    return all;
  }

  /** An annotation of this name; null for none. */
  public Annotation annotation(String wanted) {
    return annotations.stream().filter(a -> a.name().equals(wanted)).findFirst().orElse(null);
  }

  /** The first text of an annotation; null where it is missing. */
  public String text(String wanted) {
    List<String> texts = texts(wanted);
    return texts.isEmpty() ? null : texts.get(0);
  }

  /** The texts of an annotation; empty where it is missing. */
  public List<String> texts(String wanted) {
    Annotation found = annotation(wanted);
    return found == null ? List.of() : found.values().stream().map(Value::text).toList();
  }

  /** The types that the condition matches. */
  public Set<String> reads() {
    Set<String> types = new LinkedHashSet<>();
    patterns.forEach(pattern -> types.add(pattern.type()));
    return types;
  }

  /** Those of them that stand under not, exists, forall or an accumulation. */
  public Set<String> negates() {
    Set<String> types = new LinkedHashSet<>();
    patterns.stream().filter(Pattern::needsFinished).forEach(pattern -> types.add(pattern.type()));
    return types;
  }
}
