package dev.rigwright.domain;

/** How far a figure can be trusted, from best to worst. */
public enum Confidence implements Word {
  /** Published by the maker, or by several who agree. */
  HIGH("high"),
  /** Published once, with a date and a method. */
  MEDIUM("medium"),
  /** Said somewhere, or estimated. */
  LOW("low");

  private final String word;

  Confidence(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }

  /**
   * The constant of a word.
   *
   * @throws IllegalArgumentException if no constant has that word; the message lists those there
   *     are
   */
  public static Confidence of(String word) {
    return Word.of(Confidence.class, word);
  }

  @Override
  public String toString() {
    return word;
  }
}
