package dev.rigwright.domain;

import java.util.List;

/**
 * A machine of the guide with today's prices for all but its cards.
 *
 * @param rank 0 for the option that the guide's overview names
 * @param otherLines processor, mainboard, memory, storage, supply, cooler, case
 */
public record TierMachine(
    String option,
    String tier,
    int rank,
    String gpu,
    int count,
    Condition condition,
    int psuWatts,
    int ramGib,
    Cooling cooling,
    int cpuMaxWatts,
    List<String> cardClaims,
    List<PartLine> otherLines) {

  public TierMachine {
    otherLines = List.copyOf(otherLines);
    cardClaims = List.copyOf(cardClaims);
  }

  /** What all but the cards costs. */
  public long otherUsd() {
    return otherUsd(otherLines);
  }

  /** The same with another power supply. */
  public long otherUsdWith(PricedPart psu) {
    return otherUsd(linesWith(psu));
  }

  /** The lines with another power supply in place of the machine's own. */
  public List<PartLine> linesWith(PricedPart psu) {
    return otherLines.stream()
        .map(line -> line.kind() == PartKind.PSU ? psu.line() : line)
        .toList();
  }

  private static long otherUsd(List<PartLine> lines) {
    return lines.stream().mapToLong(PartLine::typicalUsd).sum();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TierMachine machine && machine.option.equals(option);
  }

  @Override
  public int hashCode() {
    return option.hashCode();
  }
}
