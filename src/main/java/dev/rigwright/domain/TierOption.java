package dev.rigwright.domain;

import java.util.List;

/**
 * A complete machine of the guide.
 *
 * @param id such as {@code entry} or {@code enterprise-a}
 * @param rank 0 for the option that the guide's overview names
 * @param claims which claims name its cards
 * @param parts what else the guide names; parts that it leaves open are marked as ours
 */
public record TierOption(
    String id,
    String tier,
    String name,
    int rank,
    String gpu,
    int count,
    Condition condition,
    int psuWatts,
    int ramGib,
    Cooling cooling,
    List<String> claims,
    List<NamedPart> parts,
    String source,
    String asOf) {

  /**
   * A part of a guide's machine.
   *
   * @param ours true where the guide names none and Rigwright fills the gap
   */
  public record NamedPart(String part, List<String> claims, boolean ours) {

    public NamedPart {
      claims = claims == null ? List.of() : List.copyOf(claims);
    }
  }

  public TierOption {
    Checks.text("id of a tier's option", id);
    claims = claims == null ? List.of() : List.copyOf(claims);
    parts = parts == null ? List.of() : List.copyOf(parts);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TierOption option && option.id.equals(id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }
}
