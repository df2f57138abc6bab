package dev.rigwright.domain;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything of a machine but its cards and its power supply.
 *
 * @param cpuMaxWatts the most that its processor draws; null where it is owned and unknown
 */
public record Shell(
    int count, Cooling cooling, int ramGib, Integer cpuMaxWatts, List<PartLine> lines) {

  public Shell {
    lines = List.copyOf(lines);
  }

  /**
   * The machine that is there.
   *
   * @param ram memory that is bought for it, or null
   */
  public static Shell owned(int count, Cooling cooling, Owned owned, PartLine ram) {
    List<PartLine> lines = new ArrayList<>();
    String cores = owned.cpuCores() == null ? "" : " with " + owned.cpuCores() + " cores";
    lines.add(PartLine.owned(PartKind.BOARD, "owned-machine", "Your machine" + cores, 1, 0));
    if (ram != null) {
      lines.add(ram);
    } else if (owned.ramGib() != null) {
      lines.add(
          PartLine.owned(
              PartKind.RAM,
              "owned-ram",
              "Your " + owned.ramGib() + " GB of RAM",
              1,
              owned.ramGib()));
    }
    return new Shell(count, cooling, ramGib(lines), null, lines);
  }

  /** The shell with cards and supply: a whole machine. */
  public Finalist finalist(
      Candidate candidate, Sizing sizing, Gpu gpu, PartLine psu, Integer systemWatts) {
    List<PartLine> all = new ArrayList<>(candidate.lines());
    all.addAll(lines);
    all.add(psu);
    Build build =
        new Build(
            gpu.id(),
            count,
            candidate.cards(),
            candidate.condition(),
            psu.rating(),
            ramGib,
            cooling,
            systemWatts,
            all);
    return new Finalist(
        candidate.id(), gpu.id(), candidate.cards(), build.totalUsd(), build, sizing);
  }

  /** Cards without a machine around them. */
  public static Finalist cardsAlone(
      Survivor survivor, Sizing sizing, Gpu gpu, Integer systemWatts) {
    Candidate candidate = survivor.candidate();
    Build build =
        new Build(
            gpu.id(),
            candidate.count(),
            candidate.cards(),
            candidate.condition(),
            0,
            0,
            survivor.cooling(),
            systemWatts,
            candidate.lines());
    return new Finalist(
        candidate.id(), gpu.id(), candidate.cards(), build.totalUsd(), build, sizing);
  }

  static int ramGib(List<PartLine> lines) {
    return lines.stream()
        .filter(line -> line.kind() == PartKind.RAM)
        .mapToInt(PartLine::rating)
        .sum();
  }
}
