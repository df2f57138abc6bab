package dev.rigwright.domain;

/** Who makes a card's chip. */
public enum Vendor implements Word {
  /** NVIDIA. */
  NVIDIA("nvidia"),
  /** AMD. */
  AMD("amd"),
  /** Intel. */
  INTEL("intel");

  private final String word;

  Vendor(String word) {
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
