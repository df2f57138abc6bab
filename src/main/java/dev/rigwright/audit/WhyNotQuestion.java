package dev.rigwright.audit;

import dev.rigwright.audit.WhyNot.Against;
import dev.rigwright.audit.WhyNot.Attempt;
import dev.rigwright.audit.WhyNot.Comparison;
import dev.rigwright.audit.WhyNot.State;
import dev.rigwright.domain.Candidate;
import dev.rigwright.domain.Conclusion;
import dev.rigwright.domain.Exclusion;
import dev.rigwright.domain.Finalist;
import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.Label;
import dev.rigwright.domain.Offer;
import dev.rigwright.domain.Pick;
import dev.rigwright.domain.Policy;
import dev.rigwright.domain.Recommended;
import dev.rigwright.domain.Rejection;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Score;
import dev.rigwright.domain.Severity;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Decision;
import dev.rigwright.engine.Decision.Recommendation;
import dev.rigwright.engine.Explained;
import dev.rigwright.engine.Ground;
import dev.rigwright.engine.Property;
import dev.rigwright.engine.Spoken;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.Names;
import dev.rigwright.rulebook.RuleInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a decision did not pick a card. It is decided again with every number of every card among the
 * candidates; what was said against each, and the scores that it lost to, are read from there.
 */
public final class WhyNotQuestion {

  private static final Pattern SEVERAL = Pattern.compile("(?:([1-9]\\d{0,2})\\s*x\\s+)?(.+)");

  private final Advisor advisor;
  private final Decision decision;
  private final Set<String> lookedAt = new HashSet<>();
  private final Explained all;
  private final Map<String, Finalist> finalists = new HashMap<>();
  private final Map<Label, Pick> picks = new HashMap<>();
  private final List<Score> scores = new ArrayList<>();
  private final Recommended recommended;

  private WhyNotQuestion(Advisor advisor, Requirement requirement) {
    this.advisor = advisor;
    Explained plain = advisor.explain(requirement);
    this.decision = plain.decision();
    of(plain, Candidate.class).forEach(candidate -> lookedAt.add(candidate.id()));
    this.all = advisor.explainAll(decision.requirement());
    of(all, Finalist.class).forEach(finalist -> finalists.put(finalist.id(), finalist));
    of(all, Pick.class).forEach(pick -> picks.put(pick.label(), pick));
    scores.addAll(of(all, Score.class));
    this.recommended = of(all, Recommended.class).stream().findFirst().orElse(null);
  }

