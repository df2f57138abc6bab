package dev.rigwright.authoring;

import dev.rigwright.rulebook.FileModel;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.RuleModel.Constraint;
import dev.rigwright.rulebook.RuleModel.Pattern;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.Span;
import dev.rigwright.rulebook.Token;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A rule as text that can be taken apart and put together again, by the places of its parts. */
final class RuleText {

  /** The variable that a pattern without one is given. */
  static final String FACT = "$rigwrightFact";

  private final FileModel file;
  private final RuleModel rule;

  private RuleText(FileModel file, RuleModel rule) {
    this.file = file;
    this.rule = rule;
  }

  static RuleText of(Rulebook rulebook, String id) {
    return new RuleText(rulebook.file(rulebook.rule(id).file()).model(), rulebook.model(id));
  }

  RuleModel rule() {
    return rule;
  }

  /** A change of the rule's text. */
  record Edit(Span place, String with) {}

  /**
   * What stands between two commas of a pattern.
   *
   * @param constraint null where it only binds
   */
  record Part(Span span, Constraint constraint) {}

  /**
   * One element of a condition: a pattern, what stands under {@code not} or {@code exists}, an
   * accumulation, or several that {@code or} joins.
   */
  record Element(Span span, List<Pattern> patterns) {

    /** Its one pattern where it is nothing but that, negated or not; else null. */
    Pattern only() {
      if (patterns.size() != 1 || patterns.get(0).under().size() > 1) {
        return null;
      }
      Pattern pattern = patterns.get(0);
      boolean simple =
          pattern.under().isEmpty()
              || pattern.under().get(0) == RuleModel.Under.NOT
              || pattern.under().get(0) == RuleModel.Under.EXISTS;
      return simple ? pattern : null;
    }
  }

  String cut(Span span) {
    return span.cut(file.text());
  }

  /** The whole rule under another name, changed. */
  String changed(String name, List<Edit> edits) {
    List<Edit> all = new ArrayList<>(edits);
    all.add(new Edit(rule.nameSpan(), '"' + name + '"'));
    return edited(rule.span(), all);
  }

  /** A part of the file, changed. */
  String edited(Span whole, List<Edit> edits) {
    StringBuilder text = new StringBuilder();
    int at = whole.start();
    for (Edit edit :
        edits.stream().sorted(Comparator.comparingInt(e -> e.place().start())).toList()) {
      text.append(file.text(), at, edit.place().start()).append(edit.with());
      at = edit.place().end();
    }
    return text.append(file.text(), at, whole.end()).toString();
  }

  /** A rule that only asks whether a condition holds. */
  static String probe(String name, String condition) {
    return "rule \"" + name + "\"\nwhen\n" + condition + "\nthen\nend";
  }

  /** The condition's elements, in the order of the text. */
  List<Element> elements() {
    List<Element> elements = new ArrayList<>();
    if (rule.condition() == null) {
      return elements;
    }
    List<Token> tokens =
        file.tokens().stream()
            .filter(token -> !token.isComment() && rule.condition().holds(token.span()))
            .toList();
    int depth = 0;
    Span start = null;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (start == null && (token.is("and") || token.is("&&") || token.is(","))) {
        continue;
      }
      start = start == null ? token.span() : start;
      depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
      Token after = i + 1 < tokens.size() ? tokens.get(i + 1) : null;
      if (after == null || depth == 0 && ends(token, after)) {
        Span span = start.to(token.span());
        elements.add(
            new Element(
                span,
                rule.patterns().stream().filter(pattern -> span.holds(pattern.span())).toList()));
        start = null;
      }
    }
    return elements;
  }

  private boolean ends(Token token, Token after) {
    boolean within =
        rule.patterns().stream()
            .anyMatch(
                pattern ->
                    pattern.span().start() <= token.span().start()
                        && token.span().end() < pattern.span().end());
    boolean last =
        token.is(")")
            || rule.patterns().stream()
                .anyMatch(pattern -> pattern.span().end() == token.span().end());
    return !within && last && !after.is("or") && !after.is("||") && !after.is("from");
  }

  /** The text of the first elements. */
  String prefix(List<Element> elements, int count) {
    StringBuilder text = new StringBuilder();
    elements.subList(0, count).forEach(element -> text.append(cut(element.span())).append('\n'));
    return text.toString();
  }

  /** What stands in a pattern, in the order of the text. */
  static List<Part> parts(Pattern pattern) {
    List<Part> parts = new ArrayList<>();
    pattern.constraints().forEach(constraint -> parts.add(new Part(constraint.span(), constraint)));
    pattern.bindings().stream()
        .filter(
            binding ->
                pattern.constraints().stream().noneMatch(c -> c.span().holds(binding.span())))
        .forEach(binding -> parts.add(new Part(binding.span(), null)));
    parts.sort(Comparator.comparingInt(part -> part.span().start()));
    return parts;
  }

  /** A pattern by itself, with other parts. */
  String pattern(Pattern pattern, List<String> parts) {
    return file.text().substring(pattern.typeSpan().start(), pattern.body().start() + 1)
        + String.join(", ", parts)
        + ")"
        + file.text().substring(pattern.body().end(), pattern.span().end());
  }

  /** A pattern by itself with some of its parts, bound to its own variable or to {@link #FACT}. */
  String bound(Pattern pattern, List<Part> parts) {
    return variable(pattern)
        + " : "
        + pattern(pattern, parts.stream().map(part -> cut(part.span())).toList());
  }

  static String variable(Pattern pattern) {
    return pattern.variable() == null ? FACT : pattern.variable();
  }
}
