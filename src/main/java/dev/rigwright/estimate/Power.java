package dev.rigwright.estimate;

import dev.rigwright.domain.PolicyFigures;

/**
 * What machines draw. Watts, kilowatt hours and dollars; whether that is too much is a rule's
 * judgement.
 */
public final class Power {

  private Power() {}

  /**
   * Watts at the wall at full load: board power of the cards and the processor's maximum, or the
   * usual overhead of processor and system where that is more, over the supply's efficiency.
   *
   * @param tdpWatts board power of one card; null where unknown
   * @param cpuMaxWatts null where the processor is owned and unknown
   * @return null where the card's power is unknown
   */
  public static Integer systemWatts(
      Integer tdpWatts, int cards, Integer cpuMaxWatts, PolicyFigures figures) {
    if (tdpWatts == null) {
      return null;
    }
    int rest = Math.max(cpuMaxWatts == null ? 0 : cpuMaxWatts, figures.systemOverheadWatts());
    return (int) Math.round((tdpWatts * cards + rest) / figures.psuEfficiency());
  }

  /** Energy of a year at full load for so many hours a day. */
  public static long kwhPerYear(int systemWatts, double hoursPerDay) {
    return Math.round(systemWatts / 1000.0 * hoursPerDay * 365);
  }

  /** What that energy costs. */
  public static long usdPerYear(int systemWatts, double hoursPerDay, double usdPerKwh) {
    return Math.round(systemWatts / 1000.0 * hoursPerDay * 365 * usdPerKwh);
  }
}
