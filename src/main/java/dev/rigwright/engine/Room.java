package dev.rigwright.engine;

import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.KvCacheType;
import dev.rigwright.domain.Model;
import dev.rigwright.domain.ModelNeed;
import dev.rigwright.domain.Quantization;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Role;
import dev.rigwright.domain.Sizing;
import dev.rigwright.domain.UseCase;
import dev.rigwright.domain.WantedModel;
import dev.rigwright.domain.Workload;
import dev.rigwright.estimate.Memory;
import dev.rigwright.estimate.Speed;
import dev.rigwright.facts.Facts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** What else a set of cards would hold, and what would make it hold more: by estimating again. */
final class Room {

  private static final int MOST_USERS = 4096;
  private static final int CONTEXT_STEP = 256;

  private final Facts facts;
  private final Requirement requirement;
  private final Workload workload;
  private final Sizing sizing;
  private final Gpu gpu;
  private final int count;

  /**
   * Room on cards.
   *
   * @param workload as the rules made it of the requirement
   * @param sizing of the workload on the cards
   */
  Room(Facts facts, Requirement requirement, Workload workload, Sizing sizing) {
    this.facts = facts;
    this.requirement = requirement;
    this.workload = workload;
    this.sizing = sizing;
    this.gpu = facts.gpuById().get(sizing.gpu());
    this.count = sizing.count();
  }

  /** The largest context that fits, up to the models' own; 0 where none does. */
  int largestContext() {
    int own = Integer.MAX_VALUE;
    for (ModelNeed need : workload.models()) {
      Model model = facts.modelById().get(need.modelId());
      if (model != null && model.maxContextTokens() != null) {
        own = Math.min(own, model.maxContextTokens());
      }
    }
    int most = own == Integer.MAX_VALUE ? requirement.contextTokens() : own;
    int tokens = requirement.contextTokens();
    return Largest.of(most, scaled(tokens), more -> fits(Changes.context(requirement, more)));
  }

  /** The most sessions, each with the requirement's context, that fit; 0 where none does. */
  int mostUsers() {
    return Largest.of(
        MOST_USERS, scaled(requirement.users()), users -> fits(Changes.users(requirement, users)));
  }

  /**
   * The most sessions, all starting at once, of which the last hears in time, as far as the latency
   * limit of a use case goes; null where no use case has one or the speed is unknown.
   */
  Integer mostUsersInTime() {
    Double limit = null;
    for (UseCase useCase : requirement.useCases()) {
      Double own = facts.latencySeconds(useCase);
      limit = own == null || limit != null && limit < own ? limit : own;
    }
    if (limit == null || sized(requirement).lastFirstTokenSeconds() == null) {
      return null;
    }
    double seconds = limit;
    return Largest.of(
        MOST_USERS,
        requirement.users(),
        users -> {
          Sizing sizing = sized(Changes.users(requirement, users));
          return sizing.missingBytes() == 0
              && sizing.lastFirstTokenSeconds() != null
              && sizing.lastFirstTokenSeconds() <= seconds;
        });
  }

  /**
   * The smallest single changes that make it fit, each of them estimated.
   *
   * @param movable models that would do on the processor
   */
  List<Fitting.Change> changes(Set<String> movable) {
    List<Fitting.Change> changes = new ArrayList<>();
    offTheCard(changes, movable);
    cache(changes);
    int context = largestContext() / CONTEXT_STEP * CONTEXT_STEP;
    if (context > 0 && context < requirement.contextTokens()) {
      add(
          changes,
          "contextTokens",
          requirement.contextTokens(),
          context,
          sized(Changes.context(requirement, context)));
    }
    int users = mostUsers();
    if (users > 0 && users < requirement.users()) {
      add(changes, "users", requirement.users(), users, sized(Changes.users(requirement, users)));
    }
    quantization(changes);
    for (int more = count + 1; more <= 2 * count && more <= 16; more++) {
      Sizing sizing = Speed.size(gpu, more, workload, requirement, facts.figures());
      if (add(changes, "count", count, more, sizing)) {
        break;
      }
    }
    nextCard(changes);
    return changes;
  }

