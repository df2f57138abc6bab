package dev.rigwright.domain;

import java.util.List;
import java.util.Map;

/**
 * A numbered statement of the guide, in our words, and what published figures say of it.
 *
 * @param says what the guide states
 * @param finding what published figures say; null where nothing is known
 * @param condition for a conditional claim: what it hangs on
 * @param ours for a reworded claim: how we say it
 * @param safer for an inconsistent claim: the side that applies
 * @param about subjects that make the claim matter to a decision, each a kind and its key
 * @param topic where the claim is shown
 */
public record Claim(
    String id,
    String section,
    String kind,
    String lines,
    String says,
    ClaimStatus status,
    List<String> with,
    String finding,
    String condition,
    String ours,
    String safer,
    List<String> evidence,
    List<Map<String, Object>> about,
    String topic,
    String asOf,
    String source) {

  public Claim {
    Checks.text("id of a claim", id);
    with = with == null ? List.of() : List.copyOf(with);
    evidence = evidence == null ? List.of() : List.copyOf(evidence);
    about = about == null ? List.of() : List.copyOf(about);
    status = status == null ? ClaimStatus.UNCHECKED : status;
  }

  /** Our words where the guide's were corrected, else the statement. */
  public String words() {
    return ours == null ? says : ours;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Claim claim && claim.id.equals(id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }
}
