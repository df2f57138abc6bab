package dev.rigwright.domain;

/** By what a machine is the best. */
public enum Label implements Word {
  /** Most tokens a second for the money. */
  BEST_VALUE("best-value"),
  /** Least money. */
  CHEAPEST("cheapest"),
  /** Most tokens a second. */
  FASTEST("fastest"),
  /** Most memory left. */
  ROOMIEST("roomiest"),
  /** The guide's own pick. */
  GUIDE("guide");

  private final String word;

  Label(String word) {
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
