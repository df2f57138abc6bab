package dev.rigwright.domain;

/**
 * A candidate in a whole machine, before anything is said against the machine.
 *
 * @param id the candidate's
 */
public record Finalist(
    String id, String gpu, String cards, long totalUsd, Build build, Sizing sizing) {

  @Override
  public boolean equals(Object other) {
    return other instanceof Finalist finalist && finalist.id.equals(id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }
}
