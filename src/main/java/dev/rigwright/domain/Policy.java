package dev.rigwright.domain;

/** Whether the guide is checked against published figures. */
public enum Policy implements Word {
  /** Nothing is picked that published figures or the estimates contradict. */
  CHECKED("checked"),
  /** The guide to the letter, contradictions shown. */
  GUIDE("guide");

  private final String word;

  Policy(String word) {
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
