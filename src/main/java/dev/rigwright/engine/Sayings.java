package dev.rigwright.engine;

import dev.rigwright.domain.Candidate;
import dev.rigwright.domain.Claim;
import dev.rigwright.domain.Conclusion;
import dev.rigwright.domain.Condition;
import dev.rigwright.domain.Conflict;
import dev.rigwright.domain.Exclusion;
import dev.rigwright.domain.Finalist;
import dev.rigwright.domain.Rejection;
import dev.rigwright.engine.Decision.Disagreement;
import dev.rigwright.engine.Decision.Each;
import dev.rigwright.engine.Decision.Excluded;
import dev.rigwright.engine.Decision.Said;
import dev.rigwright.facts.Facts;
import dev.rigwright.rulebook.RuleInfo;
import dev.rigwright.rulebook.Rulebook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What conclusions say in an answer: warnings, advice, conflicts, and what was left out and why.
 * Most of it is said in many answers alike, and is then worded once.
 */
final class Sayings {

  /** Some dozens are said in nearly every answer; the rest is gone after as many others. */
  private static final int MOST = 1024;

  private static final Comparator<Said> ORDER =
      Comparator.comparing(Said::severity)
          .thenComparing(Said::rule)
          .thenComparing(said -> said.subjects().toString())
          .thenComparing(said -> said.sources().toString())
          .thenComparing(Said::says);

  private final Rulebook rulebook;
  private final Facts facts;
  private final Recent<Key<Conclusion>, Said> said = new Recent<>(MOST);
  private final Recent<Key<Conflict>, Disagreement> disagreements = new Recent<>(MOST);
  private final Recent<LeftOut, Excluded> excluded = new Recent<>(MOST);

  Sayings(Rulebook rulebook, Facts facts) {
    this.rulebook = rulebook;
    this.facts = facts;
  }

  static boolean isClaim(String source) {
    return source.startsWith("guide#");
  }

  static String guideSource(String claim) {
    return "guide#" + claim;
  }

  /** Warnings or advice, what is most severe first. */
  List<Said> said(List<? extends Conclusion> conclusions) {
    List<Said> all = new ArrayList<>(conclusions.size());
    conclusions.forEach(
        conclusion -> all.add(said.of(Key.of(conclusion), key -> said(key.conclusion()))));
    all.sort(ORDER);
    return all;
  }

  private Said said(Conclusion conclusion) {
    RuleInfo rule = rulebook.rule(conclusion.rule());
    List<String> claims = new ArrayList<>();
    List<String> sources = new ArrayList<>();
    List<String> subjects = new ArrayList<>();
    if (isClaim(conclusion.subject())) {
      Claim claim = facts.claimById().get(conclusion.subject().substring("guide#".length()));
      claims.add(conclusion.subject());
      sources.add(conclusion.subject());
      sources.addAll(claim.evidence());
    } else {
      subjects.add(conclusion.subject());
      rule.sources().stream().filter(Sayings::isClaim).forEach(claims::add);
      sources.addAll(rule.sources());
    }
    return new Said(
        rule.id(), rule.severity(), subjects, says(conclusion), rule.because(), claims, sources);
  }

  /** Where the guide and published figures disagree, in the order of the guide's statements. */
  List<Disagreement> disagreements(List<Conflict> conflicts) {
    List<Disagreement> all = new ArrayList<>(conflicts.size());
    conflicts.forEach(
        conflict ->
            all.add(disagreements.of(Key.of(conflict), key -> disagreement(key.conclusion()))));
    all.sort(Comparator.comparing(disagreement -> disagreement.claims().get(0)));
    return all;
  }

  private Disagreement disagreement(Conflict conflict) {
    Claim claim = facts.claimById().get(conflict.subject());
    List<String> claims = new ArrayList<>();
    claims.add(guideSource(claim.id()));
    claim.with().stream().map(Sayings::guideSource).forEach(claims::add);
    List<String> sources = new ArrayList<>();
    sources.add(guideSource(claim.id()));
    sources.addAll(claim.evidence());
    return new Disagreement(
        claims,
        claim.status().word(),
        says(conflict),
        claim.says(),
        claim.finding(),
        conflict.rule(),
        sources,
        claim.computed());
  }

