package dev.rigwright.engine;

import dev.rigwright.domain.Build;
import dev.rigwright.domain.CardCount;
import dev.rigwright.domain.ConditionWish;
import dev.rigwright.domain.Engine;
import dev.rigwright.domain.Finalist;
import dev.rigwright.domain.GuideCard;
import dev.rigwright.domain.KvCacheType;
import dev.rigwright.domain.Label;
import dev.rigwright.domain.Limits;
import dev.rigwright.domain.Model;
import dev.rigwright.domain.Policy;
import dev.rigwright.domain.Quantization;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Role;
import dev.rigwright.domain.Scope;
import dev.rigwright.domain.WantedModel;
import dev.rigwright.engine.Decision.Cards;
import dev.rigwright.engine.Decision.Recommendation;
import dev.rigwright.engine.Decision.Relaxation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * The smallest single changes of a requirement that bring an answer. Each is proven by deciding
 * again; which fields are worth trying is read from what was excluded and rejected.
 */
final class Relaxations {

  private static final int MOST = 8;
  private static final int CONTEXT_STEP = 256;

  private final Advisor advisor;
  private final List<Relaxation> found = new ArrayList<>();
  private final List<Recommendation> alternatives = new ArrayList<>();

  Relaxations(Advisor advisor) {
    this.advisor = advisor;
  }

  Decision relaxed(Decision d) {
    Requirement requirement = d.requirement();
    if (requirement.policy() == Policy.GUIDE) {
      guideBudget(requirement);
    } else {
      Set<String> blocking = blocking(d);
      if (blocking.contains("budgetUsd")) {
        budget(requirement);
      }
      if (blocking.contains("contextTokens")) {
        context(requirement);
        users(requirement);
        kvCache(requirement);
        quantization(requirement);
      }
      condition(requirement);
      limits(requirement, blocking);
    }
    List<Relaxation> most = found.size() > MOST ? found.subList(0, MOST) : found;
    return d.relaxed(alternatives, most);
  }

