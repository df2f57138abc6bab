package dev.rigwright.domain;

import java.util.ArrayList;
import java.util.List;

/**
 * A machine, or a card, that the guide would give for a budget.
 *
 * @param id such as {@code prosumer} or {@code prosumer with rtx-3090}
 * @param tier the tier whose machine it is; null where only a card is asked for
 * @param replaced whether the tier's card gave way to a larger one
 * @param rank 0 for the option that the guide's overview names, more for its other options
 */
public record GuideBuild(
    String id,
    String tier,
    String option,
    boolean replaced,
    int rank,
    int vramGib,
    double bandwidthGbPerSecond,
    long cardUsd,
    Build build) {

  /** The machine of a tier. */
  public static GuideBuild machine(TierMachine machine, Gpu gpu, Offer offer, Integer systemWatts) {
    return of(
        machine.option(),
        machine,
        machine.rank(),
        false,
        gpu,
        offer,
        machine.count(),
        machine.psuWatts(),
        machine.otherLines(),
        machine.cardClaims(),
        systemWatts);
  }

  /**
   * The machine of a tier with a larger card.
   *
   * @param psu the supply that the card needs instead of the machine's, or null
   */
  public static GuideBuild larger(
      TierMachine machine,
      GuideCard card,
      Gpu gpu,
      Offer offer,
      PricedPart psu,
      Integer systemWatts) {
    return of(
        machine.option() + " with " + gpu.id(),
        machine,
        0,
        true,
        gpu,
        offer,
        1,
        psu == null ? machine.psuWatts() : psu.part().watts(),
        psu == null ? machine.otherLines() : machine.linesWith(psu),
        cited(card),
        systemWatts);
  }

  /** A card of the value table. */
  public static GuideBuild card(GuideCard card, Gpu gpu, Offer offer, Integer systemWatts) {
    PartLine line = PartLine.bought(gpu, offer, 1).citing(cited(card));
    Build build =
        new Build(
            gpu.id(),
            1,
            gpu.id(),
            offer.condition(),
            0,
            0,
            Cooling.AIR,
            systemWatts,
            List.of(line));
    return new GuideBuild(
        gpu.id(),
        null,
        null,
        false,
        0,
        orZero(gpu.vramGib()),
        orZero(gpu.bandwidthGbPerSecond()),
        offer.typicalUsd(),
        build);
  }

  private static GuideBuild of(
      String id,
      TierMachine machine,
      int rank,
      boolean replaced,
      Gpu gpu,
      Offer offer,
      int count,
      int psuWatts,
      List<PartLine> otherLines,
      List<String> claims,
      Integer systemWatts) {
    List<PartLine> lines = new ArrayList<>();
    lines.add(PartLine.bought(gpu, offer, count).citing(claims));
    lines.addAll(otherLines);
    Build build =
        new Build(
            gpu.id(),
            count,
            Candidate.cards(gpu.id(), count),
            offer.condition(),
            psuWatts,
            machine.ramGib(),
            machine.cooling(),
            systemWatts,
            lines);
    return new GuideBuild(
        id,
        machine.tier(),
        machine.option(),
        replaced,
        rank,
        orZero(gpu.vramGib()),
        orZero(gpu.bandwidthGbPerSecond()),
        offer.typicalUsd(),
        build);
  }

  private static List<String> cited(GuideCard card) {
    return card.claims().stream().map(claim -> "guide#" + claim).toList();
  }

  private static int orZero(Integer value) {
    return value == null ? 0 : value;
  }

  private static double orZero(Double value) {
    return value == null ? 0 : value;
  }

  /** The guide's order: its own option first, then VRAM, then bandwidth, then the lower price. */
  public boolean before(GuideBuild other) {
    if (rank != other.rank) {
      return rank < other.rank;
    }
    if (vramGib != other.vramGib) {
      return vramGib > other.vramGib;
    }
    if (bandwidthGbPerSecond != other.bandwidthGbPerSecond) {
      return bandwidthGbPerSecond > other.bandwidthGbPerSecond;
    }
    return cardUsd != other.cardUsd ? cardUsd < other.cardUsd : id.compareTo(other.id) < 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GuideBuild build && build.id.equals(id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }
}
