package dev.rigwright.domain;

/** Whom a maker sells a card to. */
public enum Segment implements Word {
  /** Desktop computers. */
  CONSUMER("consumer"),
  /** Professional workstations. */
  WORKSTATION("workstation"),
  /** Servers; rented more often than bought. */
  DATACENTER("datacenter");

  private final String word;

  Segment(String word) {
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
