package dev.rigwright.rulebook;

import dev.rigwright.rulebook.FileModel.DeclaredType;
import dev.rigwright.rulebook.FileModel.Fault;
import dev.rigwright.rulebook.FileModel.Field;
import dev.rigwright.rulebook.FileModel.Import;
import dev.rigwright.rulebook.FileModel.Other;
import dev.rigwright.rulebook.RuleModel.Annotation;
import dev.rigwright.rulebook.RuleModel.Attribute;
import dev.rigwright.rulebook.RuleModel.Comment;
import dev.rigwright.rulebook.RuleModel.Consequence;
import dev.rigwright.rulebook.RuleModel.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads a rule file into its model. It never fails: what is broken becomes a {@link Fault}, and the
 * rules around it are read all the same. {@link Agreement} holds the model against what Drools' own
 * parser makes of the file.
 */
public final class ModelReader {

  private static final Set<String> ATTRIBUTES =
      Set.of(
          "salience",
          "enabled",
          "no",
          "lock",
          "agenda",
          "auto",
          "activation",
          "ruleflow",
          "duration",
          "timer",
          "date",
          "calendars",
          "dialect",
          "refract",
          "direct");

  private final String path;
  private final String text;
  private final List<Token> all;
  private final List<Token> tokens;
  private final List<Fault> faults = new ArrayList<>();
  private final List<Import> imports = new ArrayList<>();
  private final List<DeclaredType> types = new ArrayList<>();
  private final List<RuleModel> rules = new ArrayList<>();
  private final List<Other> others = new ArrayList<>();
  private String packageName;
  private Span packageSpan;
  private Span packageStatement;
  private Comment header;
  private int at;

  private ModelReader(String path, String text) {
    this.path = path;
    this.text = text;
    this.all = Lexer.tokens(path, text);
    this.tokens = all.stream().filter(token -> !token.isComment()).toList();
  }

  /**
   * Reads a file.
   *
   * @param path relative to the rules' folder
   */
  public static FileModel read(String path, String text) {
    return new ModelReader(path, text).file();
  }

  private FileModel file() {
    while (at < tokens.size()) {
      item();
    }
    for (Token token : all) {
      if (token.kind() == Token.Kind.OPEN_STRING) {
        // The bracket that the string stands in is closed within it.
        String rule = ruleAt(token.span());
        faults.removeIf(
            fault ->
                fault.code().equals("unclosed-bracket")
                    && rule != null
                    && rule.equals(fault.rule())
                    && fault.span().start() < token.span().start());
        faults.add(
            new Fault(
                "unclosed-string",
                token.span(),
                "The string is not closed on its line. Maybe a quote is missing.",
                rule));
      } else if (token.kind() == Token.Kind.OPEN_COMMENT) {
        faults.add(
            new Fault(
                "unclosed-comment",
                token.span(),
                "The comment is not closed. Maybe a */ is missing.",
                ruleAt(token.span())));
      }
    }
    return new FileModel(
        path,
        text,
        all,
        packageName,
        packageSpan,
        packageStatement,
        header,
        imports,
        types,
        rules,
        others,
        faults);
  }

  private String ruleAt(Span place) {
    return rules.stream()
        .filter(rule -> rule.span().holds(place))
        .map(RuleModel::name)
        .findFirst()
        .orElse(null);
  }

  private Token peek() {
    return peek(0);
  }

  private Token peek(int ahead) {
    return at + ahead < tokens.size() ? tokens.get(at + ahead) : null;
  }

  private boolean next(String wanted) {
    return peek() != null && peek().is(wanted);
  }

  private void item() {
    Token token = peek();
    if (token.is(";")) {
      at++;
    } else if (token.is("package")) {
      header = above(token);
      at++;
      Token first = peek();
      packageName = qualified();
      packageSpan = first == null ? token.span() : first.span().to(previous());
      if (next(";")) {
        at++;
      }
      packageStatement = token.span().to(previous());
    } else if (token.is("import")) {
      imported();
    } else if (token.is("declare")) {
      declared();
    } else if (ruleStarts(at)) {
      rule();
    } else {
      other();
    }
  }

  private Span previous() {
    return tokens.get(Math.max(0, at - 1)).span();
  }

