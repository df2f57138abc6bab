package dev.rigwright.domain;

import java.util.Map;

/**
 * Why cards must not be used for this.
 *
 * @param bars what it keeps out: {@code buying rtx-3050}, cards whatever their condition, or one
 *     candidate's id
 * @param condition of the cards, where it keeps out only those; null for any, and for owned ones
 */
public record Exclusion(
    String rule, String subject, String bars, Condition condition, Map<String, Object> values)
    implements Conclusion {

  /** Of few fields: truth maintenance asks for it again and again. */
  @Override
  public int hashCode() {
    return 31 * rule.hashCode() + bars.hashCode();
  }

  /** How much it keeps out. */
  public Reach reach() {
    if (bars.equals(subject)) {
      return Reach.CARDS;
    }
    return bars.equals(Candidate.buyingKey(subject)) ? Reach.PURCHASE : Reach.CANDIDATE;
  }
}
