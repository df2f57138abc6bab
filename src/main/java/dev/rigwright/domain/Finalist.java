package dev.rigwright.domain;

import java.util.Objects;

/**
 * A candidate in a whole machine, before anything is said against the machine.
 *
 * <p>Two are equal only if they say the same: the engine keeps one of equal conclusions, and a
 * stale one must not stand for the one that took its place.
 *
 * @param id the candidate's
 */
public record Finalist(
    String id, String gpu, String cards, long totalUsd, Build build, Sizing sizing) {

  @Override
  public boolean equals(Object other) {
    return other instanceof Finalist finalist
        && finalist.id.equals(id)
        && finalist.totalUsd == totalUsd
        && Objects.equals(finalist.sizing, sizing);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }
}
