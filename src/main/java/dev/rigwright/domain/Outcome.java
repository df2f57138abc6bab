package dev.rigwright.domain;

/** The verdict of a decision. */
public enum Outcome implements Word {
  /** A machine to buy. */
  RECOMMENDED("recommended"),
  /** What is owned does it. */
  KEEP("keep"),
  /** Nothing meets the need. */
  INFEASIBLE("infeasible");

  private final String word;

  Outcome(String word) {
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
