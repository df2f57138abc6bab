package dev.rigwright.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a decision comes down to.
 *
 * @param verdict the contract's word
 * @param cards such as {@code 2x rtx-3090}; empty where nothing is recommended
 * @param totalUsd whole US dollars; null where nothing is recommended
 */
public record Summary(String verdict, List<String> cards, Long totalUsd) {

  public Summary {
    cards = List.copyOf(cards);
  }

  /** The summary of a decision's JSON. */
  public static Summary of(JsonNode decision) {
    JsonNode pick = decision.path("recommendation");
    List<String> cards = new ArrayList<>();
    for (JsonNode gpu : pick.path("gpus")) {
      int count = gpu.path("count").asInt();
      cards.add((count == 1 ? "" : count + "x ") + gpu.path("id").asText());
    }
    return new Summary(
        decision.path("verdict").asText(),
        cards,
        pick.has("totalUsd") ? pick.get("totalUsd").asLong() : null);
  }

  @Override
  public String toString() {
    return verdict
        + (cards.isEmpty() ? "" : ": " + String.join(", ", cards))
        + (totalUsd == null ? "" : ", %,d USD".formatted(totalUsd));
  }
}
