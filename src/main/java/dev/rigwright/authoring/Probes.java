package dev.rigwright.authoring;

import dev.rigwright.authoring.RuleText.Element;
import dev.rigwright.authoring.RuleText.Part;
import dev.rigwright.rulebook.Expr;
import dev.rigwright.rulebook.RuleModel.Accumulate;
import dev.rigwright.rulebook.RuleModel.Constraint;
import dev.rigwright.rulebook.RuleModel.Pattern;
import dev.rigwright.rulebook.RuleModel.Under;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is asked of a rule to see whether its constraints were true and false: for each, the
 * condition up to it, once with it and once with its opposite.
 */
final class Probes {

  private final RuleText text;
  private final List<Element> elements;
  private final List<Probe> probes = new ArrayList<>();
  private int count;

  private Probes(Rulebook rulebook, String rule) {
    this.text = RuleText.of(rulebook, rule);
    this.elements = text.elements();
  }

  /**
   * What is asked.
   *
   * @param place of the rule's name or the constraint
   * @param shown the constraint as it is written; null for the whole rule
   * @param whenTrue name and text of a rule that matches where it is true
   * @param whenFalse name and text of one that matches where it is false; null for the whole rule,
   *     which is false where it does not match
   */
  record Probe(String rule, Span place, String shown, Variant whenTrue, Variant whenFalse) {}

  /** A rule that only asks. */
  record Variant(String name, String text) {}

  /** The rule as a whole first, then its constraints in the order of the text. */
  static List<Probe> of(Rulebook rulebook, String rule) {
    Probes made = new Probes(rulebook, rule);
    made.make();
    return made.probes;
  }

  private void make() {
    probes.add(
        new Probe(
            text.rule().name(),
            text.rule().nameSpan(),
            null,
            variant(text.prefix(elements, elements.size())),
            null));
    for (int i = 0; i < elements.size(); i++) {
      StringBuilder before = new StringBuilder(text.prefix(elements, i));
      for (Pattern pattern : elements.get(i).patterns()) {
        constraints(before.toString(), pattern);
        if (!pattern.under().contains(Under.OR)) {
          before
              .append(text.bound(pattern, RuleText.parts(pattern)).replace(RuleText.FACT, fact()))
              .append('\n');
        }
      }
      Span span = elements.get(i).span();
      for (Accumulate accumulate : text.rule().accumulates()) {
        if (span.holds(accumulate.span())) {
          results(text.prefix(elements, i), elements.get(i), accumulate);
        }
      }
    }
  }

  private String fact() {
    return RuleText.FACT + count++;
  }

  private Variant variant(String condition) {
    String name = text.rule().name() + "#" + count++;
    return new Variant(name, RuleText.probe(name, condition));
  }

  private void constraints(String before, Pattern pattern) {
    List<String> parts = new ArrayList<>();
    for (Part part : RuleText.parts(pattern)) {
      Constraint constraint = part.constraint();
      if (constraint != null) {
        List<String> opposite = new ArrayList<>(parts);
        opposite.add(negated(constraint.expression()));
        List<String> same = new ArrayList<>(parts);
        same.add(text.cut(part.span()));
        probe(
            part.span(),
            before + "exists " + text.pattern(pattern, same),
            before + "exists " + text.pattern(pattern, opposite));
      }
      parts.add(text.cut(part.span()));
    }
  }

  private void results(String before, Element element, Accumulate accumulate) {
    for (Expr constraint : accumulate.constraints()) {
      probe(
          constraint.span(),
          before + text.cut(element.span()),
          before
              + text.edited(
                  element.span(),
                  List.of(new RuleText.Edit(constraint.span(), negated(constraint)))));
    }
  }

  private void probe(Span place, String whenTrue, String whenFalse) {
    probes.add(
        new Probe(
            text.rule().name(),
            place,
            text.cut(place).replaceAll("\\s+", " "),
            variant(whenTrue),
            variant(whenFalse)));
  }

  /** The opposite of a constraint; what it binds is left out. */
  private String negated(Expr constraint) {
    List<RuleText.Edit> unbound = new ArrayList<>();
    for (Expr part : constraint.all()) {
      if (part instanceof Expr.Bind bind) {
        unbound.add(new RuleText.Edit(bind.span(), text.cut(bind.value().span())));
      }
    }
    if (constraint instanceof Expr.Binary binary && binary.relation()) {
      String opposite = Operators.opposite(binary.operator());
      if (opposite != null) {
        unbound.add(new RuleText.Edit(binary.sign(), opposite));
        return text.edited(constraint.span(), unbound);
      }
    }
    return "!( " + text.edited(constraint.span(), unbound) + " )";
  }

  /** Texts by name. */
  static Map<String, String> texts(List<Probe> probes) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Probe probe : probes) {
      texts.put(probe.whenTrue().name(), probe.whenTrue().text());
      if (probe.whenFalse() != null) {
        texts.put(probe.whenFalse().name(), probe.whenFalse().text());
      }
    }
    return texts;
  }
}
