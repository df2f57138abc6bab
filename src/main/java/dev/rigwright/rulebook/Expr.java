package dev.rigwright.rulebook;

import java.util.ArrayList;
import java.util.List;

/** An expression of a condition or a consequence, with its place in the file. */
public sealed interface Expr {

  /** Where it stands, its own brackets excluded. */
  Span span();

  /** Its direct parts, in the order of the text. */
  List<Expr> parts();

  /** This expression and everything below it, in the order of the text. */
  default List<Expr> all() {
    List<Expr> all = new ArrayList<>();
    all.add(this);
    parts().forEach(part -> all.addAll(part.all()));
    return all;
  }

  /** What a literal is. */
  enum Kind {
    NUMBER,
    STRING,
    BOOLEAN,
    NULL
  }

  /**
   * A literal.
   *
   * @param text its value; a string without its quotes
   */
  record Literal(Span span, Kind kind, String text) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of();
    }
  }

  /** Names joined by points: {@code limits.maxGpus}, {@code $count}, {@code Engine.VLLM}. */
  record Path(Span span, String name) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of();
    }

    /** The name before the first point. */
    public String first() {
      int point = name.indexOf('.');
      return point < 0 ? name : name.substring(0, point);
    }

    /** Whether it begins with a variable. */
    public boolean variable() {
      return name.startsWith("$");
    }
  }

  /**
   * A call of a method or function.
   *
   * @param target what it is called on; null for a plain function or a property's method
   */
  record Call(Span span, Expr target, String name, List<Expr> arguments) implements Expr {
    @Override
    public List<Expr> parts() {
      return join(target, arguments);
    }
  }

  /** A field of what another expression yields: {@code $part.line().count}. */
  record Member(Span span, Expr target, String name) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(target);
    }
  }

  /** An element: {@code list[0]}. */
  record Index(Span span, Expr target, Expr index) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(target, index);
    }
  }

  /** An operator before its operand. */
  record Unary(Span span, String operator, Expr operand) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(operand);
    }
  }

  /**
   * An operator between two operands; where DRL lets the left one be left out ({@code x > 3 && <
   * 5}), it is repeated.
   *
   * @param operator such as {@code >=}, {@code &&}, {@code not memberOf}
   * @param sign where the operator stands
   */
  record Binary(Span span, String operator, Span sign, Expr left, Expr right) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(left, right);
    }

    /** Whether it compares or tests membership, and so is true or false. */
    public boolean relation() {
      return ExprReader.RELATIONS.contains(operator) || operator.startsWith("not ");
    }
  }

  /** {@code condition ? yes : no}. */
  record Choice(Span span, Expr condition, Expr yes, Expr no) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(condition, yes, no);
    }
  }

  /** A new object. */
  record New(Span span, String type, List<Expr> arguments) implements Expr {
    @Override
    public List<Expr> parts() {
      return arguments;
    }
  }

  /** A cast. */
  record Cast(Span span, String type, Expr operand) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(operand);
    }
  }

  /** Several values in brackets: the right side of {@code in ( 1, 2 )}, or a list. */
  record Items(Span span, List<Expr> elements) implements Expr {
    @Override
    public List<Expr> parts() {
      return elements;
    }
  }

  /** A binding within a condition: {@code $watts : tdpWatts}. */
  record Bind(Span span, String variable, Span name, Expr value) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(value);
    }
  }

  /**
   * What this parser does not understand; it is kept as text.
   *
   * @param where it stopped understanding
   */
  record Other(Span span, String text, Span where) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of();
    }
  }

  private static List<Expr> join(Expr target, List<Expr> arguments) {
    List<Expr> parts = new ArrayList<>();
    if (target != null) {
      parts.add(target);
    }
    parts.addAll(arguments);
    return parts;
  }
}
