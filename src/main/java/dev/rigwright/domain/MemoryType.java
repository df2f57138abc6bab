package dev.rigwright.domain;

/** Kind of system memory. */
public enum MemoryType implements Word {
  /** DDR4 UDIMM. */
  DDR4("ddr4"),
  /** DDR5 UDIMM. */
  DDR5("ddr5"),
  /** DDR5 registered. */
  DDR5_RDIMM("ddr5-rdimm");

  private final String word;

  MemoryType(String word) {
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
