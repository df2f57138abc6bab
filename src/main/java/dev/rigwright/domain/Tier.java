package dev.rigwright.domain;

import java.util.List;

/**
 * A tier of the guide: its bracket for a whole machine, and what it is for.
 *
 * @param rank 1 for the lowest
 * @param runsUpToB the largest model that the guide says it runs, 10^9 parameters
 * @param option the option that the guide's overview names
 */
public record Tier(
    String id,
    int rank,
    String name,
    long lowUsd,
    long highUsd,
    double runsUpToB,
    String option,
    List<String> claims,
    String source,
    String asOf) {

  public Tier {
    Checks.text("id of a tier", id);
    if (lowUsd > highUsd) {
      throw new IllegalArgumentException(
          "The bracket of tier (%s) runs from %d to %d USD. Maybe the two were swapped."
              .formatted(id, lowUsd, highUsd));
    }
    claims = claims == null ? List.of() : List.copyOf(claims);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tier tier && tier.id.equals(id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }
}
