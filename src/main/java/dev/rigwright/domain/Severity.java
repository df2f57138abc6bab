package dev.rigwright.domain;

/** How much a warning matters. */
public enum Severity implements Word {
  /** Do not buy before this is settled. */
  BLOCKING("blocking"),
  /** It costs money or works badly. */
  IMPORTANT("important"),
  /** Good to know. */
  NOTE("note");

  private final String word;

  Severity(String word) {
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
