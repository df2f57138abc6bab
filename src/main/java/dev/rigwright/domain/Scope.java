package dev.rigwright.domain;

/** What is asked for. */
public enum Scope implements Word {
  /** A whole machine. */
  BUILD("build"),
  /** Cards only. */
  GPU("gpu"),
  /** What to add to the machine that is owned. */
  UPGRADE("upgrade");

  private final String word;

  Scope(String word) {
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
