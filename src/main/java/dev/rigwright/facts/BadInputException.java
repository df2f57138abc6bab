package dev.rigwright.facts;

import java.util.List;

/**
 * What a person gave cannot be used. Nothing was guessed; each problem says where, what and what is
 * allowed.
 */
public final class BadInputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * One thing that is wrong.
   *
   * @param pointer JSON pointer of the field, or line and column where the text is no JSON
   * @param message what was found, what is allowed, and the next step
   */
  public record Problem(String pointer, String message) {
    @Override
    public String toString() {
      return (pointer.isEmpty() ? "" : pointer + ": ") + message;
    }
  }

  /** A refusal with all its problems. */
  public BadInputException(List<Problem> problems) {
    super(String.join("\n", problems.stream().map(Problem::toString).toList()));
    this.problems = List.copyOf(problems);
  }

  /** A refusal with one problem. */
  public BadInputException(String pointer, String message) {
    this(List.of(new Problem(pointer, message)));
  }

  /** What is wrong, in the order of the document. */
  public List<Problem> problems() {
    return problems;
  }
}
