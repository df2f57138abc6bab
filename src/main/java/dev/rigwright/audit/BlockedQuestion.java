package dev.rigwright.audit;

import dev.rigwright.audit.Blocked.Miss;
import dev.rigwright.audit.Blocked.Unmet;
import dev.rigwright.audit.Why.Value;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Blocking;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.Names;
import dev.rigwright.rulebook.RuleInfo;
import dev.rigwright.rulebook.Strata;
import java.util.List;

/** Why a rule did not fire, over the facts of a decision. */
public final class BlockedQuestion {

  private BlockedQuestion() {}

  /** Whether a text is meant to name a rule. */
  public static boolean isRule(Advisor advisor, String text) {
    return advisor.rulebook().rules().containsKey(text) || text.matches("[a-z][a-z0-9-]*/[a-z].*");
  }

  /**
   * Why a rule did not fire.
   *
   * @throws BadInputException if there is no such rule; the message has what is near
   */
  public static Blocked ask(
      Advisor advisor, Requirement requirement, String decisionId, String rule) {
    if (!advisor.rulebook().rules().containsKey(rule)) {
      throw new BadInputException(
          "",
          "There is no rule (%s). Maybe %s was meant."
              .formatted(
                  rule,
                  String.join(" or ", Names.near(rule, advisor.rulebook().rules().keySet()))));
    }
    RuleInfo info = advisor.rulebook().rule(rule);
    // The rules on the guide's statements stand over the facts alone, before anybody asks.
    List<Object> standing =
        info.folder().equals(Strata.CLAIMS)
            ? advisor.claimsStanding()
            : advisor.explain(requirement).standing();
    Blocking blocking = Blocking.of(advisor.rulebook(), rule, standing);
    Sketch sketch = new Sketch(advisor.rulebook());
    Blocking.Obstacle obstacle = blocking.obstacle();
    return new Blocked(
        decisionId,
        rule,
        "rules/" + info.file(),
        info.line(),
        info.because(),
        blocking.matches(),
        blocking.stages(),
        obstacle == null ? null : obstacle.kind(),
        obstacle == null ? null : obstacle.type(),
        obstacle == null ? 0 : obstacle.standing(),
        obstacle != null && obstacle.together(),
        obstacle == null
            ? List.of()
            : obstacle.constraints().stream().map(unmet -> unmet(sketch, unmet)).toList(),
        obstacle == null
            ? List.of()
            : obstacle.facts().stream().map(fact -> named(sketch, fact)).toList(),
        obstacle == null ? 0 : obstacle.count());
  }

  private static Unmet unmet(Sketch sketch, Blocking.Unmet unmet) {
    return new Unmet(
        unmet.constraint(),
        unmet.line(),
        unmet.facts(),
        unmet.misses().stream()
            .map(
                miss ->
                    new Miss(
                        named(sketch, miss.fact()),
                        new Value(
                            miss.field() == null && miss.operator() != null
                                ? "left side"
                                : miss.field(),
                            miss.field(),
                            sketch.plain(miss.actual())),
                        miss.operator(),
                        sketch.plain(miss.required())))
            .toList());
  }

  private static String named(Sketch sketch, Object fact) {
    String name = sketch.name(fact);
    return name.isEmpty() ? Sketch.type(fact) : Sketch.type(fact) + " " + name;
  }
}
