package dev.rigwright.domain;

import java.util.List;

/** What the machine must not exceed. What was not said is null, and does not limit. */
public record Limits(
    Integer maxSystemWatts,
    Integer maxGpus,
    Double maxGpuSlots,
    Integer maxGpuLengthMm,
    List<Vendor> vendors,
    Double minTokensPerSecond,
    Boolean quiet) {

  /** No limits. */
  public static final Limits NONE = new Limits(null, null, null, null, null, null, null);

  public Limits {
    vendors = vendors == null ? List.of() : List.copyOf(vendors);
  }
}