  private String qualified() {
    StringBuilder name = new StringBuilder();
    while (peek() != null && (peek().isWord() || next(".") || next("*"))) {
      Token before = at == 0 ? null : tokens.get(at - 1);
      boolean joined = next(".") || next("*") || before != null && before.is(".");
      if (!name.isEmpty() && !joined) {
        break;
      }
      name.append(peek().text());
      at++;
    }
    return name.toString();
  }

  private void imported() {
    Token start = peek();
    at++;
    boolean function = next("function") || next("static");
    if (function || next("accumulate") || next("acc")) {
      at++;
    }
    Token first = peek();
    String target = qualified();
    Span place = target.isEmpty() ? start.span() : first.span().to(previous());
    if (peek() != null && peek().isWord() && previous().line() == peek().span().line()) {
      at++; // the name that an imported accumulate function is given
    }
    if (next(";")) {
      at++;
    }
    imports.add(new Import(target, function, start.span().to(previous()), place));
  }

  private Comment above(Token token) {
    int index = all.indexOf(token);
    int first = index;
    int line = token.span().line();
    while (first > 0
        && all.get(first - 1).isComment()
        && line - all.get(first - 1).span().lastLine() <= 1
        && alone(first - 1)) {
      first--;
      line = all.get(first).span().line();
    }
    if (first == index) {
      return null;
    }
    Span span = all.get(first).span().to(all.get(index - 1).span());
    return new Comment(span, span.cut(text));
  }

  /** Whether a comment begins its line, and so belongs to what follows it. */
  private boolean alone(int index) {
    return index == 0 || all.get(index - 1).span().lastLine() < all.get(index).span().line();
  }

  private void declared() {
    Token start = peek();
    at++;
    if (next("enum") || next("trait") || next("type")) {
      at++;
    }
    Token name = peek();
    if (name == null || !name.isWord()) {
      other();
      return;
    }
    String typeName = qualified();
    List<Annotation> annotations = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    boolean closed = false;
    while (at < tokens.size() && !closed && !startsItem()) {
      if (next("end")) {
        closed = true;
        at++;
      } else if (next("@")) {
        annotations.add(annotation());
      } else if (peek().isWord() && peek(1) != null && peek(1).is(":")) {
        fields.add(field());
      } else {
        at++;
      }
    }
    Span span = start.span().to(previous());
    types.add(new DeclaredType(typeName, name.span(), span, above(start), annotations, fields));
    if (!closed) {
      faults.add(
          new Fault(
              "missing-end",
              previous(),
              "The declaration of (%s) has no end. Maybe the line (end) is missing after this."
                  .formatted(typeName),
              null));
    }
  }

  private boolean startsItem() {
    return ruleStarts(at)
        || next("declare") && peek(1) != null && peek(1).isWord() && begins(at)
        || next("import") && begins(at) && peek(1) != null && peek(1).isWord();
  }

  /** Whether a token is the first of its line. */
  private boolean begins(int index) {
    return index == 0 || tokens.get(index - 1).span().lastLine() < tokens.get(index).span().line();
  }

  /** Whether a rule begins here: the word at the start of a line, then a name and no bracket. */
  private boolean ruleStarts(int index) {
    if (index + 1 >= tokens.size() || !tokens.get(index).is("rule")) {
      return false;
    }
    Token name = tokens.get(index + 1);
    boolean named = name.isString() || name.isWord() || name.is("@");
    return named && (begins(index) || index > 0 && tokens.get(index - 1).is("end"));
  }

  private Field field() {
    Token name = peek();
    at += 2;
    Token first = peek();
    int from = at;
    qualified();
    while (next("[") || next("]") || next("<")) {
      if (next("<")) {
        skip("<", ">");
      } else {
        at++;
      }
    }
    Span type = at == from ? name.span() : first.span().to(previous());
    if (next("=")) {
      while (peek() != null
          && !next("@")
          && !next("end")
          && peek().span().line() == name.span().line()) {
        at++;
      }
    }
    List<Annotation> annotations = new ArrayList<>();
    while (next("@")) {
      annotations.add(annotation());
    }
    return new Field(
        name.text(),
        name.span(),
        at == from ? "" : type.cut(text),
        type,
        name.span().to(previous()),
        annotations);
  }

