package dev.rigwright.domain;

/**
 * The machine that the decision recommends or keeps, by whichever policy.
 *
 * @param label by what it is the best
 * @param id of the finalist or of the guide's machine
 */
public record Recommended(
    Label label, String id, String gpuId, String cards, int count, Build build) {

  @Override
  public boolean equals(Object other) {
    return other instanceof Recommended recommended
        && recommended.label == label
        && recommended.id.equals(id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }
}
