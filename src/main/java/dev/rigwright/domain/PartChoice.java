package dev.rigwright.domain;

/**
 * The part that was chosen for a need, or that is kept.
 *
 * @param need what was asked for, such as {@code psu:750} or {@code ram:ddr5:64}
 */
public record PartChoice(String need, PartLine line) {

  @Override
  public boolean equals(Object other) {
    return other instanceof PartChoice choice
        && choice.need.equals(need)
        && choice.line.id().equals(line.id());
  }

  @Override
  public int hashCode() {
    return need.hashCode();
  }
}
