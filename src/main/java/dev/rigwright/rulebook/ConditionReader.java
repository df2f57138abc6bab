package dev.rigwright.rulebook;

import dev.rigwright.rulebook.FileModel.Fault;
import dev.rigwright.rulebook.RuleModel.Accumulate;
import dev.rigwright.rulebook.RuleModel.Binding;
import dev.rigwright.rulebook.RuleModel.Comparison;
import dev.rigwright.rulebook.RuleModel.Constraint;
import dev.rigwright.rulebook.RuleModel.Pattern;
import dev.rigwright.rulebook.RuleModel.SourceKind;
import dev.rigwright.rulebook.RuleModel.Under;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads what stands between when and then. */
final class ConditionReader {

  private int groups;
  private final String text;
  private final List<Token> tokens;
  private final String rule;
  private final List<Fault> faults;
  private final List<Pattern> patterns = new ArrayList<>();
  private final List<Accumulate> accumulates = new ArrayList<>();
  private final List<Span> evals = new ArrayList<>();
  private int at;

  ConditionReader(String text, List<Token> tokens, String rule, List<Fault> faults) {
    this.text = text;
    this.tokens = tokens;
    this.rule = rule;
    this.faults = faults;
  }

  List<Pattern> patterns() {
    return patterns;
  }

  List<Accumulate> accumulates() {
    return accumulates;
  }

  List<Span> evals() {
    return evals;
  }

  void read() {
    elements(tokens.size(), List.of(), -1);
  }

  private Token peek(int ahead) {
    return at + ahead < tokens.size() ? tokens.get(at + ahead) : null;
  }

  private boolean next(String wanted) {
    return peek(0) != null && peek(0).is(wanted);
  }

  private void elements(int end, List<Under> under, int group) {
    List<Under> here = joins(end) ? with(under, Under.OR) : under;
    while (at < end) {
      int before = at;
      element(end, here, group);
      if (at == before) {
        at++;
      }
    }
  }

  /** Whether an or joins elements on this level. */
  private boolean joins(int end) {
    int depth = 0;
    for (int i = at; i < end; i++) {
      Token token = tokens.get(i);
      if (token.is("(") || token.is("[") || token.is("{")) {
        depth++;
      } else if (token.is(")") || token.is("]") || token.is("}")) {
        depth--;
      } else if (depth == 0 && (token.is("or") || token.is("||"))) {
        return true;
      }
    }
    return false;
  }

  private static List<Under> with(List<Under> under, Under more) {
    List<Under> all = new ArrayList<>(under);
    all.add(more);
    return all;
  }

  private void element(int end, List<Under> under, int group) {
    if (next("not")) {
      quantified(end, with(under, Under.NOT));
    } else if (next("exists")) {
      quantified(end, with(under, Under.EXISTS));
    } else if (next("forall")) {
      quantified(end, with(under, Under.FORALL));
    } else if (next("eval") && peek(1) != null && peek(1).is("(")) {
      Span start = tokens.get(at).span();
      at++;
      at = behind(at, end);
      evals.add(start.to(tokens.get(at - 1).span()));
    } else if ((next("accumulate") || next("acc") || next("groupby"))
        && peek(1) != null
        && peek(1).is("(")) {
      accumulate(under);
    } else if (next("(")) {
      int close = behind(at, end) - 1;
      at++;
      elements(Math.max(at, close), under, group);
      at = close + 1;
    } else if (patternStarts()) {
      pattern(end, under, group);
    }
  }

  private void quantified(int end, List<Under> under) {
    int group = groups++;
    at++;
    if (at < end) {
      element(end, under, group);
    }
  }

