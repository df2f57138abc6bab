package dev.rigwright.report;

import java.util.Objects;

/**
 * One thing that is said, with its grounds.
 *
 * @param label what it is about, in a column of its own; empty where the text says so
 * @param about the card that its proof is asked of; null where what it rests on tells
 */
public record Entry(Mark mark, String label, String text, References references, String about) {

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
    return new Entry(Mark.NONE, label, text, references, null);
  }

  /** The same, with proof of a card. */
  Entry about(String card) {
    return new Entry(mark, label, text, references, card);
  }

  static Entry of(String label, String text) {
    return of(label, text, References.NONE);
  }
}
