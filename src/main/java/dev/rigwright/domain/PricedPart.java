package dev.rigwright.domain;

/** A part that can be bought, with its offer. */
public record PricedPart(Part part, Offer offer) {

  /** The part's id. */
  public String id() {
    return part.id();
  }

  /** The part's kind. */
  public PartKind kind() {
    return part.kind();
  }

  /** A line of one of it. */
  public PartLine line() {
    return PartLine.bought(part, offer);
  }

  /** Whether this one is chosen before another: cheaper, then by id. */
  public boolean before(PricedPart other) {
    return offer.typicalUsd() != other.offer.typicalUsd()
        ? offer.typicalUsd() < other.offer.typicalUsd()
        : id().compareTo(other.id()) < 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PricedPart priced && priced.part.equals(part);
  }

  @Override
  public int hashCode() {
    return part.hashCode();
  }
}
