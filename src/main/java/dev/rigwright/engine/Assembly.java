package dev.rigwright.engine;

import dev.rigwright.domain.Advice;
import dev.rigwright.domain.Build;
import dev.rigwright.domain.Candidate;
import dev.rigwright.domain.Caution;
import dev.rigwright.domain.Conflict;
import dev.rigwright.domain.Exclusion;
import dev.rigwright.domain.Finalist;
import dev.rigwright.domain.Fit;
import dev.rigwright.domain.FitVerdict;
import dev.rigwright.domain.GuideBuild;
import dev.rigwright.domain.GuidePick;
import dev.rigwright.domain.Label;
import dev.rigwright.domain.Outcome;
import dev.rigwright.domain.OwnedGpu;
import dev.rigwright.domain.PartChoice;
import dev.rigwright.domain.PartKind;
import dev.rigwright.domain.PartLine;
import dev.rigwright.domain.Pick;
import dev.rigwright.domain.Policy;
import dev.rigwright.domain.Recommended;
import dev.rigwright.domain.Rejection;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Score;
import dev.rigwright.domain.Shell;
import dev.rigwright.domain.Sizing;
import dev.rigwright.domain.SupplyChoice;
import dev.rigwright.domain.Tier;
import dev.rigwright.domain.TierMatch;
import dev.rigwright.domain.Verdict;
import dev.rigwright.domain.Workload;
import dev.rigwright.engine.Decision.Cards;
import dev.rigwright.engine.Decision.Excluded;
import dev.rigwright.engine.Decision.GuidePickView;
import dev.rigwright.engine.Decision.MemoryView;
import dev.rigwright.engine.Decision.PartView;
import dev.rigwright.engine.Decision.PowerView;
import dev.rigwright.engine.Decision.Recommendation;
import dev.rigwright.engine.Decision.SpeedView;
import dev.rigwright.engine.Decision.TierView;
import dev.rigwright.estimate.Power;
import dev.rigwright.facts.Facts;
import dev.rigwright.rulebook.Rulebook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.kie.api.runtime.KieSession;

/**
 * Makes a decision of what stands in a session once all rules have fired. It orders and renders; it
 * judges nothing.
 */
final class Assembly {

  /** What a decision's proof begins with. */
  static final List<Class<?>> ROOTS =
      List.of(
          Verdict.class,
          Pick.class,
          GuidePick.class,
          TierMatch.class,
          Exclusion.class,
          Rejection.class,
          Caution.class,
          Conflict.class,
          Advice.class);

  private static final List<Label> ALTERNATIVES =
      List.of(Label.BEST_VALUE, Label.CHEAPEST, Label.FASTEST, Label.ROOMIEST);

  private final Rulebook rulebook;
  private final Facts facts;
  private final Requirement requirement;
  private final Settled settled;
  private final Sayings sayings;
  private final Map<Class<?>, List<?>> standing = new HashMap<>();
  private final Map<Label, Pick> picks = new HashMap<>();
  private final Map<String, Finalist> finalists = new HashMap<>();
  private final Map<String, GuideBuild> guideBuilds = new TreeMap<>();
  private final Map<String, Sizing> sizings = new HashMap<>();
  private final Map<String, Fit> fits = new HashMap<>();
  private final Map<String, MemoryView> memories = new HashMap<>();
  private Map<String, List<String>> choosers;

  Assembly(
      Rulebook rulebook, Facts facts, Sayings sayings, Requirement requirement, Settled settled) {
    this.sayings = sayings;
    this.rulebook = rulebook;
    this.facts = facts;
    this.requirement = requirement;
    this.settled = settled;
  }

  /** The decision with how everything came about, and all facts that stand. */
  Explained explained(KieSession session) {
    ProofReader proofs = new ProofReader(session);
    return new Explained(
        decision(session), proofs.read(roots(), true), List.copyOf(session.getObjects()));
  }

  /** The same with the proof of everything that stands, also of what the decision left behind. */
  Explained explainedWhole(KieSession session) {
    ProofReader proofs = new ProofReader(session);
    return new Explained(
        decision(session),
        proofs.read(proofs.concluded(), true),
        List.copyOf(session.getObjects()));
  }

  /** The alternative of the lowest total; null where there is none. */
  Recommendation cheapest() {
    gather();
    return picks.containsKey(Label.CHEAPEST) ? view(Label.CHEAPEST) : null;
  }

  private void gather() {
    all(Pick.class).forEach(pick -> picks.put(pick.label(), pick));
    all(Finalist.class).forEach(finalist -> finalists.put(finalist.id(), finalist));
    all(GuideBuild.class).forEach(build -> guideBuilds.put(build.id(), build));
    all(Sizing.class).forEach(sizing -> sizings.put(sizing.cards(), sizing));
    all(FitVerdict.class).forEach(verdict -> fits.put(verdict.cards(), verdict.fit()));
    choosers = choosers();
  }

