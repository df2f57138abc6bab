package dev.rigwright.engine;

import dev.rigwright.domain.Candidate;
import dev.rigwright.domain.Outcome;
import dev.rigwright.domain.Recommended;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Verdict;
import dev.rigwright.domain.WantedModel;
import java.util.List;
import java.util.Objects;

/**
 * What a decision comes to.
 *
 * @param label by what the machine is the best, such as {@code best-value}; null where nothing is
 *     recommended, as all that follows but the models
 * @param id of the finalist or of the guide's machine; null where it is not known
 * @param cards {@code rtx-3090} or {@code 2x rtx-3090}
 * @param condition of the cards that are bought; null where none is
 * @param totalUsd of the whole purchase
 * @param models that it was decided for, with their formats
 */
public record Standing(
    Outcome verdict,
    String label,
    String id,
    String gpu,
    String cards,
    String condition,
    Long totalUsd,
    List<String> models) {

  static Standing of(Pass pass) {
    Outcome verdict = null;
    Recommended recommended = null;
    for (Object fact : pass.facts()) {
      if (fact instanceof Verdict one) {
        verdict = one.outcome();
      } else if (fact instanceof Recommended one) {
        recommended = one;
      }
    }
    if (verdict == null) {
      throw new IllegalStateException("No rule says a verdict. Maybe rules/picks is incomplete.");
    }
    List<String> models = models(pass.requirement());
    return recommended == null
        ? new Standing(verdict, null, null, null, null, null, null, models)
        : new Standing(
            verdict,
            recommended.label().word(),
            recommended.id(),
            recommended.gpuId(),
            recommended.cards(),
            recommended.build().condition() == null ? null : recommended.build().condition().word(),
            recommended.build().totalUsd(),
            models);
  }

  /** What a whole decision comes to. */
  public static Standing of(Decision decision) {
    List<String> models = models(decision.requirement());
    Decision.Recommendation one = decision.recommendation();
    if (one == null) {
      return new Standing(decision.verdict(), null, null, null, null, null, null, models);
    }
    Decision.Cards cards = one.gpus().get(0);
    String condition = cards.condition() == null ? null : cards.condition().word();
    return new Standing(
        decision.verdict(),
        one.label(),
        null,
        cards.id(),
        Candidate.cards(cards.id(), cards.count()),
        condition,
        one.totalUsd(),
        models);
  }

  private static List<String> models(Requirement requirement) {
    return requirement.models().stream()
        .map((WantedModel one) -> one.id() + " " + one.quantization().word())
        .toList();
  }

  /**
   * Whether another decision says the same: the same verdict and, where something is recommended,
   * the same cards, as many, in the same condition, under the same label and for the same models.
   * What stands around the cards, and what it costs, may differ.
   */
  public boolean same(Standing other) {
    return verdict == other.verdict
        && Objects.equals(label, other.label)
        && Objects.equals(cards, other.cards)
        && Objects.equals(condition, other.condition)
        && (verdict == Outcome.INFEASIBLE || models.equals(other.models));
  }

  /** The keys under which a rule speaks against these cards. */
  List<String> barred() {
    return id == null ? List.of() : List.of(id, cards, Candidate.buyingKey(gpu));
  }
}
