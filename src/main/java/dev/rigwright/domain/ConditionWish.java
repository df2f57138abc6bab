package dev.rigwright.domain;

/** Which condition of goods a buyer accepts. */
public enum ConditionWish implements Word {
  /** New goods only. */
  NEW("new"),
  /** Used cards only. */
  USED("used"),
  /** Either. */
  ANY("any");

  private final String word;

  ConditionWish(String word) {
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
