package dev.rigwright.rulebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads an expression from tokens without comments; what it does not understand is Other. */
final class ExprReader {

  static final Set<String> RELATIONS =
      Set.of(
          "==",
          "!=",
          "<",
          "<=",
          ">",
          ">=",
          "memberOf",
          "contains",
          "excludes",
          "matches",
          "in",
          "soundslike",
          "str",
          "instanceof");
  private static final Set<String> WORDS =
      Set.of(
          "memberOf", "contains", "excludes", "matches", "in", "soundslike", "str", "instanceof");
  private static final List<Set<String>> LEVELS =
      List.of(
          Set.of("||"),
          Set.of("&&"),
          Set.of("|"),
          Set.of("^"),
          Set.of("&"),
          RELATIONS,
          Set.of("<<", ">>"),
          Set.of("+", "-"),
          Set.of("*", "/", "%"));
  private static final int RELATION = 5;
  private static final Set<String> PRIMITIVES =
      Set.of("int", "long", "double", "float", "short", "byte", "char", "boolean");

  private final List<Token> tokens;
  private int at;
  private Expr lastLeft;

  private ExprReader(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** The expression that the tokens make up; null for none. */
  static Expr read(String text, List<Token> tokens) {
    if (tokens.isEmpty()) {
      return null;
    }
    Span whole = tokens.get(0).span().to(tokens.get(tokens.size() - 1).span());
    ExprReader reader = new ExprReader(tokens);
    try {
      Expr read = reader.bound();
      return reader.at == tokens.size()
          ? read
          : new Expr.Other(whole, whole.cut(text), tokens.get(reader.at).span());
    } catch (IllegalStateException notUnderstood) {
      return new Expr.Other(whole, whole.cut(text), tokens.get(Math.max(0, reader.at - 1)).span());
    }
  }

  private Token peek() {
    return at < tokens.size() ? tokens.get(at) : null;
  }

  private Token peek(int ahead) {
    return at + ahead < tokens.size() ? tokens.get(at + ahead) : null;
  }

  private boolean next(String wanted) {
    return peek() != null && peek().is(wanted);
  }

  private Token take() {
    if (at >= tokens.size()) {
      throw new IllegalStateException("the expression ends early");
    }
    return tokens.get(at++);
  }

  private Token take(String wanted) {
    Token token = take();
    if (!token.is(wanted)) {
      throw new IllegalStateException("expected " + wanted);
    }
    return token;
  }

  private Expr bound() {
    Token name = peek();
    if (name != null && name.isWord() && peek(1) != null && peek(1).is(":")) {
      at += 2;
      Expr value = bound();
      // "$x : a > 3" binds a and compares it.
      if (value instanceof Expr.Binary binary
          && !bracketed(binary)
          && (binary.relation()
              || binary.operator().equals("&&")
              || binary.operator().equals("||"))) {
        return bindLeft(name, binary);
      }
      return new Expr.Bind(name.span().to(last()), name.text(), name.span(), value);
    }
    return choice();
  }

  private boolean bracketed(Expr expr) {
    return tokens.get(at - 1).span().end() > expr.span().end();
  }

  private static Expr bindLeft(Token name, Expr.Binary binary) {
    Expr left = binary.left();
    Expr bound =
        left instanceof Expr.Binary inner
                && (inner.relation()
                    || inner.operator().equals("&&")
                    || inner.operator().equals("||"))
            ? bindLeft(name, inner)
            : new Expr.Bind(name.span().to(left.span()), name.text(), name.span(), left);
    return new Expr.Binary(
        name.span().to(binary.span()), binary.operator(), binary.sign(), bound, binary.right());
  }

  private Span last() {
    return tokens.get(at - 1).span();
  }

  private Expr choice() {
    int start = at;
    Expr condition = level(0);
    if (!next("?")) {
      return condition;
    }
    take();
    Expr yes = choice();
    take(":");
    Expr no = choice();
    return new Expr.Choice(tokens.get(start).span().to(last()), condition, yes, no);
  }

  private Expr level(int level) {
    if (level == LEVELS.size()) {
      return unary();
    }
    int start = at;
    Expr left = shortened(level) ? lastLeft : operand(level + 1);
    while (peek() != null) {
      int before = at;
      String operator = operator(level);
      if (operator == null) {
        at = before;
        return left;
      }
      Span sign = tokens.get(before).span().to(last());
      if (level == RELATION) {
        lastLeft = left instanceof Expr.Bind bind ? bind.value() : left;
      }
      Expr right =
          operator.endsWith("in") && level == RELATION && next("(") ? items() : operand(level + 1);
      left = new Expr.Binary(tokens.get(start).span().to(last()), operator, sign, left, right);
    }
    return left;
  }

  private Expr operand(int level) {
    Token name = peek();
    if (name != null
        && level > 0
        && name.isWord()
        && name.text().startsWith("$")
        && peek(1) != null
        && peek(1).is(":")
        && level <= 2) {
      return bound();
    }
    return level(level);
  }

  /** Whether an operator stands where an operand should, as in {@code x > 3 && < 5}. */
  private boolean shortened(int level) {
    return level == RELATION
        && lastLeft != null
        && peek() != null
        && peek().kind() == Token.Kind.SIGN
        && RELATIONS.contains(peek().text());
  }

  private String operator(int level) {
    Token token = take();
    Set<String> signs = LEVELS.get(level);
    if (level == RELATION) {
      if (token.is("not") && peek() != null && WORDS.contains(peek().text())) {
        return "not " + take().text();
      }
      if (token.is("str") && next("[")) {
        StringBuilder whole = new StringBuilder("str");
        while (!next("]")) {
          whole.append(take().text());
        }
        return whole.append(take().text()).toString();
      }
    }
    boolean known =
        signs.contains(token.text()) && (token.isWord() || token.kind() == Token.Kind.SIGN);
    if (known && token.kind() == Token.Kind.SIGN && level == RELATION && doubled(token)) {
      return null;
    }
    if (level == RELATION + 1 && (token.is("<") || token.is(">")) && doubled(token)) {
      return token.text() + take().text();
    }
    return known ? token.text() : null;
  }

  private boolean doubled(Token token) {
    Token second = peek();
    return (token.is("<") || token.is(">"))
        && second != null
        && second.is(token.text())
        && second.span().start() == token.span().end();
  }

  private Expr items() {
    Token open = take("(");
    List<Expr> elements = list(")");
    return new Expr.Items(open.span().to(last()), elements);
  }

  private List<Expr> list(String close) {
    List<Expr> elements = new ArrayList<>();
    if (!next(close)) {
      elements.add(bound());
      while (next(",")) {
        take();
        elements.add(bound());
      }
    }
    take(close);
    return elements;
  }

  private Expr unary() {
    Token token = peek();
    if (token == null) {
      throw new IllegalStateException("an operand is missing");
    }
    if (token.is("-") || token.is("+") || token.is("!") || token.is("~")) {
      take();
      Expr operand = unary();
      if (token.is("-")
          && operand instanceof Expr.Literal number
          && number.kind() == Expr.Kind.NUMBER) {
        return new Expr.Literal(token.span().to(last()), Expr.Kind.NUMBER, "-" + number.text());
      }
      return new Expr.Unary(token.span().to(last()), token.text(), operand);
    }
    if (token.is("(") && cast()) {
      take();
      StringBuilder type = new StringBuilder();
      while (!next(")")) {
        type.append(take().text());
      }
      take();
      Expr operand = unary();
      return new Expr.Cast(token.span().to(last()), type.toString(), operand);
    }
    return postfix(primary());
  }

  /** Whether a bracket holds nothing but a type, and something follows that a cast can apply to. */
  private boolean cast() {
    int i = 1;
    if (peek(i) == null || !peek(i).isWord() || peek(i).text().startsWith("$")) {
      return false;
    }
    boolean primitive = PRIMITIVES.contains(peek(i).text());
    boolean type = Character.isUpperCase(peek(i).text().charAt(0));
    i++;
    while (peek(i) != null && peek(i).is(".") && peek(i + 1) != null && peek(i + 1).isWord()) {
      type = Character.isUpperCase(peek(i + 1).text().charAt(0));
      i += 2;
    }
    if (peek(i) == null || !peek(i).is(")")) {
      return false;
    }
    Token after = peek(i + 1);
    boolean operand =
        after != null
            && (after.is("(")
                || after.is("new")
                || after.kind() == Token.Kind.NUMBER
                || after.isString()
                || after.isWord() && !WORDS.contains(after.text()) && !after.is("not"));
    return operand && (primitive || type) || primitive && after != null && after.is("-");
  }

  private Expr primary() {
    Token token = take();
    switch (token.kind()) {
      case NUMBER:
        return new Expr.Literal(token.span(), Expr.Kind.NUMBER, token.text());
      case STRING, OPEN_STRING:
        return new Expr.Literal(token.span(), Expr.Kind.STRING, token.unquoted());
      case WORD:
        return word(token);
      default:
        break;
    }
    if (token.is("(")) {
      Expr inner = bound();
      if (next(",")) {
        List<Expr> elements = new ArrayList<>(List.of(inner));
        while (next(",")) {
          take();
          elements.add(bound());
        }
        take(")");
        return new Expr.Items(token.span().to(last()), elements);
      }
      take(")");
      return inner;
    }
    if (token.is("[")) {
      List<Expr> elements = list("]");
      return new Expr.Items(token.span().to(last()), elements);
    }
    throw new IllegalStateException("no operand: " + token.text());
  }

  private Expr word(Token token) {
    if (token.is("true") || token.is("false")) {
      return new Expr.Literal(token.span(), Expr.Kind.BOOLEAN, token.text());
    }
    if (token.is("null")) {
      return new Expr.Literal(token.span(), Expr.Kind.NULL, token.text());
    }
    if (token.is("new")) {
      StringBuilder type = new StringBuilder(take().text());
      while (next(".")) {
        type.append(take().text()).append(take().text());
      }
      if (next("<")) {
        while (!next(">")) {
          take();
        }
        take();
      }
      take("(");
      List<Expr> arguments = list(")");
      return new Expr.New(token.span().to(last()), type.toString(), arguments);
    }
    if (next("(")) {
      take();
      List<Expr> arguments = list(")");
      return new Expr.Call(token.span().to(last()), null, token.text(), arguments);
    }
    return new Expr.Path(token.span(), token.text());
  }

  private Expr postfix(Expr base) {
    Expr expr = base;
    // The bracket of "( a ).b" is part of what follows it.
    Span start = expr.span();
    while (peek() != null) {
      if ((next(".") || next("!.") || next("#")) && peek(1) != null && peek(1).isWord()) {
        String joint = take().text();
        Token name = take();
        if (next("(")) {
          take();
          List<Expr> arguments = list(")");
          expr = new Expr.Call(start.to(last()), expr, name.text(), arguments);
        } else if (expr instanceof Expr.Path path) {
          expr = new Expr.Path(start.to(last()), path.name() + joint + name.text());
        } else {
          expr = new Expr.Member(start.to(last()), expr, name.text());
        }
      } else if (next("[")) {
        take();
        Expr index = bound();
        take("]");
        expr = new Expr.Index(start.to(last()), expr, index);
      } else {
        return expr;
      }
    }
    return expr;
  }
}