  private void other() {
    Token start = peek();
    at++;
    String name = null;
    while (at < tokens.size() && !startsItem() && !next("package")) {
      if (name == null && peek().isWord()) {
        name = peek().text();
      }
      boolean ends = next("end") && start.is("query") || next(";") && !start.is("function");
      if (next("{")) {
        skip("{", "}");
        ends = true;
      } else {
        at++;
      }
      if (ends) {
        break;
      }
    }
    others.add(new Other(start.text(), name, start.span().to(previous())));
  }

  /** Moves behind the bracket that closes the one that is next; not past the start of an item. */
  private void skip(String open, String close) {
    int depth = 0;
    int from = at;
    while (at < tokens.size() && (at == from || !ruleStarts(at))) {
      if (next(open)) {
        depth++;
      } else if (next(close)) {
        depth--;
      }
      at++;
      if (depth == 0) {
        return;
      }
    }
  }

  private Annotation annotation() {
    Token sign = peek();
    at++;
    Token name = peek();
    if (name == null || !name.isWord()) {
      return new Annotation("", sign.span(), "", sign.span(), List.of());
    }
    String full = qualified();
    Span nameSpan = name.span().to(previous());
    if (!next("(")) {
      return new Annotation(full, nameSpan, "", sign.span().to(previous()), List.of());
    }
    int open = at;
    skipAnnotation();
    int last = at - 1;
    boolean closed = last > open && tokens.get(last).is(")");
    List<Token> inner = tokens.subList(open + 1, closed ? last : at);
    String source =
        text.substring(
                tokens.get(open).span().end(),
                closed ? tokens.get(last).span().start() : previous().end())
            .strip();
    if (!closed) {
      faults.add(
          new Fault(
              "unclosed-bracket",
              tokens.get(open).span(),
              "The bracket of @%s is not closed. Maybe a ) is missing.".formatted(full),
              null));
    }
    return new Annotation(full, nameSpan, source, sign.span().to(previous()), values(inner));
  }

  /** Like skip, but an annotation ends at the latest where the next one or the condition begins. */
  private void skipAnnotation() {
    int depth = 0;
    do {
      if (next("(")) {
        depth++;
      } else if (next(")")) {
        depth--;
      }
      at++;
    } while (depth > 0
        && at < tokens.size()
        && !(begins(at) && (next("@") || next("when") || next("then") || ruleStarts(at))));
  }

  private List<Value> values(List<Token> inner) {
    List<Value> values = new ArrayList<>();
    List<Token> open = new ArrayList<>();
    for (Token token : inner) {
      boolean joint = token.is("{") || token.is("}") || token.is(",");
      if (!joint) {
        open.add(token);
      } else if (!open.isEmpty()) {
        values.add(value(open));
        open.clear();
      }
    }
    if (!open.isEmpty()) {
      values.add(value(open));
    }
    return values;
  }

  private Value value(List<Token> parts) {
    Token first = parts.get(0);
    Span span = first.span().to(parts.get(parts.size() - 1).span());
    boolean quoted = parts.size() == 1 && first.isString();
    return new Value(quoted ? first.unquoted() : span.cut(text), quoted, span);
  }