  /** The smallest of the models that would do on the processor whose leaving is enough. */
  private void offTheCard(List<Fitting.Change> changes, Set<String> movable) {
    List<ModelNeed> smallestFirst = new ArrayList<>(workload.models());
    smallestFirst.sort(
        Comparator.comparingLong(ModelNeed::bytes).thenComparing(ModelNeed::modelId));
    for (ModelNeed need : smallestFirst) {
      if (!need.onCpu() && movable.contains(need.modelId())) {
        List<ModelNeed> others = new ArrayList<>(workload.models());
        others.remove(need);
        Workload without = new Workload(others, workload.users());
        Sizing sizing = Speed.size(gpu, count, without, requirement, facts.figures());
        if (add(changes, "onCpu", List.of(), List.of(need.modelId()), sizing)) {
          return;
        }
      }
    }
  }

  private void cache(List<Fitting.Change> changes) {
    for (KvCacheType smaller : List.of(KvCacheType.Q8_0, KvCacheType.Q4_0)) {
      if (smaller.ordinal() > requirement.kvCache().ordinal()
          && smaller.engines().contains(requirement.engine())) {
        Requirement changed = Changes.kvCache(requirement, smaller);
        if (add(changes, "kvCache", requirement.kvCache(), smaller, sized(changed))) {
          return;
        }
      }
    }
  }

  private void quantization(List<Fitting.Change> changes) {
    ModelNeed largest = workload.largest();
    if (largest == null) {
      return;
    }
    for (Quantization smaller : Quantization.values()) {
      if (smaller.bitsPerWeight() >= largest.quantization().bitsPerWeight()
          || !smaller.engines().contains(requirement.engine())) {
        continue;
      }
      List<WantedModel> models = new ArrayList<>();
      for (WantedModel wanted : requirement.models()) {
        models.add(
            wanted.id().equals(largest.modelId())
                ? new WantedModel(wanted.id(), wanted.role(), smaller)
                : wanted);
      }
      Sizing sizing = sized(Changes.models(requirement, models));
      if (add(changes, "quantization", largest.quantization(), smaller, sizing)) {
        return;
      }
    }
  }

  /** The card with the least memory that holds it, of the same maker and on sale. */
  private void nextCard(List<Fitting.Change> changes) {
    Gpu best = null;
    Sizing bestSizing = null;
    for (Gpu other : facts.gpus()) {
      if (other.vramGib() == null
          || other.vramGib() <= gpu.vramGib()
          || other.vendor() != gpu.vendor()
          || facts.offers().stream().noneMatch(offer -> offer.itemId().equals(other.id()))
          || best != null && best.vramGib() <= other.vramGib()) {
        continue;
      }
      Sizing sizing = Speed.size(other, count, workload, requirement, facts.figures());
      if (sizing.missingBytes() == 0) {
        best = other;
        bestSizing = sizing;
      }
    }
    if (best != null) {
      add(changes, "gpu", gpu.id(), best.id(), bestSizing);
    }
  }

  private static boolean add(
      List<Fitting.Change> changes, String field, Object from, Object to, Sizing sizing) {
    if (sizing.missingBytes() > 0) {
      return false;
    }
    changes.add(new Fitting.Change(field, from, to, sizing));
    return true;
  }

  private boolean fits(Requirement changed) {
    return sized(changed).missingBytes() == 0;
  }

  private Sizing sized(Requirement changed) {
    return Speed.size(gpu, count, again(changed), changed, facts.figures());
  }

  /** The workload of a changed requirement: what services take does not depend on it. */
  private Workload again(Requirement changed) {
    List<ModelNeed> needs = new ArrayList<>();
    for (ModelNeed need : workload.models()) {
      if (need.role() != Role.LLM) {
        needs.add(need);
        continue;
      }
      for (WantedModel wanted : changed.models()) {
        if (wanted.id().equals(need.modelId())) {
          needs.add(
              Memory.need(facts.modelById().get(wanted.id()), wanted, changed, facts.figures()));
        }
      }
    }
    return new Workload(needs, changed.users());
  }

  /** What fills the memory if the KV cache grows with it, as it nearly does. */
  private int scaled(int with) {
    return Largest.scaled(with, sizing);
  }
}
