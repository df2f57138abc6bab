package dev.rigwright.report;

import dev.rigwright.domain.Condition;
import java.util.List;

/**
 * The parts list.
 *
 * @param note what is to be known of the prices
 */
public record Purchase(List<Row> rows, long lowUsd, long totalUsd, long highUsd, String note) {

  public Purchase {
    rows = List.copyOf(rows);
  }

  /**
   * A line of it. Prices are of the whole line.
   *
   * @param condition null for what is owned
   * @param estimate whether no sale or listing stands behind the price
   */
  public record Row(
      String name,
      int quantity,
      boolean owned,
      Condition condition,
      boolean card,
      long lowUsd,
      long priceUsd,
      long highUsd,
      boolean estimate,
      References references) {}
}
