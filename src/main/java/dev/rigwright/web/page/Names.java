package dev.rigwright.web.page;

import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.Model;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.Facts;
import dev.rigwright.web.InForce;
import java.util.List;

/** Names of the catalogue that a person can type, each of which means one thing. */
record Names(List<String> models, List<String> cards) {

  /** The names of the facts in force, made once. */
  static Names of(InForce inForce) {
    return inForce.kept("page.names", key -> new Names(models(inForce), cards(inForce)));
  }

  private static List<String> models(InForce inForce) {
    Facts facts = inForce.facts();
    dev.rigwright.facts.Names names = inForce.advisor().reader().names();
    return facts.models().stream()
        .map(
            (Model model) ->
                means(() -> names.model(model.name(), ""), model.id()) ? model.name() : model.id())
        .sorted(String.CASE_INSENSITIVE_ORDER)
        .toList();
  }

  private static List<String> cards(InForce inForce) {
    Facts facts = inForce.facts();
    dev.rigwright.facts.Names names = inForce.advisor().reader().names();
    return facts.gpus().stream()
        .map((Gpu gpu) -> means(() -> names.gpu(gpu.name(), ""), gpu.id()) ? gpu.name() : gpu.id())
        .sorted(String.CASE_INSENSITIVE_ORDER)
        .toList();
  }

  private static boolean means(java.util.function.Supplier<String> found, String id) {
    try {
      return found.get().equals(id);
    } catch (BadInputException ambiguous) {
      return false;
    }
  }
}
