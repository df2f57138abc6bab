package dev.rigwright.audit;

import dev.rigwright.domain.Condition;
import dev.rigwright.domain.Label;
import dev.rigwright.domain.Outcome;
import dev.rigwright.domain.Severity;
import dev.rigwright.engine.Decision.Cards;
import java.util.List;

/**
 * Why a card was not picked.
 *
 * @param decisionId the decision that is asked about
 * @param verdict how it ends
 * @param winner the cards that it recommends; empty where there are none
 * @param winnerUsd what the recommended machine costs; null where there is none
 * @param gpu the card's id
 * @param name as it stands on the box
 * @param attempts the numbers and conditions of it that were looked at, the nearest to a pick first
 * @param notes what keeps the card out whatever its number, in words
 */
public record WhyNot(
    String decisionId,
    Outcome verdict,
    List<Cards> winner,
    Long winnerUsd,
    String gpu,
    String name,
    List<Attempt> attempts,
    List<String> notes) {

  public WhyNot {
    winner = List.copyOf(winner);
    attempts = List.copyOf(attempts);
    notes = List.copyOf(notes);
  }

  /** How far so many of a card came. */
  public enum State {
    /** It is recommended. */
    PICKED,
    /** It is a whole machine that nothing is said against, and another one is better. */
    LOST,
    /** It is a whole machine, and others go before it whatever their score. */
    SET_BACK,
    /** The whole machine was refused. */
    REJECTED,
    /** Nothing is said against the cards, and no machine could be put together around them. */
    NO_MACHINE,
    /** The cards were refused. */
    EXCLUDED,
    /** Nobody sells the cards; this is what would be said if they were there. */
    NOT_SOLD
  }

  /**
   * So many of a card, in one condition.
   *
   * @param candidate its id, such as {@code 2x rtx-4090 used}
   * @param condition null where the cards are owned, or nobody sells them
   * @param forced whether the decision left it out as one that cannot matter, and it was looked at
   *     only because somebody asked
   * @param totalUsd of the whole machine; null where there is none
   * @param against what was said against it
   * @param comparisons how it stands against the winner, under each label that it has a score for
   */
  public record Attempt(
      String candidate,
      int count,
      Condition condition,
      State state,
      boolean forced,
      Long totalUsd,
      List<Against> against,
      List<Comparison> comparisons) {

    public Attempt {
      against = List.copyOf(against);
      comparisons = List.copyOf(comparisons);
    }
  }

  /**
   * What a rule says against it.
   *
   * @param severity null for a rule that does not speak to a buyer
   * @param says in the rule's words, with its values; empty for a rule without a wording
   */
  public record Against(
      String rule,
      String file,
      int line,
      Severity severity,
      String says,
      String because,
      List<String> sources) {

    public Against {
      sources = List.copyOf(sources);
    }
  }

  /**
   * Two scores under a label. Higher is better; equal ones are settled by the lower total, then by
   * the candidate's id.
   *
   * @param decides whether the recommendation goes by this label
   * @param winner the candidate that nothing beats
   */
  public record Comparison(
      Label label,
      boolean decides,
      double value,
      long totalUsd,
      String winner,
      double winnerValue,
      long winnerUsd) {

    /** Whether it is the winner itself. */
    public boolean won(String candidate) {
      return winner.equals(candidate);
    }
  }
}
