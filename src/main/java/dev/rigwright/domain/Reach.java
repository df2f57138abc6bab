package dev.rigwright.domain;

/** How much an exclusion keeps out. */
public enum Reach implements Word {
  /** Buying the card, whatever the number; owned ones stay. */
  PURCHASE("purchase"),
  /** So many cards, bought or owned. */
  CARDS("cards"),
  /** These cards at this price, or as they are owned. */
  CANDIDATE("candidate");

  private final String word;

  Reach(String word) {
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
