package dev.rigwright.domain;

/** Where a part comes from. */
public enum Origin implements Word {
  /** To be bought. */
  BUY("buy"),
  /** Already there. */
  OWNED("owned");

  private final String word;

  Origin(String word) {
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
