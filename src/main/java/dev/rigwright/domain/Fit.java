package dev.rigwright.domain;

/** Whether a model goes into memory. */
public enum Fit implements Word {
  /** With a margin of 5 percent or more. */
  FITS("fits"),
  /** With a smaller margin. */
  TIGHT("tight"),
  /** Partly in system memory, slowly. */
  OFFLOAD("offload"),
  /** Not at all. */
  NO("no");

  private final String word;

  Fit(String word) {
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