  private void rule() {
    Token start = peek();
    at++;
    int faultsBefore = faults.size();
    Token name = peek();
    boolean nameless = name.is("@") || name.is("when");
    if (nameless) {
      name = start;
    } else {
      at++;
    }
    while (!nameless
        && !name.isString()
        && (next("-") || next("/") || tokens.get(at - 1).is("/") || tokens.get(at - 1).is("-"))) {
      at++;
    }
    Span nameSpan = name.span().to(previous());
    String ruleName = nameless ? "" : name.isString() ? name.unquoted() : nameSpan.cut(text);
    if (nameless) {
      faults.add(
          new Fault(
              "syntax",
              start.span(),
              "The rule has no name. Maybe its topic and problem belong behind (rule).",
              ruleName));
    }
    List<Annotation> annotations = new ArrayList<>();
    List<Attribute> attributes = new ArrayList<>();
    Token stray = null;
    while (at < tokens.size() && !next("when") && !next("then") && !ends()) {
      if (next("@")) {
        annotations.add(annotation());
      } else if (peek().isWord() && (ATTRIBUTES.contains(peek().text()) || next("extends"))) {
        attributes.add(attribute());
      } else {
        stray = stray == null ? peek() : stray;
        at++;
      }
    }
    if (stray != null) {
      faults.add(
          new Fault(
              next("when") ? "syntax" : "missing-when",
              stray.span(),
              next("when")
                  ? "Before the condition stand annotations alone. Maybe a quote, bracket or @ is missing here."
                  : "The rule (%s) has no when. Maybe the line (when) is missing before this."
                      .formatted(ruleName),
              ruleName));
    }
    ConditionReader condition = null;
    Span conditionSpan = null;
    if (next("when")) {
      at++;
      int from = at;
      while (at < tokens.size() && !thenStarts() && !ends()) {
        at++;
      }
      if (at > from) {
        conditionSpan = tokens.get(from).span().to(previous());
      }
      condition = new ConditionReader(text, tokens.subList(from, at), ruleName, faults);
      condition.read();
    }
    Consequence consequence = next("then") ? consequence() : null;
    if (consequence == null) {
      faults.add(
          new Fault(
              "missing-then",
              previous(),
              "The rule (%s) has no then. Maybe the line (then) is missing after this."
                  .formatted(ruleName),
              ruleName));
    }
    boolean closed = next("end");
    if (closed) {
      at++;
    } else {
      faults.add(
          new Fault(
              "missing-end",
              previous(),
              "The rule (%s) has no end. Maybe the line (end) is missing after this."
                  .formatted(ruleName),
              ruleName));
    }
    Span span = start.span().to(previous());
    for (int i = faultsBefore; i < faults.size(); i++) {
      Fault fault = faults.get(i);
      faults.set(i, new Fault(fault.code(), fault.span(), fault.message(), ruleName));
    }
    rules.add(
        new RuleModel(
            ruleName,
            nameSpan,
            span,
            above(start),
            annotations,
            attributes,
            conditionSpan,
            condition == null ? List.of() : condition.patterns(),
            condition == null ? List.of() : condition.accumulates(),
            condition == null ? List.of() : condition.evals(),
            consequence));
  }

  private boolean ends() {
    return next("end") && wholeWord() || startsItem();
  }

  private boolean thenStarts() {
    return next("then") && wholeWord();
  }

  /** Whether a keyword is meant, and no property or method of that name. */
  private boolean wholeWord() {
    boolean part = at > 0 && (tokens.get(at - 1).is(".") || tokens.get(at - 1).is("!."));
    Token after = peek(1);
    boolean used =
        after != null
            && (after.is("(") && !begins(at) || after.is(".") || after.is("=") || after.is(":"));
    return !part && !used;
  }

  private Attribute attribute() {
    Token first = peek();
    at++;
    while (next("-") && peek(1) != null && peek(1).isWord()) {
      at += 2;
    }
    Span name = first.span().to(previous());
    int from = at;
    while (at < tokens.size()
        && !next("@")
        && !next("when")
        && !next("then")
        && !ends()
        && !(peek().isWord() && (ATTRIBUTES.contains(peek().text()) || next("extends")))) {
      at++;
    }
    String value = at == from ? "" : tokens.get(from).span().to(previous()).cut(text);
    return new Attribute(name.cut(text), value, first.span().to(previous()));
  }

  private Consequence consequence() {
    Token then = peek();
    at++;
    int from = at;
    while (at < tokens.size() && !ends()) {
      at++;
    }
    List<Token> body = tokens.subList(from, at);
    if (body.isEmpty()) {
      return new Consequence(then.span(), "", List.of(), null);
    }
    Span span = body.get(0).span().to(previous());
    List<Expr> statements = new ArrayList<>();
    List<Token> open = new ArrayList<>();
    int depth = 0;
    for (Token token : body) {
      depth += token.is("{") || token.is("(") ? 1 : token.is("}") || token.is(")") ? -1 : 0;
      if (token.is(";") && depth == 0) {
        if (!open.isEmpty()) {
          statements.add(ExprReader.read(text, open));
        }
        open = new ArrayList<>();
      } else {
        open.add(token);
      }
    }
    boolean complete = open.isEmpty();
    if (!complete) {
      statements.add(ExprReader.read(text, open));
    }
    Expr inserted = null;
    if (complete
        && body.stream().filter(token -> token.is(";")).count() == 1
        && statements.size() == 1
        && statements.get(0) instanceof Expr.Call call
        && call.target() == null
        && call.name().equals("insertLogical")
        && call.arguments().size() == 1) {
      inserted = call.arguments().get(0);
    }
    return new Consequence(span, span.cut(text), statements, inserted);
  }
}
