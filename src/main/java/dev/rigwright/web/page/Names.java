package dev.rigwright.web.page;

import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.Model;
import dev.rigwright.domain.Role;
import dev.rigwright.domain.Service;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.Facts;
import dev.rigwright.web.InForce;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names of the catalogue that a person can type, each of which means one thing.
 *
 * @param models language models
 * @param services what hears, speaks or finds
 * @param cards cards
 */
public record Names(List<String> models, List<String> services, List<String> cards) {

  /** None at all. */
  static final Names NONE = new Names(List.of(), List.of(), List.of());

  public Names {
    models = List.copyOf(models);
    services = List.copyOf(services);
    cards = List.copyOf(cards);
  }

  /** The names of the facts in force, made once. */
  static Names of(InForce inForce) {
    return inForce.kept(
        "page.names", key -> new Names(models(inForce), services(inForce), cards(inForce)));
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

  private static List<String> services(InForce inForce) {
    Set<String> roles = Stream.of(Role.values()).map(Role::word).collect(Collectors.toSet());
    return inForce.facts().services().stream()
        .filter(service -> roles.contains(service.role()))
        .map(Service::id)
        .sorted()
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