  /** The decision with its proof. */
  Decision decision(KieSession session) {
    return with(new ProofReader(session).read(roots())).identified();
  }

  /**
   * The same without its proof; and without its id where there is no answer, as what would bring
   * one is part of that.
   */
  Decision answer() {
    Decision answer = with(null);
    return answer.verdict() == Outcome.INFEASIBLE ? answer : answer.identified();
  }

  private Decision with(Proof proof) {
    gather();
    Outcome outcome = all(Verdict.class).get(0).outcome();
    GuideBuild guide = guide();
    Recommendation recommendation = recommendation(outcome, guide);
    return new Decision(
        "",
        requirement.id(),
        requirement.title(),
        requirement.asOf(),
        requirement.policy(),
        rulebook.hash(),
        facts.hash(),
        facts.overlaid(),
        outcome,
        tier(),
        guidePick(guide),
        recommendation,
        alternatives(guide),
        sayings.said(all(Caution.class)),
        exclusions(guide),
        sayings.disagreements(all(Conflict.class)),
        List.of(),
        sayings.said(all(Advice.class)),
        requirement.assumptions(),
        requirement,
        proof,
        null);
  }

  /** What stands of a type. */
  @SuppressWarnings("unchecked")
  private <T> List<T> all(Class<T> type) {
    return (List<T>) standing.computeIfAbsent(type, one -> List.copyOf(settled.all(one)));
  }

  /** What is said, and how it ends. */
  private List<Object> roots() {
    List<Object> roots = new ArrayList<>();
    for (Class<?> type : ROOTS) {
      roots.addAll(all(type));
    }
    return roots;
  }

  // ---- the guide

  private TierView tier() {
    for (TierMatch match : all(TierMatch.class)) {
      for (Tier tier : facts.tiers()) {
        if (tier.id().equals(match.tier())) {
          return new TierView(
              tier.id(),
              tier.name(),
              match.bracket().word(),
              tier.lowUsd(),
              tier.highUsd(),
              tier.claims().stream().map(Sayings::guideSource).toList());
        }
      }
    }
    return null;
  }

  private GuideBuild guide() {
    List<GuidePick> guide = all(GuidePick.class);
    return guide.isEmpty() ? null : guideBuilds.get(guide.get(0).build());
  }

  private GuidePickView guidePick(GuideBuild guide) {
    if (guide == null) {
      return null;
    }
    Build build = guide.build();
    Set<String> because = new LinkedHashSet<>();
    String candidate = Candidate.id(build.cards(), build.condition());
    for (Exclusion exclusion : all(Exclusion.class)) {
      if (exclusion.bars().equals(candidate)
          || exclusion.bars().equals(build.cards())
          || exclusion.bars().equals(Candidate.buyingKey(build.gpu()))) {
        because.add(exclusion.rule());
      }
    }
    for (Rejection rejection : all(Rejection.class)) {
      if (rejection.subject().equals(candidate)) {
        because.add(rejection.rule());
      }
    }
    List<String> sorted = because.stream().sorted().toList();
    return new GuidePickView(
        List.of(cards(build)),
        known(build.psuWatts()),
        known(build.ramGib()),
        build.cooling(),
        guide.id(),
        build.totalUsd(),
        build.lines().get(0).sources().stream().filter(Sayings::isClaim).toList(),
        sorted.isEmpty(),
        sorted);
  }

  // ---- machines

  private Recommendation recommendation(Outcome outcome, GuideBuild guide) {
    if (outcome == Outcome.INFEASIBLE) {
      return null;
    }
    Label label = recommended();
    return label == Label.GUIDE
        ? view(Label.GUIDE.word(), guide.build(), rules(guide))
        : view(label);
  }

  private List<Recommendation> alternatives(GuideBuild guide) {
    List<Recommendation> alternatives = new ArrayList<>();
    if (requirement.policy() == Policy.GUIDE && guide != null) {
      for (GuideBuild other : guideBuilds.values()) {
        if (other != guide && !other.replaced() && guide.tier() != null) {
          alternatives.add(view("guide-" + other.id(), other.build(), rules(other)));
        }
      }
    }
    Label recommended = recommended();
    for (Label label : ALTERNATIVES) {
      boolean same = label == Label.BEST_VALUE && label == recommended;
      if (picks.containsKey(label) && !same) {
        alternatives.add(view(label));
      }
    }
    return alternatives;
  }

  private Label recommended() {
    return all(Recommended.class).stream().map(Recommended::label).findFirst().orElse(null);
  }

