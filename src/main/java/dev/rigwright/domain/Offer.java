package dev.rigwright.domain;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a card or a part costs, in whole US dollars without sales tax.
 *
 * <p>An offer never stands without a figure behind it, and {@code lowUsd <= typicalUsd <= highUsd}
 * always holds.
 *
 * @param itemId the id of the card or part in the catalogue
 * @param condition new or used: two conditions are two offers
 * @param lowUsd the lowest price seen
 * @param typicalUsd what a buyer should expect to pay; totals are summed from it
 * @param highUsd the highest price seen
 * @param asOf the newest date among the prices that gave {@code typicalUsd}
 * @param basis what the price rests on
 * @param confidence how far it can be trusted
 * @param observations the ids of the price observations behind it; none where a price is somebody's
 *     own
 * @param source where those were published, separated by {@code "; "}; a claim of the guide is
 *     {@code guide#G0nn}
 */
public record Offer(
    String itemId,
    Condition condition,
    long lowUsd,
    long typicalUsd,
    long highUsd,
    LocalDate asOf,
    PriceBasis basis,
    Confidence confidence,
    List<String> observations,
    String source) {

  private static final String BETWEEN = "; ";

  public Offer {
    Objects.requireNonNull(itemId, "An offer needs an itemId.");
    Objects.requireNonNull(condition, "An offer needs a condition.");
    Objects.requireNonNull(asOf, "An offer needs an asOf date.");
    Objects.requireNonNull(basis, "An offer needs a basis.");
    Objects.requireNonNull(confidence, "An offer needs a confidence.");
    Objects.requireNonNull(source, "An offer needs a source.");
    observations = observations == null ? List.of() : List.copyOf(observations);
    if (itemId.isBlank() || source.isBlank()) {
      throw new IllegalArgumentException(
          "The itemId ("
              + itemId
              + ") and source ("
              + source
              + ") of an offer must not be blank. Maybe a column was left empty.");
    }
    if (lowUsd <= 0) {
      throw new IllegalArgumentException(
          "The lowUsd ("
              + lowUsd
              + ") of offer ("
              + itemId
              + ") must be above 0. Maybe the price is unknown: then there is no offer.");
    }
    if (typicalUsd < lowUsd || typicalUsd > highUsd) {
      throw new IllegalArgumentException(
          "The typicalUsd ("
              + typicalUsd
              + ") of offer ("
              + itemId
              + ") must be between lowUsd ("
              + lowUsd
              + ") and highUsd ("
              + highUsd
              + "). Maybe low and high were exchanged.");
    }
  }

  /** Where the prices behind it were published, one by one. */
  public List<String> sources() {
    List<String> sources = new ArrayList<>(2);
    int from = 0;
    for (int to = source.indexOf(BETWEEN); to >= 0; to = source.indexOf(BETWEEN, from)) {
      sources.add(source.substring(from, to));
      from = to + BETWEEN.length();
    }
    sources.add(source.substring(from));
    return List.copyOf(sources);
  }
}
