package dev.rigwright.audit;

import dev.rigwright.audit.Why.Check;
import dev.rigwright.audit.Why.Kind;
import dev.rigwright.audit.Why.Origin;
import dev.rigwright.audit.Why.Reason;
import dev.rigwright.audit.Why.Row;
import dev.rigwright.audit.Why.Rule;
import dev.rigwright.audit.Why.Source;
import dev.rigwright.audit.Why.Statement;
import dev.rigwright.audit.Why.Step;
import dev.rigwright.audit.Why.Value;
import dev.rigwright.domain.Breadth;
import dev.rigwright.domain.Claim;
import dev.rigwright.domain.Conclusion;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Explained;
import dev.rigwright.engine.Ground;
import dev.rigwright.engine.How;
import dev.rigwright.engine.Judgement;
import dev.rigwright.engine.Proof;
import dev.rigwright.engine.Property;
import dev.rigwright.engine.Spoken;
import dev.rigwright.facts.Facts;
import dev.rigwright.rulebook.Expr;
import dev.rigwright.rulebook.RuleInfo;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.RuleModel.Accumulate;
import dev.rigwright.rulebook.RuleModel.Binding;
import dev.rigwright.rulebook.RuleModel.Constraint;
import dev.rigwright.rulebook.RuleModel.Pattern;
import dev.rigwright.rulebook.RuleModel.Under;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes down the proof of facts. Grounds, matches and values are the engine's own; the elements of
 * a condition and their words are those of the parsed rule. Nothing is derived again.
 */
final class Proving {

  private static final String GUIDE = "guide#";
  private static final String WHOLE = "*";

  private final Proof proof;
  private final Judgement judgement;
  private final Rulebook rulebook;
  private final Facts facts;
  private final Sketch sketch;
  private final Map<Object, Integer> numbers = new IdentityHashMap<>();
  private final List<Object> order = new ArrayList<>();
  private final Map<Object, List<Reason>> reasons = new IdentityHashMap<>();
  private final Map<Object, Set<String>> used = new IdentityHashMap<>();
  private final Map<String, Rule> rules = new HashMap<>();
  private final Map<Object, List<Integer>> computed = new IdentityHashMap<>();
  private final Map<String, Long> standing;
  private final Map<String, Long> judged;

  Proving(Explained explained, Advisor advisor) {
    this.proof = explained.proof();
    this.judgement = advisor.judgement();
    this.rulebook = advisor.rulebook();
    this.facts = advisor.facts();
    this.sketch = new Sketch(rulebook);
    this.standing = counted(explained.standing());
    this.judged = counted(judgement.standing());
  }

  private static Map<String, Long> counted(List<Object> standing) {
    Map<String, Long> counts = new HashMap<>();
    standing.forEach(fact -> counts.merge(Sketch.type(fact), 1L, Long::sum));
    return counts;
  }

  /** Numbers of the statements that say these facts, which are proven down to what was given. */
  List<Integer> prove(List<?> roots) {
    return roots.stream().map(this::number).toList();
  }

  /** All statements so far, by number. */
  List<Statement> statements() {
    Provenance provenance = new Provenance(facts);
    List<Statement> statements = new ArrayList<>();
    for (Object fact : order) {
      boolean concluded = proof.concluded(fact) || judgement.proof().concluded(fact);
      String name = sketch.name(fact);
      Set<String> read = used.getOrDefault(fact, Set.of());
      List<Row> rows =
          concluded
              ? List.of()
              : provenance.rows(fact, name, read.contains(WHOLE) ? Set.of() : read);
      statements.add(
          new Statement(
              numbers.get(fact),
              concluded ? Origin.CONCLUDED : origin(fact, rows),
              Sketch.type(fact),
              name,
              concluded ? sketch.values(fact) : List.of(),
              fact instanceof Conclusion conclusion ? says(conclusion) : null,
              reasons.getOrDefault(fact, List.of()),
              rows,
              computed.getOrDefault(fact, List.of())));
    }
    return statements;
  }

  private static Origin origin(Object fact, List<Row> rows) {
    if (fact instanceof Breadth) {
      return Origin.SETTING;
    }
    return rows.isEmpty() ? Origin.ASKED : Origin.ROW;
  }

  private String says(Conclusion conclusion) {
    String says = Spoken.says(rulebook, facts, conclusion);
    return says.isEmpty() ? null : says;
  }

