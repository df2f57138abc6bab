package dev.rigwright.domain;

/**
 * A card's figure in the guide and in the catalogue.
 *
 * @param what the figure, such as {@code board power}
 * @param known the catalogue's; null where unknown
 */
public record Spec(
    String claim, String card, String what, double stated, Double known, String unit) {

  /** Of cards of one kind together, the figure of one times their number. */
  public static Spec of(
      String claim, Gpu gpu, int count, String what, Number stated, Number one, String unit) {
    return new Spec(
        claim,
        (count == 1 ? "" : count + "x ") + gpu.label(),
        what,
        stated.doubleValue(),
        one == null ? null : (Double) (count * one.doubleValue()),
        unit);
  }

  /** How far the two are from each other, as a share of the catalogue's; 0 where it is unknown. */
  public double apart() {
    return known == null ? 0 : Math.abs(stated - known) / known;
  }
}
