package dev.rigwright.engine;

import dev.rigwright.domain.Advice;
import dev.rigwright.domain.Candidate;
import dev.rigwright.domain.Caution;
import dev.rigwright.domain.Claim;
import dev.rigwright.domain.ClaimStatus;
import dev.rigwright.domain.Conflict;
import dev.rigwright.domain.Exclusion;
import dev.rigwright.domain.Finalist;
import dev.rigwright.domain.Finding;
import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.Offer;
import dev.rigwright.domain.Rejection;
import dev.rigwright.domain.Sizing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kie.api.runtime.rule.Match;
import org.kie.api.runtime.rule.RuleContext;

/**
 * What rules conclude: the one verb of a consequence. Each takes the values that the rule's wording
 * shows from the match, so that wording and condition stay in one place.
 */
public final class Conclude {

  private Conclude() {}

  /** This card must not be bought, whatever the number. */
  public static Exclusion exclusion(RuleContext context, Gpu gpu) {
    return new Exclusion(
        rule(context), gpu.id(), Candidate.buyingKey(gpu.id()), null, values(context));
  }

  /** These cards will not do, bought or owned. */
  public static Exclusion exclusion(RuleContext context, Sizing sizing) {
    return new Exclusion(rule(context), sizing.cards(), sizing.cards(), null, values(context));
  }

  /** This candidate will not do. */
  public static Exclusion exclusion(RuleContext context, Candidate candidate) {
    return new Exclusion(
        rule(context), candidate.cards(), candidate.id(), candidate.condition(), values(context));
  }

  /** So many cards will not be bought at this offer. */
  public static Exclusion exclusion(RuleContext context, Offer offer, int count) {
    String cards = Candidate.cards(offer.itemId(), count);
    return new Exclusion(
        rule(context),
        cards,
        Candidate.id(cards, offer.condition()),
        offer.condition(),
        values(context));
  }

  /** This machine will not do. */
  public static Rejection rejection(RuleContext context, Finalist finalist) {
    return new Rejection(rule(context), finalist.id(), values(context));
  }

  /** A warning about a card, a part, a model or a field. */
  public static Caution caution(RuleContext context, String subject) {
    return new Caution(rule(context), subject, values(context));
  }

  /** A warning that repeats what a claim's status says. */
  public static Caution caution(RuleContext context, Claim claim) {
    return new Caution(rule(context), "guide#" + claim.id(), values(context));
  }

  /** The guide and the figures disagree on a claim. */
  public static Conflict conflict(RuleContext context, Claim claim) {
    return new Conflict(rule(context), claim.id(), values(context));
  }

  /** Something worth knowing about a card, a part or a field. */
  public static Advice advice(RuleContext context, String subject) {
    return new Advice(rule(context), subject, values(context));
  }

  /** What the guide says, and what nothing speaks against. */
  public static Advice advice(RuleContext context, Claim claim) {
    return new Advice(rule(context), "guide#" + claim.id(), values(context));
  }

  /** What the catalogue and the estimates say of one thing that a claim states. */
  public static Finding finding(RuleContext context, String claim, ClaimStatus status) {
    return new Finding(rule(context), claim, status, values(context));
  }

  private static String rule(RuleContext context) {
    return context.getRule().getName();
  }

  private static Map<String, Object> values(RuleContext context) {
    Object says = context.getRule().getMetaData().get("says");
    if (says == null) {
      return Map.of();
    }
    Match match = context.getMatch();
    List<String> names = Wording.names(says.toString());
    Map<String, Object> values = new LinkedHashMap<>(2 * names.size());
    List<String> variables = Wording.variables(says.toString());
    for (int i = 0; i < names.size(); i++) {
      values.put(names.get(i), match.getDeclarationValue(variables.get(i)));
    }
    return values;
  }
}
