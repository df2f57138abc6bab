package dev.rigwright.domain;

/** A candidate that nothing excludes, and how a machine with it is cooled. */
public record Survivor(Candidate candidate, Cooling cooling) {

  /** The candidate's cards. */
  public String cards() {
    return candidate.cards();
  }

  /** How many cards. */
  public int count() {
    return candidate.count();
  }
}