  private static <T> List<T> of(Explained explained, Class<T> type) {
    return explained.standing().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /**
   * Why a card was not picked.
   *
   * @param advisor the rules and facts of the decision
   * @param card a card by any of its names, with or without a number, as {@code 2x rtx-4090}
   * @throws BadInputException if there is no such card; the message has what is near
   */
  public static WhyNot ask(
      Advisor advisor, Requirement requirement, String decisionId, String card) {
    Matcher several = SEVERAL.matcher(card.strip());
    String name = several.matches() ? several.group(2) : card;
    String gpu = new Names(advisor.facts()).gpu(name, "");
    Integer count = several.group(1) == null ? null : Integer.valueOf(several.group(1));
    return new WhyNotQuestion(advisor, requirement).answer(decisionId, gpu, count);
  }

  private WhyNot answer(String decisionId, String id, Integer count) {
    Gpu gpu = advisor.facts().gpuById().get(id);
    List<Attempt> attempts = new ArrayList<>();
    for (Candidate candidate : of(all, Candidate.class)) {
      if (candidate.gpu().equals(id) && (count == null || candidate.count() == count)) {
        attempts.add(attempt(candidate));
      }
    }
    List<String> notes = new ArrayList<>();
    boolean sold = of(all, Offer.class).stream().anyMatch(offer -> offer.itemId().equals(id));
    if (!sold) {
      notes.add(
          "No offer for it is known (facts/catalog/offers.json): it can be owned and asked about, not recommended.");
    }
    if (attempts.isEmpty()) {
      attempts.add(asked(gpu, count == null ? 1 : count));
      if (sold) {
        notes.add(
            "No rule makes a candidate of so many of it. Ask why-not for bought/one-card or bought/several-cards.");
      }
    }
    if (decision.policy() == Policy.GUIDE) {
      notes.add(
          "The guide was asked for to the letter (policy guide): its own machine for the budget is recommended, and no scores decide.");
    }
    attempts.sort(
        Comparator.comparing(Attempt::state)
            .thenComparingInt(Attempt::count)
            .thenComparing(Attempt::candidate));
    Recommendation machine = decision.recommendation();
    return new WhyNot(
        decisionId,
        decision.verdict(),
        machine == null ? List.of() : machine.gpus(),
        machine == null ? null : machine.totalUsd(),
        id,
        gpu.label(),
        attempts,
        notes);
  }

  private Attempt attempt(Candidate candidate) {
    List<Against> against = new ArrayList<>();
    for (Exclusion exclusion : of(all, Exclusion.class)) {
      if (bars(exclusion, candidate)) {
        against.add(against(exclusion.rule(), exclusion));
      }
    }
    boolean excluded = !against.isEmpty();
    Finalist finalist = finalists.get(candidate.id());
    for (Rejection rejection : of(all, Rejection.class)) {
      if (rejection.subject().equals(candidate.id())) {
        against.add(against(rejection.rule(), rejection));
      }
    }
    boolean refused = !against.isEmpty();
    List<Comparison> comparisons = finalist == null ? List.of() : comparisons(finalist.id());
    if (finalist != null && !refused && comparisons.isEmpty()) {
      against.addAll(setBack(finalist.id()));
    }
    boolean picked =
        recommended != null
            && recommended.cards().equals(candidate.cards())
            && (recommended.label() == Label.GUIDE
                ? recommended.build().condition() == candidate.condition()
                : recommended.id().equals(candidate.id()));
    State state =
        picked
            ? State.PICKED
            : excluded
                ? State.EXCLUDED
                : finalist == null
                    ? State.NO_MACHINE
                    : refused
                        ? State.REJECTED
                        : comparisons.isEmpty() ? State.SET_BACK : State.LOST;
    return new Attempt(
        candidate.id(),
        candidate.count(),
        candidate.condition(),
        state,
        !lookedAt.contains(candidate.id()),
        finalist == null ? null : finalist.totalUsd(),
        sorted(against),
        comparisons);
  }

  private static boolean bars(Exclusion exclusion, Candidate candidate) {
    return exclusion.bars().equals(candidate.id())
        || exclusion.bars().equals(candidate.cards())
        || exclusion.bars().equals(candidate.buyingKey());
  }

  /** What would be said of cards that nobody sells. */
  private Attempt asked(Gpu gpu, int count) {
    Explained asked = advisor.explainAsked(decision.requirement(), gpu.id(), count);
    List<Against> against = new ArrayList<>();
    String cards = Candidate.cards(gpu.id(), count);
    for (Exclusion exclusion : of(asked, Exclusion.class)) {
      if (exclusion.bars().equals(cards)
          || exclusion.bars().equals(Candidate.buyingKey(gpu.id()))
          || exclusion.subject().equals(cards)) {
        against.add(against(exclusion.rule(), exclusion));
      }
    }
    return new Attempt(cards, count, null, State.NOT_SOLD, true, null, sorted(against), List.of());
  }

  private static List<Against> sorted(List<Against> against) {
    return against.stream()
        .distinct()
        .sorted(
            Comparator.comparing(
                    Against::severity, Comparator.nullsLast(Comparator.<Severity>naturalOrder()))
                .thenComparing(Against::rule)
                .thenComparing(Against::says))
        .toList();
  }

  private Against against(String rule, Conclusion conclusion) {
    RuleInfo info = advisor.rulebook().rule(rule);
    return new Against(
        rule,
        "rules/" + info.file(),
        info.line(),
        info.severity(),
        conclusion == null ? "" : Spoken.says(advisor.rulebook(), advisor.facts(), conclusion),
        info.because(),
        info.sources());
  }

  // ---- comparisons

  private List<Comparison> comparisons(String finalist) {
    List<Comparison> comparisons = new ArrayList<>();
    for (Label label : Label.values()) {
      Pick pick = picks.get(label);
      Score own = score(label, finalist);
      Score best = pick == null ? null : score(label, pick.build());
      if (own != null && best != null) {
        comparisons.add(
            new Comparison(
                label,
                recommended != null && recommended.label() == label,
                own.value(),
                own.totalUsd(),
                best.finalist(),
                best.value(),
                best.totalUsd()));
      }
    }
    comparisons.sort(Comparator.comparing((Comparison one) -> !one.decides()));
    return comparisons;
  }

  private Score score(Label label, String finalist) {
    return scores.stream()
        .filter(score -> score.label() == label && score.finalist().equals(finalist))
        .findFirst()
        .orElse(null);
  }

  /**
   * The rules by which a machine has no score: those that concluded what the scoring rules want
   * absent, and that say so of this machine.
   */
  private List<Against> setBack(String finalist) {
    Set<String> unwanted = new HashSet<>();
    for (Score score : scores) {
      for (Ground ground : all.proof().grounds(score)) {
        unwanted.addAll(advisor.rulebook().rule(ground.rule()).negates());
      }
    }
    List<Against> against = new ArrayList<>();
    for (Object fact : all.standing()) {
      if (unwanted.contains(Sketch.type(fact)) && isOf(fact, finalist)) {
        all.proof().grounds(fact).forEach(ground -> against.add(against(ground.rule(), null)));
      }
    }
    return against;
  }

  private static boolean isOf(Object fact, String finalist) {
    return List.of("finalist", "subject", "candidate", "id").stream()
        .map(field -> Property.of(fact, field))
        .filter(Objects::nonNull)
        .anyMatch(value -> finalist.equals(value.value()));
  }
}
