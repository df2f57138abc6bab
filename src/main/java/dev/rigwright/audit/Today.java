package dev.rigwright.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Decision;
import dev.rigwright.engine.Ground;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.rulebook.RuleChange;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules of today, or the rules and facts, to hold records against. Not thread-safe. */
public final class Today {

  /** For each rule that is tried alone the whole rulebook is compiled once more, and kept. */
  private static final int TRIED = 12;

  private final DecisionLog log;
  private final Rulebook rulebook;
  private final Advisor own;
  private final Map<RuleChange, Optional<Rulebook>> takenBack = new HashMap<>();
  private String takenBackFrom = "";

  private Today(DecisionLog log, Rulebook rulebook, Advisor own) {
    this.log = log;
    this.rulebook = rulebook;
    this.own = own;
  }

  /** Today's rules over the facts that each record was decided with. */
  public static Today rules(DecisionLog log, Rulebook rulebook) {
    return new Today(log, rulebook, null);
  }

  /** Today's rules and facts. */
  public static Today rulesAndFacts(DecisionLog log, Advisor advisor) {
    return new Today(log, advisor.rulebook(), advisor);
  }

  /**
   * What would be said of a record now.
   *
   * @param then what the decision came down to
   * @param now what it would; null where there is no decision now
   * @param differences between the two outcomes, the fingerprints of rules and facts aside
   * @param changed how many rules have another text than then
   * @param spoke the changed rules that speak in one of the two decisions
   * @param made those of them that make a difference by themselves: with this rule as it was then,
   *     and all others as they are now, something else is said
   * @param untried how many of those that spoke were not tried, or could not be
   * @param facts whether other facts make a difference by themselves; null where they are the same
   * @param failure why there is no decision now; null where there is
   */
  public record Answer(
      Recorded recorded,
      Summary then,
      Summary now,
      List<Difference> differences,
      int changed,
      List<RuleChange> spoke,
      List<RuleChange> made,
      int untried,
      Boolean facts,
      String failure) {

    public Answer {
      differences = List.copyOf(differences);
      spoke = List.copyOf(spoke);
      made = List.copyOf(made);
    }

    /** Whether the same would be said. */
    public boolean same() {
      return failure == null && differences.isEmpty();
    }
  }

  /** Decides a record with today's rules. */
  public Answer answer(Recorded recorded) {
    Summary then = Summary.of(recorded.decision());
    try {
      Rederived again = log.rederive(recorded);
      Decision before = again.decide();
      Decision now = decide(advisor(again, rulebook), recorded);
      ObjectNode said = said(now);
      List<Difference> differences = Difference.between(said(before), said);
      Boolean facts = null;
      if (own != null && !own.facts().hash().equals(recorded.facts())) {
        facts = !said(decide(over(again, rulebook), recorded)).equals(said);
      }
      List<RuleChange> changes = RuleChange.between(again.advisor().rulebook(), rulebook);
      List<RuleChange> spoke = new ArrayList<>();
      List<RuleChange> made = new ArrayList<>();
      int untried = 0;
      if (!differences.isEmpty()) {
        Set<String> speaking = speaking(before);
        speaking.addAll(speaking(now));
        spoke = changes.stream().filter(change -> speaking.contains(change.rule())).toList();
        for (RuleChange change : spoke) {
          Optional<Rulebook> back = takenBack(change, again.advisor().rulebook());
          if (back.isEmpty()) {
            untried++;
          } else if (!said(decide(advisor(again, back.get()), recorded)).equals(said)) {
            made.add(change);
          }
        }
      }
      return new Answer(
          recorded,
          then,
          Summary.of(said),
          differences,
          changes.size(),
          spoke,
          made,
          untried,
          facts,
          null);
    } catch (BadInputException | RulebookException failed) {
      return new Answer(
          recorded, then, null, List.of(), 0, List.of(), List.of(), 0, null, failed.getMessage());
    }
  }

  private Decision decide(Advisor advisor, Recorded recorded) {
    return advisor.decide(advisor.reader().read(recorded.asked(), recorded.askedOn()));
  }

  /** Some rules over the facts that belong to them: today's, or those of the record. */
  private Advisor advisor(Rederived again, Rulebook rules) {
    if (own == null) {
      return over(again, rules);
    }
    return rules == rulebook ? own : own.under(rules);
  }

  private static Advisor over(Rederived again, Rulebook rules) {
    return again.advisor().under(rules);
  }

  private Optional<Rulebook> takenBack(RuleChange change, Rulebook then) {
    if (!takenBackFrom.equals(then.hash())) {
      takenBack.clear();
      takenBackFrom = then.hash();
    }
    Optional<Rulebook> known = takenBack.get(change);
    if (known == null && takenBack.size() < TRIED) {
      try {
        known = Optional.of(change.takenBack(then, rulebook));
      } catch (RulebookException apart) {
        // Among today's rules it cannot stand: they name what it does not know, or the reverse.
        known = Optional.empty();
      }
      takenBack.put(change, known);
    }
    return known == null ? Optional.empty() : known;
  }

  /** What is said, whatever the rules and facts are called. */
  private static ObjectNode said(Decision decision) {
    ObjectNode said = Replayed.tree(decision);
    said.remove(List.of("rulebook", "facts"));
    return said;
  }

  private static Set<String> speaking(Decision decision) {
    Set<String> rules = new HashSet<>();
    for (Object conclusion : decision.proof().conclusions()) {
      for (Ground ground : decision.proof().grounds(conclusion)) {
        rules.add(ground.rule());
      }
    }
    decision.exclusions().forEach(exclusion -> rules.add(exclusion.rule()));
    decision.warnings().forEach(warning -> rules.add(warning.rule()));
    decision.advice().forEach(advice -> rules.add(advice.rule()));
    decision.conflicts().forEach(conflict -> rules.add(conflict.rule()));
    return rules;
  }
}
