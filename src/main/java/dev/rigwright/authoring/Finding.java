package dev.rigwright.authoring;

import dev.rigwright.rulebook.Span;

/**
 * Something that is wrong with a rule, a declared type or a case.
 *
 * @param place in a file below the rules' folder
 * @param code names the kind of finding; it never changes
 * @param message the values, then the next step
 */
public record Finding(Span place, Severity severity, String code, String message) {

  /** How bad it is. */
  public enum Severity {
    /** The rules cannot be used, or do something else than they say. */
    ERROR,
    /** The rules can be used; somebody will be misled. */
    WARNING;

    /** As it is shown. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  static Finding error(Span place, String code, String message) {
    return new Finding(place, Severity.ERROR, code, message);
  }

  static Finding warning(Span place, String code, String message) {
    return new Finding(place, Severity.WARNING, code, message);
  }

  /** {@code file:line:column severity code message}. */
  @Override
  public String toString() {
    return "%s %s %s %s".formatted(place, severity.word(), code, message);
  }
}
