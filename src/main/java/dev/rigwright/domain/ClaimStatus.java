package dev.rigwright.domain;

/** What published figures say of a statement of the guide. */
public enum ClaimStatus implements Word {
  /** Nothing published is known for or against it. */
  UNCHECKED("unchecked"),
  /** Published figures agree. */
  CONFIRMED("confirmed"),
  /** True under a condition. */
  CONDITIONAL("conditional"),
  /** True in other words. */
  REWORDED("reworded"),
  /** True once. */
  DATED("dated"),
  /** The guide contradicts itself. */
  INCONSISTENT("inconsistent"),
  /** Published figures disagree. */
  CONTRADICTED("contradicted");

  private final String word;

  ClaimStatus(String word) {
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