  private int number(Object fact) {
    Integer known = numbers.get(fact);
    if (known != null) {
      return known;
    }
    order.add(fact);
    int number = order.size();
    numbers.put(fact, number);
    List<Reason> why = new ArrayList<>();
    for (Ground ground : sorted(proof.grounds(fact))) {
      why.add(new Reason(rule(ground, fact), steps(ground, standing)));
    }
    for (Ground ground : sorted(judgement.proof().grounds(fact))) {
      why.add(new Reason(rule(ground, fact), steps(ground, judged)));
    }
    reasons.put(fact, why);
    // As decisions read it, a claim has the status that was computed; as published, it is a row.
    if (fact instanceof Claim claim && facts.claimById().get(claim.id()) == claim) {
      computed.put(fact, judgement.of(claim).stream().map(this::number).toList());
    }
    return number;
  }

  /**
   * Grounds in an order that hangs on what they say alone; those first that rest on what was told
   * already, as they are nearest to what was asked.
   */
  private List<Ground> sorted(List<Ground> grounds) {
    return grounds.stream()
        .sorted(
            Comparator.comparing((Ground ground) -> !numbers.keySet().containsAll(ground.facts()))
                .thenComparing(Ground::rule)
                .thenComparing(
                    ground -> String.join("|", ground.facts().stream().map(sketch::name).toList())))
        .toList();
  }

  // ---- what a rule says of itself

  private Rule rule(Ground ground, Object fact) {
    Rule plain = rules.computeIfAbsent(ground.rule(), this::rule);
    return fact instanceof Conclusion conclusion
        ? new Rule(
            plain.id(),
            plain.file(),
            plain.line(),
            says(conclusion),
            plain.because(),
            plain.sources(),
            plain.reviewed())
        : plain;
  }

  private Rule rule(String id) {
    RuleInfo info = rulebook.rule(id);
    return new Rule(
        id,
        "rules/" + info.file(),
        info.line(),
        null,
        info.because(),
        info.sources().stream().map(this::source).toList(),
        info.reviewed());
  }

  private Source source(String name) {
    Claim claim =
        name.startsWith(GUIDE) ? facts.claimById().get(name.substring(GUIDE.length())) : null;
    return claim == null
        ? new Source(name, null, null)
        : new Source(name, claim.says(), claim.status().word());
  }

  // ---- how its condition was fulfilled

  /** An element of a condition: a pattern or an accumulation. */
  private record Element(Span span, Pattern pattern, Accumulate accumulate) {}

  private List<Step> steps(Ground ground, Map<String, Long> standing) {
    RuleModel rule = rulebook.model(ground.rule());
    List<Element> elements = new ArrayList<>();
    rule.patterns().stream()
        .filter(pattern -> !pattern.accumulated())
        .forEach(pattern -> elements.add(new Element(pattern.span(), pattern, null)));
    rule.accumulates().forEach(all -> elements.add(new Element(all.span(), null, all)));
    elements.sort(Comparator.comparingInt(element -> element.span().start()));
    return fits(elements, ground.how())
        ? new Reading(rule, ground.how(), standing).steps(elements)
        : plainly(ground, standing);
  }

  /**
   * Whether each element can be told what the match gave it. Of alternatives joined by {@code or} a
   * match does not say which it took.
   */
  private static boolean fits(List<Element> elements, How how) {
    long plain =
        elements.stream()
            .filter(one -> one.pattern() == null || one.pattern().under().isEmpty())
            .count();
    long exists =
        elements.stream()
            .filter(one -> one.pattern() != null)
            .filter(one -> one.pattern().under().equals(List.of(Under.EXISTS)))
            .count();
    long gathered = elements.stream().filter(one -> one.pattern() == null).count();
    boolean simple =
        elements.stream().allMatch(one -> one.pattern() == null || isSimple(one.pattern()));
    return simple
        && plain == how.matched().size()
        && exists == how.witnesses().size()
        && gathered == how.gathered().size();
  }

  private static boolean isSimple(Pattern pattern) {
    return pattern.under().isEmpty()
        || pattern.under().equals(List.of(Under.NOT))
        || pattern.under().equals(List.of(Under.EXISTS));
  }

  /** The facts of a match alone, where its elements cannot be told apart. */
  private List<Step> plainly(Ground ground, Map<String, Long> standing) {
    return ground.restsOn().stream()
        .map(
            fact ->
                new Step(
                    Kind.MATCHED,
                    Sketch.type(fact),
                    Sketch.type(fact),
                    rulebook.rule(ground.rule()).line(),
                    List.of(),
                    List.of(),
                    List.of(used(fact, Set.of(WHOLE))),
                    standing.getOrDefault(Sketch.type(fact), 0L),
                    Map.of()))
        .toList();
  }

  private int used(Object fact, Set<String> fields) {
    used.computeIfAbsent(fact, f -> new HashSet<>()).addAll(fields);
    return number(fact);
  }

  /** One match of a rule, read along its condition. */
  private final class Reading {

