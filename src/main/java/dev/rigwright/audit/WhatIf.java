package dev.rigwright.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.audit.WhyNot.Attempt;
import java.util.List;

/**
 * Two decisions side by side: one that was recorded, and one on the same requirement with other
 * values.
 *
 * @param decisionId of the recorded one
 * @param otherId of the other
 * @param settings what was set
 * @param followed fields that nobody set, and whose default is another one now
 * @param rows what the two come to, line by line; where both sides are equal, nothing changed
 * @param newPick how far the cards that are recommended now had come before; null where the cards
 *     are the same, or there are none
 * @param oldPick how far the cards that were recommended come now; null where the cards are the
 *     same, or there were none
 * @param said warnings and conflicts that are not the same
 * @param refusals rules that refuse another number of cards and machines than before
 * @param causes rules that read a changed field, and conclude something else or no more
 * @param after how many further rules conclude something else, as a consequence
 * @param before the contract's decision as it was
 * @param then the contract's decision as it would be
 */
public record WhatIf(
    String decisionId,
    String otherId,
    List<Change> settings,
    List<Change> followed,
    List<Row> rows,
    Attempt newPick,
    Attempt oldPick,
    List<Saying> said,
    List<Refusal> refusals,
    List<Cause> causes,
    int after,
    JsonNode before,
    JsonNode then) {

  public WhatIf {
    settings = List.copyOf(settings);
    followed = List.copyOf(followed);
    rows = List.copyOf(rows);
    said = List.copyOf(said);
    refusals = List.copyOf(refusals);
    causes = List.copyOf(causes);
  }

  /**
   * A field with another value.
   *
   * @param from null where it was left open
   * @param to null where it is
   */
  public record Change(String field, Object from, Object to) {}

  /**
   * A line of the comparison.
   *
   * @param name what it is about, such as {@code total}
   * @param field the field that it is, whose name has the unit; null for a text
   * @param before null where there is none
   * @param then null where there is none
   */
  public record Row(String name, String field, Object before, Object then) {

    /** Whether both sides are equal. */
    public boolean same() {
      return before == null ? then == null : before.equals(then);
    }
  }

  /**
   * Something that is said now and was not, or the other way round, or in other words.
   *
   * @param before null where it was not said
   * @param then null where it is said no more
   */
  public record Saying(String rule, String subject, String before, String then) {}

  /** How many cards and machines a rule refuses. */
  public record Refusal(String rule, int before, int then) {}

  /**
   * A rule that reads what was changed and does not conclude the same.
   *
   * @param before how many conclusions it had
   * @param then how many it has
   */
  public record Cause(String rule, String file, int line, String because, int before, int then) {}
}
