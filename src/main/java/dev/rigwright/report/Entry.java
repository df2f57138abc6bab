package dev.rigwright.report;

import java.util.Objects;

/**
 * One thing that is said, with its grounds.
 *
 * @param label what it is about, in a column of its own; empty where the text says so
 */
public record Entry(Mark mark, String label, String text, References references) {

  /** How much it matters. */
  public enum Mark {
    /** Not a warning. */
    NONE,
    /** Something to look at before buying. */
    ALARM,
    /** Good to know. */
    NOTE
  }

  public Entry {
    Objects.requireNonNull(mark, "An entry needs a mark.");
    Objects.requireNonNull(references, "An entry needs references, or References.NONE.");
  }

  static Entry of(String label, String text, References references) {
    return new Entry(Mark.NONE, label, text, references);
  }

  static Entry of(String label, String text) {
    return of(label, text, References.NONE);
  }
}