  private boolean patternStarts() {
    int i = 0;
    if (peek(0) == null || !peek(0).isWord() || peek(0).is("or") || peek(0).is("and")) {
      return false;
    }
    if (peek(1) != null && peek(1).is(":")) {
      i = 2;
    }
    if (peek(i) == null || !peek(i).isWord()) {
      return false;
    }
    i++;
    while (peek(i) != null && peek(i).is(".") && peek(i + 1) != null && peek(i + 1).isWord()) {
      i += 2;
    }
    return peek(i) != null && peek(i).is("(");
  }

  /** The index behind the bracket that closes the one at an index; the end where none does. */
  private int behind(int open, int end) {
    int depth = 0;
    for (int i = open; i < end; i++) {
      Token token = tokens.get(i);
      if (token.is("(") || token.is("[") || token.is("{")) {
        depth++;
      } else if (token.is(")") || token.is("]") || token.is("}")) {
        depth--;
        if (depth == 0) {
          return i + 1;
        }
      }
    }
    faults.add(
        new Fault(
            "unclosed-bracket",
            tokens.get(open).span(),
            "The bracket is not closed. Maybe a ) is missing.",
            rule));
    return end;
  }

  private void pattern(int end, List<Under> under, int group) {
    Token start = tokens.get(at);
    Token variable = null;
    if (peek(1) != null && peek(1).is(":")) {
      variable = start;
      at += 2;
    }
    int from = at;
    while (!next("(")) {
      at++;
    }
    Span typeSpan = tokens.get(from).span().to(tokens.get(at - 1).span());
    StringBuilder type = new StringBuilder();
    tokens.subList(from, at).forEach(token -> type.append(token.text()));
    int open = at;
    at = behind(at, end);
    boolean closed = tokens.get(at - 1).is(")") && at - 1 > open;
    List<Constraint> constraints = new ArrayList<>();
    List<Binding> bindings = new ArrayList<>();
    for (List<Token> part : split(open + 1, closed ? at - 1 : at, ",")) {
      constraint(part, constraints, bindings);
    }
    Span body = tokens.get(open).span().to(tokens.get(at - 1).span());
    int index = patterns.size();
    SourceKind kind = SourceKind.MEMORY;
    Expr source = null;
    if (next("over")) {
      at += 3;
      if (next("(")) {
        at = behind(at, end);
      }
    }
    if (next("from")) {
      at++;
      if (next("accumulate") || next("acc")) {
        kind = SourceKind.ACCUMULATE;
        accumulate(under);
      } else if (next("collect")) {
        kind = SourceKind.COLLECT;
        at++;
        int close = behind(at, end);
        at++;
        elements(close - 1, with(under, Under.COLLECT), groups++);
        at = close;
      } else if (next("entry")) {
        kind = SourceKind.ENTRY_POINT;
        at = Math.min(end, at + 4);
      } else {
        kind = SourceKind.FROM;
        source = source(end);
      }
    }
    patterns.add(
        index,
        new Pattern(
            type.toString(),
            typeSpan,
            variable == null ? null : variable.text(),
            variable == null ? null : variable.span(),
            start.span().to(tokens.get(at - 1).span()),
            under,
            group,
            kind,
            source,
            constraints,
            bindings,
            body));
  }

  /** The expression behind from: names, points, calls and literals, as long as they go on. */
  private Expr source(int end) {
    int from = at;
    boolean more = true;
    while (more && at < end) {
      if (next("(") || next("[")) {
        at = behind(at, end);
      } else {
        at++;
      }
      more =
          next(".") || next("(") && joined() || next("[") || at > 0 && tokens.get(at - 1).is(".");
      more &= at < end;
    }
    return ExprReader.read(text, tokens.subList(from, at));
  }

  private boolean joined() {
    return tokens.get(at - 1).span().end() == tokens.get(at).span().start()
        || tokens.get(at - 1).isWord()
            && tokens.get(at - 1).span().line() == tokens.get(at).span().line();
  }

