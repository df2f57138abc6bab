package dev.rigwright.domain;

/** Whether a thing is sold new or used. */
public enum Condition implements Word {
  /** From a shop, unused. */
  NEW("new"),
  /** From a previous owner, or refurbished. */
  USED("used");

  private final String word;

  Condition(String word) {
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
  public static Condition of(String word) {
    return Word.of(Condition.class, word);
  }

  @Override
  public String toString() {
    return word;
  }
}
