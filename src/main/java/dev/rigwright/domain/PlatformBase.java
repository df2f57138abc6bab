package dev.rigwright.domain;

import java.util.ArrayList;
import java.util.List;

/** A platform with its processor and mainboard priced. */
public record PlatformBase(Platform platform, int cpuMaxWatts, List<PartLine> lines) {

  public PlatformBase {
    lines = List.copyOf(lines);
  }

  /** The platform with memory and cooler. */
  public PlatformOption option(PlatformNeed need, int ramGib, PartLine cooler, PartLine ram) {
    List<PartLine> all = new ArrayList<>(lines);
    all.add(ram);
    all.add(cooler);
    return new PlatformOption(
        need,
        platform.id(),
        ramGib,
        cpuMaxWatts,
        all,
        all.stream().mapToLong(PartLine::typicalUsd).sum());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PlatformBase base && base.platform.id().equals(platform.id());
  }

  @Override
  public int hashCode() {
    return platform.id().hashCode();
  }
}
