package dev.rigwright.engine;

import dev.rigwright.domain.ConditionWish;
import dev.rigwright.domain.KvCacheType;
import dev.rigwright.domain.Limits;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.WantedModel;
import java.util.ArrayList;
import java.util.List;

/** A requirement with one thing changed. */
final class Changes {

  private Changes() {}

  static Requirement models(
      Requirement r, List<WantedModel> models, Requirement.Assumption assumption) {
    List<Requirement.Assumption> assumptions = new ArrayList<>(r.assumptions());
    if (assumption != null) {
      assumptions.add(assumption);
    }
    return copy(
        r,
        r.budgetUsd(),
        models,
        r.contextTokens(),
        r.users(),
        r.condition(),
        r.limits(),
        r.kvCache(),
        assumptions);
  }

  static Requirement budget(Requirement r, Long budgetUsd) {
    return copy(
        r,
        budgetUsd,
        r.models(),
        r.contextTokens(),
        r.users(),
        r.condition(),
        r.limits(),
        r.kvCache(),
        r.assumptions());
  }

  static Requirement context(Requirement r, int contextTokens) {
    return copy(
        r,
        r.budgetUsd(),
        r.models(),
        contextTokens,
        r.users(),
        r.condition(),
        r.limits(),
        r.kvCache(),
        r.assumptions());
  }

  static Requirement users(Requirement r, int users) {
    return copy(
        r,
        r.budgetUsd(),
        r.models(),
        r.contextTokens(),
        users,
        r.condition(),
        r.limits(),
        r.kvCache(),
        r.assumptions());
  }

  static Requirement condition(Requirement r, ConditionWish condition) {
    return copy(
        r,
        r.budgetUsd(),
        r.models(),
        r.contextTokens(),
        r.users(),
        condition,
        r.limits(),
        r.kvCache(),
        r.assumptions());
  }

  static Requirement limits(Requirement r, Limits limits) {
    return copy(
        r,
        r.budgetUsd(),
        r.models(),
        r.contextTokens(),
        r.users(),
        r.condition(),
        limits,
        r.kvCache(),
        r.assumptions());
  }

  static Requirement kvCache(Requirement r, KvCacheType kvCache) {
    return copy(
        r,
        r.budgetUsd(),
        r.models(),
        r.contextTokens(),
        r.users(),
        r.condition(),
        r.limits(),
        kvCache,
        r.assumptions());
  }

  private static Requirement copy(
      Requirement r,
      Long budgetUsd,
      List<WantedModel> models,
      int contextTokens,
      int users,
      ConditionWish condition,
      Limits limits,
      KvCacheType kvCache,
      List<Requirement.Assumption> assumptions) {
    return new Requirement(
        r.id(),
        r.title(),
        r.asOf(),
        budgetUsd,
        r.scope(),
        models,
        contextTokens,
        r.promptTokens(),
        r.answerTokens(),
        users,
        r.useCases(),
        condition,
        r.region(),
        r.electricityUsdPerKwh(),
        r.hoursPerDay(),
        r.owned(),
        limits,
        kvCache,
        r.engine(),
        r.headless(),
        r.policy(),
        assumptions);
  }
}
