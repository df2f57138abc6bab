package dev.rigwright.engine;

import dev.rigwright.domain.Claim;
import dev.rigwright.domain.Finding;
import dev.rigwright.domain.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How the guide's claims were computed: what the rules of {@code rules/claims} concluded over the
 * catalogue before anybody asked, with its proof.
 *
 * @param proof says of each ground {@link Ground#how() how} it came about
 * @param standing all facts at the end, given and concluded; a claim among them is as it was
 *     published
 */
public record Judgement(Proof proof, List<Object> standing) {

  public Judgement {
    standing = List.copyOf(standing);
  }

  /**
   * What was concluded of a claim: the status that findings decide, if they do, then the findings.
   *
   * @return empty where nothing is computed of it
   */
  public List<Object> of(Claim claim) {
    List<Object> found = new ArrayList<>();
    standing.stream()
        .filter(fact -> fact instanceof Standing one && one.claim().equals(claim.id()))
        .forEach(found::add);
    standing.stream()
        .filter(fact -> fact instanceof Finding one && one.subject().equals(claim.id()))
        .map(Finding.class::cast)
        .sorted(
            Comparator.comparing(Finding::status)
                .reversed()
                .thenComparing(Finding::rule)
                .thenComparing(finding -> finding.values().toString()))
        .forEach(found::add);
    return found;
  }
}
