package dev.rigwright.engine;

import dev.rigwright.domain.Build;
import dev.rigwright.domain.Condition;
import dev.rigwright.domain.Cooling;
import dev.rigwright.domain.Fit;
import dev.rigwright.domain.Origin;
import dev.rigwright.domain.Outcome;
import dev.rigwright.domain.PartKind;
import dev.rigwright.domain.Policy;
import dev.rigwright.domain.PriceBasis;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Severity;
import dev.rigwright.domain.Split;
import dev.rigwright.facts.Facts;
import java.time.LocalDate;
import java.util.List;

/**
 * An answer, with everything that was said and why. Its JSON is the contract's decision.
 *
 * @param decisionId made from the content: the same answer has the same id
 * @param overlaid the rows that were laid over the shipped facts; null where there are none
 * @param requirement what was asked, complete
 * @param proof why it all stands; null where nobody wants to see it
 * @param content what the id is made from, as it was written for that; null before it has an id
 */
public record Decision(
    String decisionId,
    String requirementId,
    String title,
    LocalDate asOf,
    Policy policy,
    String rulebook,
    String facts,
    List<String> overlaid,
    Outcome verdict,
    TierView tier,
    GuidePickView guidePick,
    Recommendation recommendation,
    List<Recommendation> alternatives,
    List<Said> warnings,
    List<Excluded> exclusions,
    List<Disagreement> conflicts,
    List<Relaxation> relaxations,
    List<Said> advice,
    List<Requirement.Assumption> assumptions,
    Requirement requirement,
    Proof proof,
    DecisionContent content) {

  public Decision {
    overlaid = overlaid == null || overlaid.isEmpty() ? null : List.copyOf(overlaid);
    alternatives = List.copyOf(alternatives);
    warnings = List.copyOf(warnings);
    exclusions = List.copyOf(exclusions);
    conflicts = List.copyOf(conflicts);
    relaxations = List.copyOf(relaxations);
    advice = List.copyOf(advice);
    assumptions = List.copyOf(assumptions);
  }

  /** The same decision under the id that is made from its content. */
  Decision identified() {
    DecisionContent written = new DecisionContent(DecisionJson.written(this));
    return with(written.decisionId(), alternatives, relaxations, written);
  }

  /** The same decision with what would bring an answer. */
  Decision relaxed(List<Recommendation> nearest, List<Relaxation> changes) {
    return with(decisionId, nearest, changes, null).identified();
  }

  private Decision with(
      String id, List<Recommendation> others, List<Relaxation> changes, DecisionContent written) {
    return new Decision(
        id,
        requirementId,
        title,
        asOf,
        policy,
        rulebook,
        facts,
        overlaid,
        verdict,
        tier,
        guidePick,
        recommendation,
        others,
        warnings,
        exclusions,
        conflicts,
        changes,
        advice,
        assumptions,
        requirement,
        proof,
        written);
  }

  /** The guide's tier for the budget. */
  public record TierView(
      String id, String name, String bracket, long lowUsd, long highUsd, List<String> claims) {}

  /** So many cards of a kind. */
  public record Cards(String id, String name, int count, Condition condition) {

    static Cards of(Build build, Facts facts) {
      String name = facts.gpuById().get(build.gpu()).label();
      return new Cards(build.gpu(), name, build.count(), build.condition());
    }
  }

  /**
   * What the guide gives for the budget.
   *
   * @param accepted whether nothing speaks against its cards
   * @param because the rules that do
   */
  public record GuidePickView(
      List<Cards> gpus,
      Integer psuWatts,
      Integer ramGib,
      Cooling cooling,
      String machine,
      long totalUsd,
      List<String> claims,
      boolean accepted,
      List<String> because) {}

  /** A machine to buy, or to keep. */
  public record Recommendation(
      String label,
      List<Cards> gpus,
      List<PartView> parts,
      long totalUsd,
      long totalLowUsd,
      long totalHighUsd,
      LocalDate oldestPriceAsOf,
      Integer psuWatts,
      Integer ramGib,
      Cooling cooling,
      MemoryView memory,
      SpeedView speed,
      PowerView power,
      List<String> because,
      List<String> claims) {}

  /** A line of the parts list. */
  public record PartView(
      PartKind kind,
      String id,
      String name,
      int quantity,
      Origin origin,
      Condition condition,
      long lowUsd,
      long priceUsd,
      long highUsd,
      LocalDate priceAsOf,
      PriceBasis priceBasis,
      List<String> because,
      List<String> sources) {}

  /**
   * What goes into the memory, in 2^30 bytes.
   *
   * @param maxContextTokens the largest context that fits; null without a language model
   * @param maxUsers the most sessions that fit; null without a language model
   * @param maxUsersInTime the most sessions, all starting at once, of which the last still hears
   *     within the use case's limit; null where there is no limit
   * @param split how the largest language model is spread over the cards
   * @param systemRamGib what does not fit and would stand in system memory; null where all fits
   * @param onCpu models that run on the processor and take no card's memory; null where none
   */
  public record MemoryView(
      Fit verdict,
      double needGib,
      double weightsGib,
      double kvCacheGib,
      double overheadGib,
      double availableGib,
      double marginPercent,
      Integer maxContextTokens,
      Integer maxUsers,
      List<PerCard> perCard,
      Integer maxUsersInTime,
      Split split,
      Double systemRamGib,
      List<String> onCpu) {}

  /** What goes into one card's memory. */
  public record PerCard(String gpu, double needGib, double availableGib, List<String> models) {}

  /**
   * Estimated speed with its band.
   *
   * @param totalTokensPerSecond all sessions together, their prompts included
   * @param basis what it rests on
   * @param fullContextTokensPerSecond for one session with its context full
   * @param confidence medium, or low where little was there to fit
   */
  public record SpeedView(
      Double tokensPerSecond,
      Double low,
      Double high,
      Double promptTokensPerSecond,
      Double totalTokensPerSecond,
      Double firstTokenSeconds,
      String basis,
      Double fullContextTokensPerSecond,
      String confidence) {}

  /** Power and what it costs. */
  public record PowerView(
      Integer systemWatts, Long kwhPerYear, Long usdPerYear, Long threeYearUsd) {}

  /** A warning or a piece of advice. */
  public record Said(
      String rule,
      Severity severity,
      List<String> subjects,
      String says,
      String because,
      List<String> claims,
      List<String> sources) {}

  /** Why cards or machines were left out: each rule once, with all that it left out. */
  public record Excluded(
      String rule,
      Severity severity,
      List<String> subjects,
      String says,
      String because,
      List<String> sources,
      List<Each> each) {}

  /**
   * The same for one of them, with its numbers.
   *
   * @param condition where it is said of new or of used cards alone, else null
   */
  public record Each(String subject, Condition condition, String says) {}

  /** Where the guide and published figures disagree. */
  public record Disagreement(
      List<String> claims,
      String status,
      String says,
      String guideSays,
      String figuresSay,
      String rule,
      List<String> sources,
      List<String> computed) {

    public Disagreement {
      computed = computed == null || computed.isEmpty() ? null : List.copyOf(computed);
    }
  }

  /** A smallest single change that would bring an answer. */
  public record Relaxation(
      String field, Object from, Object to, Outcome verdict, Long totalUsd, List<Cards> gpus) {}
}
