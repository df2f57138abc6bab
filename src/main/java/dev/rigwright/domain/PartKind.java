package dev.rigwright.domain;

/** Kind of a part. */
public enum PartKind implements Word {
  /** Graphics card. */
  GPU("gpu"),
  /** Processor. */
  CPU("cpu"),
  /** Mainboard. */
  BOARD("board"),
  /** System memory. */
  RAM("ram"),
  /** SSD. */
  STORAGE("storage"),
  /** Power supply. */
  PSU("psu"),
  /** Processor cooler. */
  COOLER("cooler"),
  /** Case. */
  CASE("case");

  private final String word;

  PartKind(String word) {
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
