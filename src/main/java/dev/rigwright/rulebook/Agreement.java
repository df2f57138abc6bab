package dev.rigwright.rulebook;

import dev.rigwright.rulebook.FileModel.DeclaredType;
import dev.rigwright.rulebook.FileModel.Fault;
import dev.rigwright.rulebook.RuleModel.Pattern;
import dev.rigwright.rulebook.RuleModel.SourceKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.drools.drl.ast.descr.AccumulateDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.CollectDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.ForallDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.ast.descr.TypeDeclarationDescr;

/**
 * Holds a file's model against what Drools' own parser makes of it: the same rules, patterns,
 * constraints, annotations and declared types, in the same words. Where the two differ, the rule is
 * written in a way that nothing here can be sure of.
 */
final class Agreement {

  private Agreement() {}

  /** Where model and parser differ; empty where they agree. */
  static List<Fault> differences(FileModel model, PackageDescr parsed) {
    List<Fault> faults = new ArrayList<>();
    List<RuleDescr> descrs =
        parsed.getRules().stream().filter(rule -> rule.getClass() == RuleDescr.class).toList();
    List<String> names = descrs.stream().map(RuleDescr::getName).toList();
    List<String> found = model.rules().stream().map(RuleModel::name).toList();
    if (!names.equals(found)) {
      faults.add(fault(start(model), "rules", names, found, null));
      return faults;
    }
    for (int i = 0; i < descrs.size(); i++) {
      rule(model.rules().get(i), descrs.get(i), model.text(), faults);
    }
    types(model, parsed, faults);
    return faults;
  }

  private static Span start(FileModel model) {
    return Lexer.span(model.path(), model.text(), 0, Math.min(1, model.text().length()));
  }

  private static Fault fault(Span span, String what, Object theirs, Object ours, String rule) {
    return new Fault(
        "not-understood",
        span,
        "Drools reads the %s as %s, here they read as %s. Maybe it can be written more plainly."
            .formatted(what, theirs, ours),
        rule);
  }

  private static void rule(RuleModel rule, RuleDescr descr, String text, List<Fault> faults) {
    compare(
        rule,
        "annotations",
        descr.getAnnotations().stream().map(a -> a.getName()).distinct().sorted().toList(),
        rule.annotations().stream().map(RuleModel.Annotation::name).distinct().sorted().toList(),
        faults);
    List<PatternDescr> patterns = new ArrayList<>();
    if (descr.getLhs() != null) {
      collect(descr.getLhs(), patterns);
    }
    compare(
        rule,
        "patterns",
        patterns.stream().map(Agreement::shown).toList(),
        rule.patterns().stream()
            .filter(
                pattern ->
                    pattern.from() != SourceKind.ACCUMULATE || !pattern.type().startsWith("Object"))
            .map(pattern -> shown(pattern, text))
            .toList(),
        faults);
    compare(
        rule,
        "consequence",
        plain(String.valueOf(descr.getConsequence())),
        rule.consequence() == null ? "" : plain(rule.consequence().source()),
        faults);
  }

  private static void compare(
      RuleModel rule, String what, Object theirs, Object ours, List<Fault> faults) {
    if (!theirs.equals(ours)) {
      faults.add(fault(rule.nameSpan(), what, theirs, ours, rule.name()));
    }
  }

  private static void collect(BaseDescr descr, List<PatternDescr> patterns) {
    if (descr instanceof PatternDescr pattern) {
      if (pattern.getSource() instanceof AccumulateDescr accumulate) {
        // The pattern of an accumulate that stands for itself is nowhere in the text.
        if (!pattern.getObjectType().startsWith("Object")) {
          patterns.add(pattern);
        }
        collect(accumulate.getInput(), patterns);
      } else {
        patterns.add(pattern);
        if (pattern.getSource() instanceof CollectDescr collected) {
          collect(collected.getInputPattern(), patterns);
        }
      }
    } else if (descr instanceof ForallDescr forall) {
      forall.getDescrs().forEach(child -> collect(child, patterns));
    } else if (descr instanceof ConditionalElementDescr element) {
      for (Object child : (Collection<?>) element.getDescrs()) {
        collect((BaseDescr) child, patterns);
      }
    }
  }

  private static String shown(PatternDescr pattern) {
    StringBuilder shown = new StringBuilder();
    if (pattern.getIdentifier() != null && !pattern.getIdentifier().isEmpty()) {
      shown.append(pattern.getIdentifier()).append(':');
    }
    shown.append(pattern.getObjectType()).append('(');
    for (BaseDescr constraint : pattern.getConstraint().getDescrs()) {
      if (constraint instanceof ExprConstraintDescr expression) {
        shown.append(plain(expression.getExpression())).append(';');
      }
    }
    return shown.append(')').toString();
  }

  private static String shown(Pattern pattern, String text) {
    StringBuilder shown = new StringBuilder();
    if (pattern.variable() != null) {
      shown.append(pattern.variable()).append(':');
    }
    shown.append(pattern.type()).append('(');
    TreeMap<Integer, String> parts = new TreeMap<>();
    pattern.constraints().forEach(c -> parts.put(c.span().start(), c.source()));
    pattern.bindings().stream()
        .filter(b -> pattern.constraints().stream().noneMatch(c -> c.span().holds(b.span())))
        .filter(b -> pattern.bindings().stream().noneMatch(o -> o != b && o.span().holds(b.span())))
        .forEach(b -> parts.put(b.span().start(), b.span().cut(text)));
    for (String part : parts.values()) {
      shown.append(plain(part)).append(';');
    }
    return shown.append(')').toString();
  }

  private static void types(FileModel model, PackageDescr parsed, List<Fault> faults) {
    List<String> theirs =
        parsed.getTypeDeclarations().stream().map(Agreement::shown).sorted().toList();
    List<String> ours = model.types().stream().map(Agreement::shown).sorted().toList();
    if (!theirs.equals(ours)) {
      faults.add(fault(start(model), "declared types", theirs, ours, null));
    }
  }

  private static String shown(TypeDeclarationDescr type) {
    return type.getTypeName()
        + type.getFields().values().stream()
            .map(f -> f.getFieldName() + ":" + f.getPattern().getObjectType())
            .toList();
  }

  private static String shown(DeclaredType type) {
    return type.name()
        + type.fields().stream().map(field -> field.name() + ":" + field.type()).toList();
  }

  /** A text without comments and spaces. */
  private static String plain(String text) {
    StringBuilder plain = new StringBuilder();
    for (Token token : Lexer.tokens("", text)) {
      if (!token.isComment()) {
        plain.append(token.text());
      }
    }
    return plain.toString();
  }
}
