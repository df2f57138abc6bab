package dev.rigwright.engine;

import dev.rigwright.domain.ConditionWish;
import dev.rigwright.domain.KvCacheType;
import dev.rigwright.domain.Limits;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Requirement.Assumption;
import dev.rigwright.domain.WantedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A requirement with one thing changed. */
final class Changes {

  private final Requirement of;
  private final List<Assumption> assumptions;
  private Long budgetUsd;
  private List<WantedModel> models;
  private int contextTokens;
  private int users;
  private ConditionWish condition;
  private Limits limits;
  private KvCacheType kvCache;

  private Changes(Requirement of) {
    this.of = of;
    assumptions = new ArrayList<>(of.assumptions());
    budgetUsd = of.budgetUsd();
    models = of.models();
    contextTokens = of.contextTokens();
    users = of.users();
    condition = of.condition();
    limits = of.limits();
    kvCache = of.kvCache();
  }

  /** Other models, and what was assumed about them. */
  static Requirement models(Requirement of, List<WantedModel> models, Assumption assumption) {
    return changed(
        of,
        changes -> {
          changes.models = models;
          changes.assumptions.add(assumption);
        });
  }

  static Requirement models(Requirement of, List<WantedModel> models) {
    return changed(of, changes -> changes.models = models);
  }

  static Requirement budget(Requirement of, Long budgetUsd) {
    return changed(of, changes -> changes.budgetUsd = budgetUsd);
  }

  static Requirement context(Requirement of, int contextTokens) {
    return changed(of, changes -> changes.contextTokens = contextTokens);
  }

  static Requirement users(Requirement of, int users) {
    return changed(of, changes -> changes.users = users);
  }

  static Requirement condition(Requirement of, ConditionWish condition) {
    return changed(of, changes -> changes.condition = condition);
  }

  static Requirement limits(Requirement of, Limits limits) {
    return changed(of, changes -> changes.limits = limits);
  }

  static Requirement kvCache(Requirement of, KvCacheType kvCache) {
    return changed(of, changes -> changes.kvCache = kvCache);
  }

  private static Requirement changed(Requirement of, Consumer<Changes> change) {
    Changes changes = new Changes(of);
    change.accept(changes);
    return changes.requirement();
  }

  private Requirement requirement() {
    return new Requirement(
        of.id(),
        of.title(),
        of.asOf(),
        budgetUsd,
        of.scope(),
        models,
        contextTokens,
        of.promptTokens(),
        of.answerTokens(),
        users,
        of.useCases(),
        condition,
        of.region(),
        of.electricityUsdPerKwh(),
        of.hoursPerDay(),
        of.owned(),
        limits,
        kvCache,
        of.engine(),
        of.headless(),
        of.policy(),
        assumptions);
  }
}
