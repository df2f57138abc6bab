package dev.rigwright.domain;

import java.util.ArrayList;
import java.util.List;

/**
 * A platform that would do for a need, with its parts and their price.
 *
 * @param lines processor, mainboard, cooler, memory
 */
public record PlatformOption(
    PlatformNeed need,
    String platform,
    int ramGib,
    int cpuMaxWatts,
    List<PartLine> lines,
    long typicalUsd) {

  public PlatformOption {
    lines = List.copyOf(lines);
  }

  /** Whether this one is chosen before another: cheaper, then by id. */
  public boolean before(PlatformOption other) {
    return typicalUsd != other.typicalUsd
        ? typicalUsd < other.typicalUsd
        : platform.compareTo(other.platform) < 0;
  }

  /** The platform with drive and case. */
  public Shell shell(PartLine storage, PartLine box) {
    List<PartLine> all = new ArrayList<>(lines);
    all.add(storage);
    all.add(box);
    return new Shell(need.count(), need.cooling(), Shell.ramGib(all), cpuMaxWatts, all);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PlatformOption option
        && option.need.equals(need)
        && option.platform.equals(platform)
        && option.ramGib == ramGib
        && option.typicalUsd == typicalUsd;
  }

  @Override
  public int hashCode() {
    return 31 * need.hashCode() + platform.hashCode();
  }
}
