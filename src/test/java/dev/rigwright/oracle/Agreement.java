package dev.rigwright.oracle;

import dev.rigwright.domain.Candidate;
import dev.rigwright.domain.CoolingNeed;
import dev.rigwright.domain.Exclusion;
import dev.rigwright.domain.Finalist;
import dev.rigwright.domain.Fit;
import dev.rigwright.domain.FitVerdict;
import dev.rigwright.domain.Label;
import dev.rigwright.domain.Outcome;
import dev.rigwright.domain.Pick;
import dev.rigwright.domain.Policy;
import dev.rigwright.domain.PsuFloor;
import dev.rigwright.domain.Rejection;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.SupplyChoice;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Decision;
import dev.rigwright.oracle.Oracle.Answer;
import dev.rigwright.oracle.Oracle.Choice;
import dev.rigwright.oracle.Oracle.Judgement;
import dev.rigwright.oracle.Oracle.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Holds what the engine decides against what the oracle does. Thread-safe. */
public final class Agreement {

  private final Advisor advisor;
  private final Oracle oracle;

  /** An agreement with this advisor's rules and facts. */
  public Agreement(Advisor advisor) {
    this.advisor = advisor;
    this.oracle = new Oracle(advisor.facts());
  }

  /** Everything that engine and oracle see differently in a requirement; none if they agree. */
  public List<String> disagreements(Requirement requirement) {
    List<String> found = new ArrayList<>();
    Decision decision = advisor.decide(requirement);
    Requirement decided = decision.requirement();
    // A requirement that names no model is decided for the largest size that brings an answer.
    Judgement judgement;
    if (requirement.policy() == Policy.CHECKED) {
      Answer answer = oracle.answer(requirement);
      differ(found, "models", decided.models(), answer.models());
      judgement = answer.judgement();
      recommendation(found, decision, judgement.recommended(requirement), judgement.fits());
    } else {
      judgement = oracle.judge(decided, decided.models());
    }
    avoided(found, decision, judgement);
    standing(found, decided, advisor.explain(decided).standing(), judgement);
    return found;
  }

  private static void differ(List<String> found, String what, Object engine, Object oracle) {
    if (!Objects.equals(engine, oracle)) {
      found.add("%s: the engine says %s, the oracle %s".formatted(what, engine, oracle));
    }
  }

  /** What is not there, or not known, is null in an answer. */
  private static Integer orNull(int value) {
    return value == 0 ? null : (Integer) value;
  }

  private static void recommendation(
      List<String> found, Decision decision, Machine machine, SortedMap<String, Fit> fits) {
    Outcome outcome =
        machine == null
            ? Outcome.INFEASIBLE
            : machine.totalUsd() == 0 ? Outcome.KEEP : Outcome.RECOMMENDED;
    differ(found, "verdict", decision.verdict(), outcome);
    Decision.Recommendation given = decision.recommendation();
    if (machine == null || given == null) {
      differ(found, "recommendation", given, machine);
      return;
    }
    Choice choice = machine.choice();
    differ(
        found,
        "cards",
        given.gpus(),
        List.of(
            new Decision.Cards(
                choice.gpu().id(), choice.gpu().label(), choice.count(), choice.condition())));
    differ(found, "totalUsd", given.totalUsd(), machine.totalUsd());
    differ(found, "psuWatts", given.psuWatts(), orNull(machine.psuWatts()));
    differ(found, "ramGib", given.ramGib(), orNull(machine.ramGib()));
    differ(found, "memory", given.memory().verdict(), fits.get(choice.cards()));
    differ(found, "cooling", given.cooling(), machine.cooling());
  }

  /** What the answer says is to be avoided, against all that the oracle avoids. */
  private static void avoided(List<String> found, Decision decision, Judgement judgement) {
    SortedSet<String> said = new TreeSet<>();
    for (Decision.Excluded excluded : decision.exclusions()) {
      if (excluded.rule().startsWith("avoid/")) {
        excluded.subjects().forEach(card -> said.add(excluded.rule() + " buying " + card));
      }
    }
    SortedSet<String> avoided = new TreeSet<>(judgement.exclusions());
    avoided.removeIf(exclusion -> !exclusion.startsWith("avoid/"));
    differ(found, "avoided", without(said, avoided), without(avoided, said));
  }

  private static SortedSet<String> without(SortedSet<String> these, SortedSet<String> those) {
    SortedSet<String> rest = new TreeSet<>(these);
    rest.removeAll(those);
    return rest;
  }

