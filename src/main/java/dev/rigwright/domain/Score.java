package dev.rigwright.domain;

/**
 * A finalist's standing under one label. Higher is better; equal values are settled by the lower
 * total, then by id, so that there is always exactly one best.
 */
public record Score(Label label, String finalist, double value, long totalUsd) {

  /** Whether this score comes before another of its label. */
  public boolean beats(Score other) {
    if (value != other.value) {
      return value > other.value;
    }
    return totalUsd != other.totalUsd
        ? totalUsd < other.totalUsd
        : finalist.compareTo(other.finalist) < 0;
  }
}
