package dev.rigwright.domain;

import java.util.List;

/**
 * A line of a parts list.
 *
 * @param lowUsd price of the whole quantity; 0 for what is owned
 * @param priceAsOf date of the price; null for what is owned
 * @param rating watts of a power supply, 2^30 bytes of memory; 0 for other parts
 * @param sources claims, facts and published sources of part and price
 */
public record PartLine(
    PartKind kind,
    String id,
    String name,
    int quantity,
    Origin origin,
    Condition condition,
    long lowUsd,
    long typicalUsd,
    long highUsd,
    java.time.LocalDate priceAsOf,
    PriceBasis priceBasis,
    int rating,
    List<String> sources) {

  public PartLine {
    sources = List.copyOf(sources);
  }

  /** A part bought at an offer. */
  public static PartLine bought(Part part, Offer offer) {
    return new PartLine(
        part.kind(),
        part.id(),
        part.name(),
        1,
        Origin.BUY,
        offer.condition(),
        offer.lowUsd(),
        offer.typicalUsd(),
        offer.highUsd(),
        offer.asOf(),
        offer.basis(),
        rating(part),
        offer.sources());
  }

  /** Cards bought at an offer. */
  public static PartLine bought(Gpu gpu, Offer offer, int quantity) {
    return new PartLine(
        PartKind.GPU,
        gpu.id(),
        gpu.label(),
        quantity,
        Origin.BUY,
        offer.condition(),
        offer.lowUsd() * quantity,
        offer.typicalUsd() * quantity,
        offer.highUsd() * quantity,
        offer.asOf(),
        offer.basis(),
        0,
        offer.sources());
  }

  /** A part that is there already and costs nothing. */
  public static PartLine owned(PartKind kind, String id, String name, int quantity, int rating) {
    return new PartLine(
        kind,
        id,
        name,
        quantity,
        Origin.OWNED,
        null,
        0,
        0,
        0,
        null,
        null,
        rating,
        List.of("requirement#/owned"));
  }

  /** A part that comes with another one, in whose price it is. */
  public static PartLine within(PartKind kind, String id, String name, String source) {
    return new PartLine(
        kind, id, name, 1, Origin.BUY, Condition.NEW, 0, 0, 0, null, null, 0, List.of(source));
  }

  private static int rating(Part part) {
    return switch (part.kind()) {
      case PSU -> part.watts();
      case RAM -> part.capacityGib();
      default -> 0;
    };
  }

  /** The same line with further sources in front. */
  public PartLine citing(List<String> more) {
    java.util.ArrayList<String> all = new java.util.ArrayList<>(more);
    for (String source : sources) {
      if (!all.contains(source)) {
        all.add(source);
      }
    }
    return new PartLine(
        kind,
        id,
        name,
        quantity,
        origin,
        condition,
        lowUsd,
        typicalUsd,
        highUsd,
        priceAsOf,
        priceBasis,
        rating,
        all);
  }
}