  /** What stood when all rules had fired, of each candidate that the engine looked at. */
  private static void standing(
      List<String> found, Requirement requirement, List<Object> facts, Judgement judgement) {
    SortedSet<String> ids = new TreeSet<>();
    SortedSet<String> bars = new TreeSet<>();
    SortedSet<String> looked = new TreeSet<>();
    SortedMap<String, Fit> fits = new TreeMap<>();
    SortedMap<String, Object> cooling = new TreeMap<>();
    SortedMap<String, SortedSet<Integer>> supplies = new TreeMap<>();
    SortedMap<String, String> chosen = new TreeMap<>();
    SortedMap<String, Long> totals = new TreeMap<>();
    SortedSet<String> exclusions = new TreeSet<>();
    SortedSet<String> rejected = new TreeSet<>();
    SortedSet<String> dear = new TreeSet<>();
    String bestValue = null;
    String cheapest = null;
    for (Object fact : facts) {
      if (fact instanceof Candidate candidate) {
        ids.add(candidate.id());
        bars.addAll(List.of(candidate.id(), candidate.cards()));
        looked.add(candidate.cards());
      } else if (fact instanceof FitVerdict verdict) {
        Fit other = fits.put(verdict.cards(), verdict.fit());
        differ(found, "second verdict on " + verdict.cards(), other, null);
      } else if (fact instanceof CoolingNeed need) {
        cooling.put(need.cards(), need.cooling());
      } else if (fact instanceof PsuFloor floor) {
        supplies.computeIfAbsent(floor.cards(), cards -> new TreeSet<>()).add(floor.watts());
      } else if (fact instanceof SupplyChoice choice) {
        chosen.put(choice.candidate(), choice.line().id());
      } else if (fact instanceof Finalist finalist) {
        totals.put(finalist.id(), finalist.totalUsd());
      } else if (fact instanceof Exclusion exclusion && exclusion.rule().startsWith("cost/")) {
        dear.add(exclusion.bars());
      } else if (fact instanceof Exclusion exclusion && !exclusion.rule().startsWith("avoid/")) {
        exclusions.add(exclusion.rule() + " " + exclusion.bars());
      } else if (fact instanceof Rejection rejection) {
        rejected.add(rejection.rule() + " " + rejection.subject());
      } else if (fact instanceof Pick pick && pick.label() == Label.BEST_VALUE) {
        bestValue = pick.build();
      } else if (fact instanceof Pick pick && pick.label() == Label.CHEAPEST) {
        cheapest = pick.build();
      }
    }
    // The engine leaves candidates out that cannot matter; the oracle looks at all.
    differ(found, "candidates", without(ids, new TreeSet<>(judgement.choices().keySet())), NOTHING);
    // Cooling and supplies follow from the catalogue, for cards that nobody looks at too.
    for (String cards : looked) {
      differ(found, "fit of " + cards, fits.get(cards), judgement.fits().get(cards));
      differ(found, "cooling of " + cards, cooling.get(cards), judgement.cooling().get(cards));
      differ(
          found,
          "supply for " + cards,
          supplies.getOrDefault(cards, new TreeSet<>()),
          judgement.supplies().get(cards));
    }
    dear(found, requirement, ids, dear, judgement);
    SortedMap<String, Long> expected = new TreeMap<>();
    SortedMap<String, String> bought = new TreeMap<>();
    judgement
        .machines()
        .forEach(
            (id, machine) -> {
              if (ids.contains(id) && !dear.contains(id)) {
                expected.put(id, machine.totalUsd());
                if (machine.supply() != null) {
                  bought.put(id, machine.supply());
                }
              }
            });
    differ(found, "totals", totals, expected);
    chosen.keySet().retainAll(totals.keySet());
    differ(found, "supplies", chosen, bought);
    SortedSet<String> excluded = new TreeSet<>();
    for (String exclusion : judgement.exclusions()) {
      String barred = exclusion.substring(exclusion.indexOf(' ') + 1);
      if (!exclusion.startsWith("avoid/")
          && (barred.startsWith("buying ") || bars.contains(barred))) {
        excluded.add(exclusion);
      }
    }
    // Whether one fewer would do is known where one fewer was looked at, which may be too dear.
    for (Choice choice : judgement.choices().values()) {
      if (!looked.contains(Candidate.cards(choice.gpu().id(), choice.count() - 1))) {
        excluded.remove("fit/more-cards-than-needed " + choice.cards());
      }
    }
    differ(found, "excluded", without(exclusions, excluded), without(excluded, exclusions));
    SortedSet<String> refused = new TreeSet<>(judgement.rejected());
    refused.removeIf(
        one -> {
          String id = one.substring(one.indexOf(' ') + 1);
          return !ids.contains(id) || dear.contains(id);
        });
    differ(found, "rejected", without(rejected, refused), without(refused, rejected));
    differ(found, "best value", bestValue, id(judgement.bestValue()));
    differ(found, "cheapest", cheapest, id(judgement.cheapest()));
  }

  /**
   * Cards that cost more than the budget by themselves. Of several the engine names those that
   * would be of use; of one each.
   */
  private static void dear(
      List<String> found,
      Requirement requirement,
      SortedSet<String> looked,
      SortedSet<String> said,
      Judgement judgement) {
    SortedSet<String> dear = new TreeSet<>();
    SortedSet<String> one = new TreeSet<>();
    for (Choice choice : judgement.choices().values()) {
      if (requirement.budgetUsd() != null && choice.usd() > requirement.budgetUsd()) {
        dear.add(choice.id());
        if (choice.count() == 1) {
          one.add(choice.id());
        }
      } else if (choice.count() == 1) {
        differ(found, "looks at " + choice.id(), looked.contains(choice.id()), true);
      }
    }
    differ(found, "too dear", without(said, dear), without(one, said));
  }

  private static final SortedSet<String> NOTHING = new TreeSet<>();

  private static String id(Machine machine) {
    return machine == null ? null : machine.choice().id();
  }
}