  private List<List<Token>> split(int from, int to, String sign) {
    List<List<Token>> parts = new ArrayList<>();
    int depth = 0;
    int start = from;
    for (int i = from; i < to; i++) {
      Token token = tokens.get(i);
      if (token.is("(") || token.is("[") || token.is("{")) {
        depth++;
      } else if (token.is(")") || token.is("]") || token.is("}")) {
        depth--;
      } else if (depth == 0 && token.is(sign)) {
        parts.add(tokens.subList(start, i));
        start = i + 1;
      }
    }
    parts.add(tokens.subList(start, Math.max(start, to)));
    return parts.stream().filter(part -> !part.isEmpty()).toList();
  }

  private void constraint(List<Token> part, List<Constraint> constraints, List<Binding> bindings) {
    Expr expression = ExprReader.read(text, part);
    for (Expr inner : expression.all()) {
      if (inner instanceof Expr.Bind bind) {
        bindings.add(new Binding(bind.variable(), bind.name(), bind.value(), bind.span()));
      }
    }
    if (expression instanceof Expr.Bind) {
      return;
    }
    Span span = part.get(0).span().to(part.get(part.size() - 1).span());
    Set<String> variables = new LinkedHashSet<>();
    Set<String> fields = new LinkedHashSet<>();
    for (Expr inner : expression.all()) {
      if (inner instanceof Expr.Path path) {
        if (path.variable()) {
          variables.add(path.first());
        } else if (!Character.isUpperCase(path.name().charAt(0)) && !path.first().equals("this")) {
          fields.add(path.name());
        } else if (path.name().startsWith("this.")) {
          fields.add(path.name().substring("this.".length()));
        }
      }
    }
    constraints.add(
        new Constraint(
            span, span.cut(text), expression, variables, fields, comparison(expression)));
  }

  private static Comparison comparison(Expr expression) {
    if (!(expression instanceof Expr.Binary binary) || !binary.relation()) {
      return null;
    }
    Expr left = binary.left() instanceof Expr.Bind bind ? bind.value() : binary.left();
    if (!(left instanceof Expr.Path field) || field.variable()) {
      return null;
    }
    return new Comparison(
        field.name(),
        field.span(),
        binary.operator(),
        binary.sign(),
        binary.right(),
        binary.right() instanceof Expr.Literal literal ? literal : null);
  }

  private void accumulate(List<Under> under) {
    Span start = tokens.get(at).span();
    at++;
    int close = behind(at, tokens.size());
    int last = close > 0 && tokens.get(close - 1).is(")") ? close - 1 : close;
    List<List<Token>> parts = split(at + 1, last, ";");
    at++;
    int head = parts.isEmpty() ? at : at + parts.get(0).size();
    List<Binding> results = new ArrayList<>();
    List<Expr> constraints = new ArrayList<>();
    // "accumulate( pattern, function )" without a semicolon ends at the comma.
    if (parts.size() == 1) {
      List<List<Token>> old = split(at, last, ",");
      head = old.isEmpty() ? at : at + old.get(0).size();
      for (int i = 1; i < old.size(); i++) {
        result(old.get(i), results);
      }
    } else if (parts.size() > 1) {
      int from = head + 1;
      for (List<Token> function : split(from, from + parts.get(1).size(), ",")) {
        result(function, results);
      }
      if (parts.size() > 2) {
        int next = from + parts.get(1).size() + 1;
        split(next, next + parts.get(2).size(), ",")
            .forEach(part -> constraints.add(ExprReader.read(text, part)));
      }
    }
    elements(head, with(under, Under.ACCUMULATE), groups++);
    at = close;
    accumulates.add(new Accumulate(start.to(tokens.get(at - 1).span()), results, constraints));
  }

  private void result(List<Token> part, List<Binding> results) {
    Expr expression = ExprReader.read(text, part);
    if (expression instanceof Expr.Bind bind) {
      results.add(new Binding(bind.variable(), bind.name(), bind.value(), bind.span()));
    } else {
      results.add(new Binding(null, null, expression, expression.span()));
    }
  }
}
