package dev.rigwright.rulebook;

import java.util.List;

/** Rules on disk cannot be used. Each problem begins with file, line and column. */
public final class RulebookException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /** What is wrong in a rule file, and where. */
  public record Problem(String file, int line, int column, String message) {
    @Override
    public String toString() {
      return "%s:%d:%d: %s".formatted(file, line, column, message);
    }
  }

  /** Rules that cannot be used. */
  public RulebookException(List<Problem> problems) {
    super(String.join("\n", problems.stream().map(Problem::toString).toList()));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong with a rule that could be compiled, at the place where it begins. */
  public static RulebookException of(RuleInfo rule, String message) {
    return new RulebookException(
        List.of(new Problem("rules/" + rule.file(), rule.line(), 1, message)));
  }

  /** What is wrong. */
  public List<Problem> problems() {
    return problems;
  }
}
