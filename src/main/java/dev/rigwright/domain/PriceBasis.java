package dev.rigwright.domain;

/** What an offer's price rests on, from firm to vague. */
public enum PriceBasis implements Word {
  /** Prices seen in the United States. */
  OBSERVED("observed"),
  /** Prices seen in another region, less VAT, in dollars. */
  CONVERTED("converted"),
  /** Smaller kits added up. */
  SUMMED("summed"),
  /** The guide and its seller alone name a price. */
  GUIDE("guide"),
  /** An estimate, a launch price or a doubted price, because there is nothing better. */
  INDICATIVE("indicative");

  private final String word;

  PriceBasis(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }

  /**
   * The constant of a word.
   *
   * @throws IllegalArgumentException if no constant has that word; the message lists those there
   *     are
   */
  public static PriceBasis of(String word) {
    return Word.of(PriceBasis.class, word);
  }

  @Override
  public String toString() {
    return word;
  }
}
