package dev.rigwright.domain;

import java.util.List;

/**
 * A row of the guide's value table, and a card that the guide recommends somewhere.
 *
 * @param lowUsd the price from which the row counts as affordable; null where the guide prices no
 *     single card
 * @param inValueTable false for a card that only a tier names
 */
public record GuideCard(
    String gpu,
    Condition condition,
    Long lowUsd,
    Long highUsd,
    boolean inValueTable,
    List<String> claims,
    String asOf,
    String source) {

  public GuideCard {
    claims = claims == null ? List.of() : List.copyOf(claims);
  }
}
