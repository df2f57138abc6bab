package dev.rigwright.report;

import dev.rigwright.domain.Limits;
import dev.rigwright.domain.Model;
import dev.rigwright.domain.Owned;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Role;
import dev.rigwright.domain.Scope;
import dev.rigwright.domain.Service;
import dev.rigwright.domain.UseCase;
import dev.rigwright.domain.Vendor;
import dev.rigwright.domain.WantedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What was asked, said back in a few lines, so that a buyer sees at once whether it was understood.
 */
final class Wish {

  private final Material material;
  private final Requirement requirement;

  Wish(Material material) {
    this.material = material;
    this.requirement = material.requirement();
  }

  String title() {
    String title = material.decision().title();
    return title == null || Foreign.line(title).isEmpty()
        ? material.decision().requirementId()
        : title;
  }

  /** Budget, people, uses. */
  String inShort() {
    List<String> parts = new ArrayList<>();
    parts.add(
        requirement.budgetUsd() == null ? "no budget named" : Prose.usd(requirement.budgetUsd()));
    parts.add(Prose.people(requirement.users()));
    parts.add(
        requirement.useCases().stream()
            .sorted()
            .map(UseCase::word)
            .collect(Collectors.joining(", ")));
    if (requirement.scope() == Scope.GPU) {
      parts.add("cards only");
    } else if (requirement.scope() == Scope.UPGRADE) {
      parts.add("an upgrade");
    }
    return String.join(" · ", parts);
  }

  List<String> need() {
    List<String> need = new ArrayList<>();
    String models = models();
    String context =
        Prose.tokens(requirement.contextTokens())
            + " of context"
            + (requirement.users() > 1 ? " each" : "");
    requirement.assumptions().stream()
        .filter(assumption -> assumption.field().equals("models"))
        .forEach(assumption -> need.add(Prose.capital(Prose.sentence(assumption.because()))));
    need.add(models.isEmpty() ? "No model that was tried" : models + "; " + context);
    if (hasOwned(requirement.owned())) {
      need.add("Owned: " + owned(requirement.owned()));
    }
    String limits = limits(requirement.limits());
    if (!limits.isEmpty()) {
      need.add("Limits: " + limits);
    }
    return need;
  }

  private String models() {
    return requirement.models().stream().map(this::model).collect(Collectors.joining(", "));
  }

  private String model(WantedModel wanted) {
    if (wanted.role() == Role.LLM) {
      Model model = material.facts().modelById().get(wanted.id());
      return (model == null ? wanted.id() : model.name()) + " at " + wanted.quantization().word();
    }
    Service service = material.facts().serviceById().get(wanted.id());
    return (service == null ? wanted.id() : service.name()) + " (" + wanted.role().word() + ")";
  }

  private static boolean hasOwned(Owned owned) {
    return owned.hasMachine() || !owned.gpus().isEmpty();
  }

  private String owned(Owned owned) {
    List<String> parts = new ArrayList<>();
    for (Owned.Gpus gpus : owned.gpus()) {
      parts.add(Prose.times(gpus.count()) + material.gpu(gpus.id()).label());
    }
    if (owned.psuWatts() != null) {
      parts.add("power supply of " + Prose.number(owned.psuWatts()) + " W");
    }
    if (owned.ramGib() != null) {
      parts.add(owned.ramGib() + " GB of RAM");
    }
    if (owned.cpuCores() != null) {
      parts.add(owned.cpuCores() + " cores");
    }
    if (owned.pcieX16Slots() != null) {
      parts.add(owned.pcieX16Slots() == 1 ? "1 long slot" : owned.pcieX16Slots() + " long slots");
    }
    return String.join(", ", parts);
  }

  private static String limits(Limits limits) {
    List<String> parts = new ArrayList<>();
    if (limits.maxSystemWatts() != null) {
      parts.add("at most " + Prose.number(limits.maxSystemWatts()) + " W at the wall");
    }
    if (limits.maxGpus() != null) {
      parts.add(limits.maxGpus() == 1 ? "1 card" : "at most " + limits.maxGpus() + " cards");
    }
    if (limits.maxGpuSlots() != null) {
      parts.add(Prose.decimal(limits.maxGpuSlots()) + " slots for cards");
    }
    if (limits.maxGpuLengthMm() != null) {
      parts.add("cards up to " + limits.maxGpuLengthMm() + " mm long");
    }
    if (!limits.vendors().isEmpty()) {
      parts.add(
          "cards by "
              + limits.vendors().stream().map(Vendor::word).collect(Collectors.joining(", ")));
    }
    if (limits.minTokensPerSecond() != null) {
      parts.add("at least " + Prose.decimal(limits.minTokensPerSecond()) + " tokens a second");
    }
    if (Boolean.TRUE.equals(limits.quiet())) {
      parts.add("quiet");
    }
    return String.join(", ", parts);
  }
}
