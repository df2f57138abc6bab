package dev.rigwright.domain;

/** Where a budget stands among the guide's tiers. */
public enum Bracket implements Word {
  /** Inside the bracket of a tier. */
  WITHIN("within"),
  /** Above one tier and below the next. */
  BETWEEN("between"),
  /** Less than the lowest tier. */
  BELOW_ALL("below-all"),
  /** More than the highest tier. */
  ABOVE_ALL("above-all"),
  /** No budget was named. */
  NO_BUDGET("no-budget");

  private final String word;

  Bracket(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }

  @Override
  public String toString() {
    return word;
  }
}
