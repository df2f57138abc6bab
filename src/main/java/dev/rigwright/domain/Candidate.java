package dev.rigwright.domain;

import java.util.ArrayList;
import java.util.List;

/**
 * Cards that could be the answer: so many of one kind, bought, owned or both.
 *
 * @param id such as {@code 2x rtx-3090 used}
 * @param cards the same without the condition, as answers name it: {@code rtx-3090} or {@code 2x
 *     rtx-3090}
 * @param count cards in the machine
 * @param bought how many of them are bought
 * @param condition of those that are bought, else null
 * @param lines the cards as lines of a parts list
 */
public record Candidate(
    String id,
    String gpu,
    String cards,
    int count,
    int bought,
    Condition condition,
    List<PartLine> lines) {

  public Candidate {
    lines = List.copyOf(lines);
  }

  /** Cards bought at an offer, beside those of the same kind that are owned. */
  public static Candidate bought(Gpu gpu, Offer offer, int count, int owned) {
    String cards = cards(gpu.id(), count);
    String with = owned == 0 ? "" : " with " + owned + " owned";
    List<PartLine> lines = new ArrayList<>();
    if (owned > 0) {
      lines.add(PartLine.owned(PartKind.GPU, gpu.id(), gpu.label(), owned, 0));
    }
    lines.add(PartLine.bought(gpu, offer, count - owned));
    return new Candidate(
        id(cards, offer.condition()) + with,
        gpu.id(),
        cards,
        count,
        count - owned,
        offer.condition(),
        lines);
  }

  /** Cards that are there already. */
  public static Candidate owned(Gpu gpu, int count) {
    String cards = cards(gpu.id(), count);
    return new Candidate(
        cards + " owned",
        gpu.id(),
        cards,
        count,
        0,
        null,
        List.of(PartLine.owned(PartKind.GPU, gpu.id(), gpu.label(), count, 0)));
  }

  /**
   * The key under which buying this card is excluded, whatever the number; owned cards have none.
   */
  public String buyingKey() {
    return bought == 0 ? "owned" : buyingKey(gpu);
  }

  /** The key under which buying a card is excluded. */
  public static String buyingKey(String gpu) {
    return "buying " + gpu;
  }

  /** The id of cards that are bought in a condition, beside none that are owned. */
  public static String id(String cards, Condition condition) {
    return cards + " " + condition.word();
  }

  /** How answers name cards: {@code rtx-4090}, {@code 2x rtx-4090}. */
  public static String cards(String gpu, int count) {
    return count == 1 ? gpu : count + "x " + gpu;
  }

  /** The card's id in what {@link #cards} gives; any other text as it is. */
  public static String gpuOf(String cards) {
    int digits = 0;
    while (digits < cards.length() && Character.isDigit(cards.charAt(digits))) {
      digits++;
    }
    return digits > 0 && cards.startsWith("x ", digits) ? cards.substring(digits + 2) : cards;
  }

  /** How many cards {@link #cards} names. */
  public static int countOf(String cards) {
    int before = cards.length() - gpuOf(cards).length();
    return before == 0 ? 1 : Integer.parseInt(cards.substring(0, before - "x ".length()));
  }

  /** Cards of it that are there already. */
  public int owned() {
    return count - bought;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Candidate candidate && candidate.id.equals(id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }
}