  private Recommendation view(Label label) {
    Pick pick = picks.get(label);
    List<String> because = new ArrayList<>();
    for (Score score : all(Score.class)) {
      if (score.label() == label && score.finalist().equals(pick.build())) {
        because.addAll(settled.rules(score));
      }
    }
    because.addAll(settled.rules(pick));
    return view(label.word(), finalists.get(pick.build()).build(), because);
  }

  private Recommendation view(String label, Build build, List<String> because) {
    List<PartView> parts = new ArrayList<>();
    Set<String> claims = new LinkedHashSet<>();
    for (PartLine line : build.lines()) {
      boolean ofFinalist = because.stream().anyMatch(rule -> rule.startsWith("value/"));
      List<String> why =
          line.kind() == PartKind.GPU || !ofFinalist
              ? because
              : choosers.getOrDefault(line.id(), because);
      List<String> sources = new ArrayList<>();
      for (String rule : why) {
        for (String source : rulebook.rule(rule).sources()) {
          if (ofFinalist
              && line.kind() != PartKind.GPU
              && Sayings.isClaim(source)
              && !sources.contains(source)) {
            sources.add(source);
          }
        }
      }
      line.sources().stream().filter(source -> !sources.contains(source)).forEach(sources::add);
      sources.stream().filter(Sayings::isClaim).forEach(claims::add);
      parts.add(
          new PartView(
              line.kind(),
              line.id(),
              line.name(),
              line.quantity(),
              line.origin(),
              line.condition(),
              line.lowUsd(),
              line.typicalUsd(),
              line.highUsd(),
              line.priceAsOf(),
              line.priceBasis(),
              why,
              sources));
    }
    return new Recommendation(
        label,
        List.of(cards(build)),
        parts,
        build.totalUsd(),
        build.totalLowUsd(),
        build.totalHighUsd(),
        build.oldestPriceAsOf(),
        known(build.psuWatts()),
        known(build.ramGib()),
        build.cooling(),
        memory(build),
        speed(build),
        power(build),
        List.copyOf(because),
        List.copyOf(claims));
  }

  /** Which rules chose each part. */
  private Map<String, List<String>> choosers() {
    Map<String, Set<String>> choosers = new HashMap<>();
    for (Shell shell : all(Shell.class)) {
      for (PartLine line : shell.lines()) {
        choosers.computeIfAbsent(line.id(), id -> new TreeSet<>()).addAll(rules(shell));
      }
    }
    all(PartChoice.class).forEach(choice -> chosen(choice.line(), choice, choosers));
    all(SupplyChoice.class).forEach(choice -> chosen(choice.line(), choice, choosers));
    Map<String, List<String>> lists = new HashMap<>();
    choosers.forEach((part, rules) -> lists.put(part, List.copyOf(rules)));
    return lists;
  }

  private void chosen(PartLine line, Object choice, Map<String, Set<String>> choosers) {
    List<String> rules = rules(choice);
    if (!rules.isEmpty()) {
      choosers.put(line.id(), new TreeSet<>(rules));
    }
  }

  private List<String> rules(Object concluded) {
    return settled.rules(concluded).stream().distinct().toList();
  }

  private Cards cards(Build build) {
    return Cards.of(build, facts);
  }

  private Estimates estimates(Build build) {
    Sizing sizing = sizings.get(build.cards());
    return sizing == null
        ? null
        : new Estimates(facts, requirement, all(Workload.class).get(0), sizing);
  }

  /** What the cards hold; the same cards often win under several labels. */
  private MemoryView memory(Build build) {
    return memories.computeIfAbsent(
        build.cards(),
        cards -> {
          Estimates estimates = estimates(build);
          return estimates == null ? null : estimates.memory(fits.get(cards));
        });
  }

  private SpeedView speed(Build build) {
    Estimates estimates = estimates(build);
    return estimates == null ? null : estimates.speed(fits.get(build.cards()));
  }

  private PowerView power(Build build) {
    Integer watts = build.systemWatts();
    if (watts == null) {
      return new PowerView(null, null, null, null);
    }
    long usd =
        Power.usdPerYear(watts, requirement.hoursPerDay(), requirement.electricityUsdPerKwh());
    return new PowerView(
        watts, Power.kwhPerYear(watts, requirement.hoursPerDay()), usd, build.totalUsd() + 3 * usd);
  }

  // ---- what is said

  private List<Excluded> exclusions(GuideBuild guide) {
    Set<String> first = new LinkedHashSet<>();
    all(OwnedGpu.class).stream().map(OwnedGpu::gpuId).sorted().forEach(first::add);
    if (guide != null) {
      first.add(guide.build().gpu());
    }
    return sayings.exclusions(all(Exclusion.class), all(Rejection.class), finalists, first);
  }

  /** Cards alone have no supply and no memory of their own: that is not zero watts. */
  private static Integer known(int value) {
    return value == 0 ? null : value;
  }
}
