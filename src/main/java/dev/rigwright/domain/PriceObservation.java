package dev.rigwright.domain;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;

/**
 * A price that somebody published: a row of {@code facts/measurements}. It is copied, not judged;
 * what an offer makes of it is the offer rule's business.
 *
 * @param id such as {@code o-014}
 * @param itemId the card or part that was priced
 * @param observedOn a year alone counts as its first of January, a month alone as its first day
 * @param region such as {@code US}, {@code DE}, {@code unknown}
 * @param currency such as {@code USD}
 * @param low the lower end, in that currency
 * @param high the upper end; equal to {@code low} for a single price
 * @param kind what sort of price it is
 * @param condition new or used
 * @param vatPercent the VAT that the price includes; 0 where it includes none
 * @param confidence how far the row can be trusted
 * @param doubt what speaks against it; null where nothing does
 * @param note in words; may be empty
 * @param source where it was published; {@code guide#G0nn} for a claim of the guide
 */
public record PriceObservation(
    String id,
    String itemId,
    LocalDate observedOn,
    String region,
    String currency,
    BigDecimal low,
    BigDecimal high,
    Kind kind,
    Condition condition,
    int vatPercent,
    Confidence confidence,
    Doubt doubt,
    String note,
    String source) {

  public PriceObservation {
    Objects.requireNonNull(id, "A price observation needs an id.");
    Objects.requireNonNull(itemId, "A price observation needs an itemId.");
    Objects.requireNonNull(observedOn, "A price observation needs a date.");
    Objects.requireNonNull(region, "A price observation needs a region.");
    Objects.requireNonNull(currency, "A price observation needs a currency.");
    Objects.requireNonNull(kind, "A price observation needs a kind.");
    Objects.requireNonNull(condition, "A price observation needs a condition.");
    Objects.requireNonNull(confidence, "A price observation needs a confidence.");
    Objects.requireNonNull(note, "A price observation needs a note, if only an empty one.");
    Objects.requireNonNull(source, "A price observation needs a source.");
    if (itemId.isBlank() || source.isBlank()) {
      throw new IllegalArgumentException(
          "The itemId ("
              + itemId
              + ") and source ("
              + source
              + ") of price observation ("
              + id
              + ") must not be blank. Maybe a column was left empty.");
    }
    if (low.signum() <= 0 || low.compareTo(high) > 0) {
      throw new IllegalArgumentException(
          "The lowPrice ("
              + low
              + ") of price observation ("
              + id
              + ") must be above 0 and at most the highPrice ("
              + high
              + "). Maybe the two were exchanged.");
    }
    if (vatPercent < 0 || vatPercent > 30) {
      throw new IllegalArgumentException(
          "The vatIncluded ("
              + vatPercent
              + ") of price observation ("
              + id
              + ") must be between 0 and 30 percent. Maybe it is an amount.");
    }
  }

  /**
   * Whether the price is one of the guide, of its authors or of its seller, which the guide cannot
   * be checked by.
   */
  public boolean fromGuide() {
    return kind.saidBy() == SaidBy.GUIDE;
  }

  /** Whether it was seen in the United States, in dollars. */
  public boolean inTheUs() {
    return region.equals("US") && currency.equals("USD");
  }

  /** Whose word a price is. */
  public enum SaidBy {
    /** A shop, a seller, a buyer, or a page that reports them. */
    MARKET,
    /** The guide, its authors' research notes, its seller's price sheet. */
    GUIDE,
    /** Nobody: an estimate. */
    ESTIMATE,
    /** The maker, on the first day. */
    MAKER
  }

  /** What sort of price a row gives. */
  public enum Kind implements Word {
    /** What a page says that it costs. */
    STREET("street", SaidBy.MARKET),
    /** What shops ask. */
    RETAIL("retail", SaidBy.MARKET),
    /** The lowest that shops ask. */
    RETAIL_LOW("retail-low", SaidBy.MARKET),
    /** One listing. */
    LISTING("listing", SaidBy.MARKET),
    /** Lowest and highest reading of a month. */
    LISTING_RANGE("listing-range", SaidBy.MARKET),
    /** An average of listings. */
    AVERAGE("average", SaidBy.MARKET),
    /** What somebody paid or was quoted. */
    PAID_OR_QUOTED("paid-or-quoted", SaidBy.MARKET),
    /** What used ones sold for. */
    USED_MARKET("used-market", SaidBy.MARKET),
    /** A price of the guide or of its authors' research note. */
    GUIDE_FIGURE("guide-figure", SaidBy.GUIDE),
    /** A price of the guide's seller. */
    PRICE_SHEET("price-sheet", SaidBy.GUIDE),
    /** An estimated band. */
    BAND_ESTIMATE("band-estimate", SaidBy.ESTIMATE),
    /** What the maker asked on the first day. */
    LAUNCH_PRICE("launch-price", SaidBy.MAKER);

    private final String word;
    private final SaidBy saidBy;

    Kind(String word, SaidBy saidBy) {
      this.word = word;
      this.saidBy = saidBy;
    }

    /** Whose word a price of this kind is. */
    public SaidBy saidBy() {
      return saidBy;
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
    public static Kind of(String word) {
      return Word.of(Kind.class, word);
    }
  }

  /** What speaks against a row. */
  public enum Doubt implements Word {
    /** It looks older than its page. */
    STALE("stale"),
    /** It contradicts all others. */
    NOT_PLAUSIBLE("not-plausible"),
    /** It repeats the launch price of a card that is no longer made. */
    LIST_PRICE("list-price"),
    /** It says "from": the price itself is not given. */
    LOWER_BOUND("lower-bound"),
    /** It is what the last sellers of a discontinued card ask. */
    SCARCE_STOCK("scarce-stock"),
    /** Its year is known, its month is not. */
    DATE_UNKNOWN("date-unknown");

    private final String word;

    Doubt(String word) {
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
    public static Doubt of(String word) {
      return Word.of(Doubt.class, word);
    }
  }
}
