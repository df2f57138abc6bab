package dev.rigwright.report;

import dev.rigwright.domain.ClaimSubject;
import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.Model;
import dev.rigwright.domain.Origin;
import dev.rigwright.domain.PartKind;
import dev.rigwright.domain.WantedModel;
import dev.rigwright.engine.Decision.Cards;
import dev.rigwright.engine.Decision.Recommendation;
import java.util.List;

/** Whether what a statement of the guide is about is what this buyer asks for or gets. */
final class Nearness {

  private final Material material;
  private final Recommendation machine;

  Nearness(Material material) {
    this.material = material;
    this.machine = material.shown();
  }

  /** Whether anything that the statement is about is near. */
  boolean isNear(String claim) {
    return material.about(claim).stream().anyMatch(this::isNear);
  }

  /** Whether the subject is the tier, a card, a size or a condition of this buyer. */
  boolean isNear(ClaimSubject subject) {
    return switch (subject.kind()) {
      case "any" -> true;
      case "tier" -> isTier(subject.key());
      case "buying" -> isBought(subject.key());
      case "sizeB" -> isSize(subject.key());
      case "useCase" ->
          material.requirement().useCases().stream()
              .anyMatch(use -> use.word().equals(subject.key()));
      default -> machine != null && isOf(subject, machine.gpus());
    };
  }

  /** Whether the subject is the picked cards, or their memory. */
  boolean isOfPick(ClaimSubject subject) {
    return machine != null && isOf(subject, machine.gpus());
  }

  /** Whether the subject is these cards, so many, or their memory. */
  boolean isOf(ClaimSubject subject, List<Cards> cards) {
    return cards.stream().anyMatch(each -> isOf(subject, each));
  }

  private boolean isOf(ClaimSubject subject, Cards cards) {
    Gpu gpu = material.gpu(cards.id());
    return switch (subject.kind()) {
      case "gpu" -> subject.key().equals(cards.id());
      case "gpus" -> subject.key().equals(Prose.times(cards.count()) + cards.id());
      case "cards" -> subject.key().equals(cards.count() > 1 ? "2" : "1");
      case "vramGib" -> gpu != null && subject.key().equals(String.valueOf(gpu.vramGib()));
      default -> false;
    };
  }

  /** The budget's tier; where the budget buys nothing, its tier helps nobody. */
  private boolean isTier(String key) {
    return !material.infeasible()
        && material.decision().tier() != null
        && material.decision().tier().id().equals(key);
  }

  /** Whether a model asked for is about that large. */
  private boolean isSize(String key) {
    double size = Double.parseDouble(key);
    for (WantedModel wanted : material.requirement().models()) {
      Model model = material.facts().modelById().get(wanted.id());
      if (model != null && model.paramsB() != null && Math.abs(model.paramsB() - size) < size / 4) {
        return true;
      }
    }
    return false;
  }

  /** Whether a card of that condition is bought. */
  private boolean isBought(String condition) {
    return machine != null
        && machine.parts().stream()
            .filter(part -> part.kind() == PartKind.GPU && part.origin() == Origin.BUY)
            .anyMatch(
                part -> part.condition() != null && part.condition().word().equals(condition));
  }
}