    private final RuleModel rule;
    private final How how;
    private final Map<String, Long> standing;
    private final Map<String, String> fields = new HashMap<>();

    private Reading(RuleModel rule, How how, Map<String, Long> standing) {
      this.rule = rule;
      this.how = how;
      this.standing = standing;
      for (Binding binding : rule.bindings()) {
        if (binding.expression() instanceof Expr.Path path && !path.variable()) {
          fields.put(binding.variable(), path.name());
        }
      }
    }

    private List<Step> steps(List<Element> elements) {
      List<Step> steps = new ArrayList<>();
      int matched = 0;
      int exists = 0;
      int gathered = 0;
      for (Element element : elements) {
        if (element.pattern() == null) {
          matched++;
          steps.add(gathered(element.accumulate(), how.gathered().get(gathered++)));
        } else if (element.pattern().negated()) {
          steps.add(step(Kind.ABSENT, element.pattern(), null));
        } else if (element.pattern().exists()) {
          steps.add(step(Kind.PRESENT, element.pattern(), how.witnesses().get(exists++)));
        } else {
          steps.add(step(Kind.MATCHED, element.pattern(), how.matched().get(matched++)));
        }
      }
      return steps;
    }

    private Step step(Kind kind, Pattern pattern, Object fact) {
      Set<String> read = new HashSet<>();
      List<Check> checks = new ArrayList<>();
      for (Constraint constraint : pattern.constraints()) {
        checks.add(check(constraint, fact));
        read.addAll(constraint.fields());
      }
      List<Value> bound = new ArrayList<>();
      for (Binding binding : pattern.bindings()) {
        String field =
            binding.expression() instanceof Expr.Path path && !path.variable() ? path.name() : null;
        if (field != null) {
          read.add(field);
        }
        boolean checked =
            field != null
                && checks.stream()
                    .flatMap(check -> check.values().stream())
                    .anyMatch(value -> value.name().equals(field));
        if (fact != null && !checked && how.values().containsKey(binding.variable())) {
          Object value = how.values().get(binding.variable());
          bound.add(
              new Value(field == null ? binding.variable() : field, field, sketch.plain(value)));
        }
      }
      if (read.isEmpty() && pattern.variable() != null) {
        read.add(WHOLE);
      }
      return new Step(
          kind,
          pattern.type(),
          written(pattern.span()),
          pattern.span().line(),
          checks,
          bound,
          fact == null ? List.of() : List.of(used(fact, read)),
          standing.getOrDefault(pattern.type(), 0L),
          fact instanceof Requirement requirement ? assumed(requirement, read) : Map.of());
    }

    private Check check(Constraint constraint, Object fact) {
      Map<String, Value> values = new LinkedHashMap<>();
      for (String field : constraint.fields()) {
        Property.Value value = fact == null ? null : Property.of(fact, field);
        if (value != null) {
          values.put(field, new Value(field, field, sketch.plain(value.value())));
        }
      }
      for (String variable : constraint.variables()) {
        if (how.values().containsKey(variable) && !sketch.isNameless(how.values().get(variable))) {
          values.put(
              variable,
              new Value(variable, fields.get(variable), sketch.plain(how.values().get(variable))));
        }
      }
      return new Check(written(constraint.span()), List.copyOf(values.values()));
    }

    private Step gathered(Accumulate accumulate, List<Object> from) {
      Pattern pattern =
          rule.patterns().stream()
              .filter(one -> accumulate.span().holds(one.span()))
              .findFirst()
              .orElse(null);
      List<Value> results = new ArrayList<>();
      for (Binding result : accumulate.results()) {
        if (result.variable() != null && how.values().containsKey(result.variable())) {
          results.add(
              new Value(
                  result.variable(), null, sketch.plain(how.values().get(result.variable()))));
        }
      }
      String type = pattern == null ? "" : pattern.type();
      return new Step(
          Kind.GATHERED,
          type,
          written(accumulate.span()),
          accumulate.span().line(),
          List.of(),
          results,
          from.stream().map(fact -> used(fact, Set.of(WHOLE))).toList(),
          standing.getOrDefault(type, 0L),
          Map.of());
    }

    private String written(Span span) {
      return span.cut(rulebook.file(span.file()).text()).replaceAll("\\s+", " ");
    }
  }

  /** The fields read that the requirement left open. */
  private static Map<String, String> assumed(Requirement requirement, Set<String> read) {
    Map<String, String> assumed = new LinkedHashMap<>();
    for (Requirement.Assumption assumption : requirement.assumptions()) {
      if (read.contains(assumption.field())) {
        assumed.put(assumption.field(), assumption.because());
      }
    }
    return assumed;
  }
}