  /**
   * What was left out, by rule.
   *
   * @param finalists by id, those that are rejected among them
   * @param first cards that the buyer asks about by themselves
   */
  List<Excluded> exclusions(
      List<Exclusion> exclusions,
      List<Rejection> rejections,
      Map<String, Finalist> finalists,
      Set<String> first) {
    Map<String, Map<String, Conclusion>> byRule = new TreeMap<>();
    for (Exclusion exclusion : exclusions) {
      byRule
          .computeIfAbsent(exclusion.rule(), rule -> new TreeMap<>())
          .merge(exclusion.bars(), exclusion, this::firstSaid);
    }
    for (Rejection rejection : rejections) {
      byRule
          .computeIfAbsent(rejection.rule(), rule -> new TreeMap<>())
          .put(rejection.subject(), rejection);
    }
    List<Excluded> all = new ArrayList<>(byRule.size());
    byRule.forEach(
        (rule, conclusions) -> {
          List<Left> left = new ArrayList<>(conclusions.size());
          Set<String> asked = new LinkedHashSet<>();
          for (Conclusion conclusion : conclusions.values()) {
            Left one = left(conclusion, finalists);
            left.add(one);
            String gpu = Candidate.gpuOf(one.cards());
            if (first.contains(gpu)) {
              asked.add(gpu);
            }
          }
          all.add(excluded.of(new LeftOut(rule, left, asked), this::excluded));
        });
    return all;
  }

  /** Of two that a rule says of the same cards, always the same one. */
  private Conclusion firstSaid(Conclusion one, Conclusion other) {
    return says(one).compareTo(says(other)) <= 0 ? one : other;
  }

  private static Left left(Conclusion conclusion, Map<String, Finalist> finalists) {
    if (conclusion instanceof Exclusion exclusion) {
      return new Left(exclusion.subject(), exclusion.condition(), exclusion);
    }
    Finalist finalist = finalists.get(conclusion.subject());
    return new Left(finalist.cards(), finalist.build().condition(), conclusion);
  }

  private Excluded excluded(LeftOut leftOut) {
    List<Left> ordered = new ArrayList<>(leftOut.left());
    ordered.sort(
        Comparator.comparing((Left one) -> !leftOut.asked().contains(Candidate.gpuOf(one.cards())))
            .thenComparing(one -> Candidate.gpuOf(one.cards()))
            .thenComparing(Left::cards)
            .thenComparing(one -> String.valueOf(one.condition())));
    Set<Each> once = new LinkedHashSet<>();
    Set<String> subjects = new LinkedHashSet<>();
    for (Left one : ordered) {
      once.add(new Each(one.cards(), one.condition(), says(one.said().conclusion())));
      subjects.add(one.cards());
    }
    List<Each> each = List.copyOf(once);
    RuleInfo rule = rulebook.rule(leftOut.rule());
    return new Excluded(
        rule.id(),
        rule.severity(),
        List.copyOf(subjects),
        together(each),
        rule.because(),
        rule.sources(),
        each);
  }

  /** What is said of all of them; where that differs, of the first by its name. */
  private String together(List<Each> each) {
    String says = each.get(0).says();
    if (each.stream().allMatch(one -> one.says().equals(says))) {
      return says;
    }
    String name = Spoken.named(facts, each.get(0).subject()).toString();
    return "%s (and %d more)"
        .formatted(says.contains(name) ? says : name + ": " + says, each.size() - 1);
  }

  private String says(Conclusion conclusion) {
    return Spoken.says(rulebook, facts, conclusion);
  }

  /**
   * What a rule leaves out; all that its wording is made from.
   *
   * @param asked those of the cards that the buyer asks about by themselves, and so come first
   */
  private record LeftOut(String rule, List<Left> left, Set<String> asked) {}

  /**
   * One of them.
   *
   * @param condition in which the cards are left out; null where it does not matter
   */
  private record Left(String cards, Condition condition, Key<Conclusion> said) {
    Left(String cards, Condition condition, Conclusion conclusion) {
      this(cards, condition, Key.of(conclusion));
    }
  }

  /**
   * A conclusion to be found again among many that differ in their values alone: its own hash, made
   * for the engine, leaves these out.
   */
  private record Key<C extends Conclusion>(C conclusion, Map<String, Object> values) {
    static <C extends Conclusion> Key<C> of(C conclusion) {
      return new Key<>(conclusion, conclusion.values());
    }
  }
}