  /**
   * The fields that the rules which excluded or rejected something name as those that would lift
   * it.
   */
  private Set<String> blocking(Decision d) {
    return d.exclusions().stream()
        .map(excluded -> advisor.rulebook().rule(excluded.rule()).relaxes())
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  private Glance decide(Requirement requirement) {
    return advisor.glance(requirement, Glance::of);
  }

  private boolean add(String field, Object from, Object to, Glance with) {
    if (!with.feasible()) {
      return false;
    }
    Build bought = with.recommended();
    found.add(
        new Relaxation(
            field,
            from,
            to,
            with.verdict(),
            bought == null ? null : bought.totalUsd(),
            bought == null ? List.of() : List.of(Cards.of(bought, advisor.facts()))));
    return true;
  }

  /** The cheapest machine that meets the rest tells the least budget. */
  private void budget(Requirement r) {
    if (r.budgetUsd() == null) {
      return;
    }
    Cheapest cheapest = cheapest(Changes.budget(r, null));
    if (cheapest == null) {
      return;
    }
    // A cheaper machine may have given way to this one; for less money it is the one there is.
    for (Cheapest less = cheapest; less != null; ) {
      cheapest = less;
      less = less.least() ? null : cheapest(Changes.budget(r, less.machine().totalUsd() - 1));
    }
    long total = cheapest.machine().totalUsd();
    alternatives.add(cheapest.machine());
    add("budgetUsd", r.budgetUsd(), total, decide(Changes.budget(r, total)));
  }

  /**
   * The alternative of the lowest total.
   *
   * @param least whether no other finalist costs less, not even one that gave way
   */
  private record Cheapest(Recommendation machine, boolean least) {}

  private Cheapest cheapest(Requirement r) {
    return advisor.glance(
        r,
        settled -> {
          Recommendation machine = advisor.assembly(r, settled).cheapest();
          return machine == null
              ? null
              : new Cheapest(
                  machine,
                  settled.all(Finalist.class).stream()
                      .noneMatch(other -> other.totalUsd() < machine.totalUsd()));
        });
  }

  private void guideBudget(Requirement r) {
    if (r.budgetUsd() == null) {
      return;
    }
    SortedSet<Long> steps = new TreeSet<>();
    if (r.scope() == Scope.BUILD) {
      advisor.facts().tiers().forEach(tier -> steps.add(tier.lowUsd()));
    } else {
      advisor.facts().guideCards().stream()
          .filter(GuideCard::inValueTable)
          .forEach(card -> steps.add(card.lowUsd()));
    }
    for (long step : steps.tailSet(r.budgetUsd() + 1)) {
      if (add("budgetUsd", r.budgetUsd(), step, decide(Changes.budget(r, step)))) {
        return;
      }
    }
  }

  private void context(Requirement r) {
    // In less than its prompt and the answer to it nobody can ask anything.
    int least = (int) Math.ceil((double) (r.promptTokens() + r.answerTokens()) / CONTEXT_STEP);
    largest(
        "contextTokens",
        r.contextTokens(),
        CONTEXT_STEP,
        least,
        tokens -> Changes.context(r, tokens));
  }

  private void users(Requirement r) {
    largest("users", r.users(), 1, 1, users -> Changes.users(r, users));
  }

  /**
   * The largest multiple of a step below a value that is feasible; what is less is feasible too.
   *
   * @param leastSteps fewer are no change that anybody wants
   */
  private void largest(
      String field, int from, int step, int leastSteps, IntFunction<Requirement> with) {
    int most = (from - 1) / step;
    Glance smallest = most < leastSteps ? null : decide(with.apply(leastSteps * step));
    if (smallest == null || !smallest.feasible()) {
      return;
    }
    Map<Integer, Glance> seen = new HashMap<>(Map.of(leastSteps, smallest));
    Finalist roomiest = smallest.picks().get(Label.ROOMIEST);
    int near =
        roomiest == null ? most : Largest.scaled(leastSteps * step, roomiest.sizing()) / step;
    int found =
        Largest.of(
            most,
            near,
            steps ->
                seen.computeIfAbsent(steps, tried -> decide(with.apply(tried * step))).feasible());
    add(field, from, found * step, seen.get(found));
  }

  private void kvCache(Requirement r) {
    if (r.kvCache() == KvCacheType.Q4_0 || r.engine() != Engine.LLAMA_CPP) {
      return;
    }
    Glance smallest = decide(Changes.kvCache(r, KvCacheType.Q4_0));
    if (!smallest.feasible()) {
      return;
    }
    if (r.kvCache() != KvCacheType.Q8_0
        && add(
            "kvCache",
            r.kvCache().word(),
            KvCacheType.Q8_0.word(),
            decide(Changes.kvCache(r, KvCacheType.Q8_0)))) {
      return;
    }
    add("kvCache", r.kvCache().word(), KvCacheType.Q4_0.word(), smallest);
  }

  private void quantization(Requirement r) {
    WantedModel largest = null;
    for (WantedModel wanted : r.models()) {
      if (wanted.role() == Role.LLM && (largest == null || params(wanted) > params(largest))) {
        largest = wanted;
      }
    }
    if (largest == null) {
      return;
    }
    int at = r.models().indexOf(largest);
    List<Quantization> smaller = smaller(largest.quantization(), r);
    int low = 0;
    Glance found = smaller.isEmpty() ? null : decide(with(r, at, smaller.get(smaller.size() - 1)));
    if (found == null || !found.feasible()) {
      return;
    }
    // The widest format that is feasible; what is narrower is feasible too.
    for (int high = smaller.size() - 1; ; ) {
      if (low == high) {
        add(
            "models/" + at + "/quantization",
            largest.quantization().word(),
            smaller.get(high).word(),
            found);
        return;
      }
      int middle = (low + high) >>> 1;
      Glance tried = decide(with(r, at, smaller.get(middle)));
      if (tried.feasible()) {
        high = middle;
        found = tried;
      } else {
        low = middle + 1;
      }
    }
  }

  /** The requirement with one of its models in another format. */
  private static Requirement with(Requirement r, int model, Quantization quantization) {
    List<WantedModel> models = new ArrayList<>(r.models());
    WantedModel wanted = models.get(model);
    models.set(model, new WantedModel(wanted.id(), wanted.role(), quantization));
    return Changes.models(r, models);
  }

  private double params(WantedModel wanted) {
    Model model = advisor.facts().modelById().get(wanted.id());
    return model == null ? 0 : model.paramsB();
  }

  private static List<Quantization> smaller(Quantization than, Requirement r) {
    List<Quantization> smaller = new ArrayList<>();
    for (Quantization other : Quantization.values()) {
      if (other.bitsPerWeight() < than.bitsPerWeight()
          && other.engines().contains(r.engine())
          && other != Quantization.MXFP4) {
        smaller.add(other);
      }
    }
    smaller.sort((a, b) -> Double.compare(b.bitsPerWeight(), a.bitsPerWeight()));
    return smaller;
  }

  private void condition(Requirement r) {
    if (r.condition() != ConditionWish.ANY) {
      add(
          "condition",
          r.condition().word(),
          ConditionWish.ANY.word(),
          decide(Changes.condition(r, ConditionWish.ANY)));
    }
  }

  /** Each limit in turn lifted; what the machine then needs is the least that it must be. */
  private void limits(Requirement r, Set<String> blocking) {
    Limits l = r.limits();
    if (blocking.contains("limits.maxSystemWatts")) {
      Glance open = decide(Changes.limits(r, without(l, "maxSystemWatts")));
      if (open.feasible()) {
        Integer watts = open.recommended().systemWatts();
        add("limits.maxSystemWatts", l.maxSystemWatts(), watts, open);
      }
    }
    if (blocking.contains("limits.maxGpus")) {
      boolean found = false;
      for (CardCount more : advisor.facts().cardCounts()) {
        if (!found && more.count() > l.maxGpus()) {
          Limits raised = limits(l, "maxGpus", more.count(), l.minTokensPerSecond());
          found =
              add("limits.maxGpus", l.maxGpus(), more.count(), decide(Changes.limits(r, raised)));
        }
      }
    }
    lifted(r, blocking, "maxGpuSlots", l.maxGpuSlots());
    lifted(r, blocking, "quiet", Boolean.TRUE.equals(l.quiet()) ? l.quiet() : null);
    lifted(r, blocking, "maxGpuLengthMm", l.maxGpuLengthMm());
    lifted(r, blocking, "vendors", l.vendors().isEmpty() ? null : l.vendors());
    if (blocking.contains("limits.minTokensPerSecond")) {
      Finalist open =
          decide(Changes.limits(r, without(l, "minTokensPerSecond"))).picks().get(Label.FASTEST);
      double fastest =
          open == null ? 0 : Math.floor(Estimates.tokensPerSecond(open.sizing().tokensPerSecond()));
      if (fastest > 0) {
        Limits slower = limits(l, "minTokensPerSecond", l.maxGpus(), fastest);
        add(
            "limits.minTokensPerSecond",
            l.minTokensPerSecond(),
            fastest,
            decide(Changes.limits(r, slower)));
      }
    }
  }

  private void lifted(Requirement r, Set<String> blocking, String field, Object from) {
    if (from != null && blocking.contains("limits." + field)) {
      add("limits." + field, from, "none", decide(Changes.limits(r, without(r.limits(), field))));
    }
  }

  private static Limits without(Limits l, String field) {
    return limits(l, field, null, null);
  }

  /** The limits with one field's value changed, or taken away where none is given for it. */
  private static Limits limits(Limits l, String field, Integer maxGpus, Double minTokens) {
    return new Limits(
        field.equals("maxSystemWatts") ? null : l.maxSystemWatts(),
        field.equals("maxGpus") ? maxGpus : l.maxGpus(),
        field.equals("maxGpuSlots") ? null : l.maxGpuSlots(),
        field.equals("maxGpuLengthMm") ? null : l.maxGpuLengthMm(),
        field.equals("vendors") ? List.of() : l.vendors(),
        field.equals("minTokensPerSecond") ? minTokens : l.minTokensPerSecond(),
        field.equals("quiet") ? null : l.quiet());
  }
}
