package dev.rigwright.domain;

import java.util.List;

/** What the buyer already has. What was not said is null. */
public record Owned(
    List<Gpus> gpus, Integer psuWatts, Integer ramGib, Integer cpuCores, Integer pcieX16Slots) {

  /** Cards of one kind. */
  public record Gpus(String id, int count) {}

  /** Nothing at all. */
  public static final Owned NOTHING = new Owned(List.of(), null, null, null, null);

  public Owned {
    gpus = gpus == null ? List.of() : List.copyOf(gpus);
  }

  /**
   * Whether a machine, and not only a card, is there: its board, processor, memory or supply was
   * named.
   */
  public boolean hasMachine() {
    return psuWatts != null || ramGib != null || cpuCores != null || pcieX16Slots != null;
  }
}
