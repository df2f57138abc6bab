package dev.rigwright.audit;

import dev.rigwright.domain.Candidate;
import dev.rigwright.domain.ConditionWish;
import dev.rigwright.domain.Outcome;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Decision;
import dev.rigwright.engine.Dial;
import dev.rigwright.engine.Outward;
import dev.rigwright.engine.Outward.Nearest;
import dev.rigwright.engine.Outward.Point;
import dev.rigwright.engine.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The smallest change of each field, on its own, that would bring about what is asked for: that a
 * card is recommended, or a verdict. Each is proven by deciding again; what a field cannot bring
 * about is said, with how far it was looked.
 *
 * @param wanted the card, as {@code rtx-4090} or {@code 2x rtx-4090}, or the verdict
 * @param holds whether it is so already
 */
public record WhatWould(
    String decisionId,
    String requirementId,
    String wanted,
    boolean holds,
    Standing now,
    List<Change> changes) {

  private static final List<String> FIELDS =
      List.of("budgetUsd", "users", "contextTokens", "owned.psuWatts");

  private static final Pattern SEVERAL = Pattern.compile("(\\d{1,3})\\s*x\\s+(.+)");

  public WhatWould {
    changes = List.copyOf(changes);
  }

  /**
   * What one field can do.
   *
   * @param from its value; null where none is given
   * @param to the nearest value that brings it about; null where none does
   * @param proven the id of the decision that proves it; null where none does
   * @param then what that decision comes to
   * @param turning rules of which a comparison turns out otherwise there
   * @param followed what is then filled in otherwise
   * @param looked all values that were looked at, as {@code 1 to 100000}
   * @param oneByOne rules for which every value had to be tried, so that it was not looked at all
   *     that are nearer
   * @param certainFrom no value from here to {@code certainTo} brings it about, but {@code to}:
   *     that is certain. Null where there are words in place of numbers
   * @param certainTo where that ends
   * @param unproven rules of which a comparison may turn out otherwise and back again further out,
   *     at a value that is nearer than {@code to}; empty where that is ruled out
   */
  public record Change(
      String field,
      Object from,
      Object to,
      String proven,
      Standing then,
      List<String> turning,
      List<String> followed,
      String looked,
      List<String> oneByOne,
      Number certainFrom,
      Number certainTo,
      List<String> unproven) {}

  /** What is to come about. */
  private record Goal(String word, Outcome verdict, String gpu, String cards) {

    boolean met(Standing standing) {
      return verdict != null
          ? standing.verdict() == verdict
          : standing.cards() != null
              && (cards == null ? gpu.equals(standing.gpu()) : cards.equals(standing.cards()));
    }
  }

  /** Whether any field brings it about, or it is so already. */
  public boolean possible() {
    return holds || changes.stream().anyMatch(change -> change.to() != null);
  }

  /**
   * Looks for the changes, under the rules and facts that the decision was made with.
   *
   * @param wanted a card by any of its names, also as {@code 2x rtx-4090}, or a verdict
   * @param most for so many values on each side of a number is decided where its rules leave no
   *     other way to prove that none is nearer
   * @param progress is told each field before it is looked at
   * @throws dev.rigwright.facts.BadInputException if there is no such card, with the nearest
   */
  public static WhatWould of(
      Rederived recorded, String wanted, int most, Consumer<String> progress) {
    Goal goal = goal(recorded.advisor(), wanted.strip());
    Requirement requirement = recorded.requirement();
    Turned turned = new Turned(recorded);
    Dial any =
        Dial.of(requirement).stream().filter(d -> d.field().equals("users")).findFirst().get();
    Standing now = turned.outward(any).at(any.now()).standing();
    List<Change> changes = new ArrayList<>();
    if (!goal.met(now)) {
      for (Dial dial : Dial.of(requirement)) {
        if (FIELDS.contains(dial.field())) {
          progress.accept(dial.field());
          changes.add(new Search(recorded, turned, goal).of(dial, most));
        }
      }
      progress.accept("condition");
      changes.add(new Search(recorded, turned, goal).ofCondition());
    }
    return new WhatWould(
        recorded.recorded().decisionId(),
        requirement.id(),
        goal.word(),
        goal.met(now),
        now,
        changes);
  }

  private static Goal goal(Advisor advisor, String wanted) {
    for (Outcome outcome : Outcome.values()) {
      if (outcome.word().equalsIgnoreCase(wanted)) {
        return new Goal(outcome.word(), outcome, null, null);
      }
    }
    Matcher several = SEVERAL.matcher(wanted);
    boolean counted = several.matches();
    String gpu = advisor.reader().names().gpu(counted ? several.group(2) : wanted, "--for");
    String cards = counted ? Candidate.cards(gpu, Integer.parseInt(several.group(1))) : null;
    return new Goal(cards == null ? gpu : cards, null, gpu, cards);
  }

  /** The search over one field. */
  private record Search(Rederived recorded, Turned turned, Goal goal) {

    Change of(Dial dial, int most) {
      // Without a budget everything can be had: the first that restricts is the largest. A supply
      // that was not named can be any; the smallest that does is the one to name.
      long begin =
          dial.now() != null
              ? dial.now()
              : dial.field().equals("budgetUsd") ? dial.most() : dial.least();
      Dial whole = new Dial(dial.field(), dial.step(), begin, dial.least(), dial.most());
      Dial within = turned.accepted(whole);
      Outward outward = turned.outward(within);
      Nearest nearest = outward.nearest(outward.at(begin), goal::met, most);
      Point point = nearest.point();
      Object to = point == null ? null : within.value(point.at());
      Decision proof = point == null ? null : recorded.advisor().decide(point.requirement());
      if (proof != null && !goal.met(Standing.of(proof))) {
        throw new IllegalStateException(
            "The decision with %s at %s is not what its rules come to. Maybe this is a fault of the program."
                .formatted(dial.field(), to));
      }
      return new Change(
          dial.field(),
          dial.now() == null ? null : dial.value(dial.now()),
          to,
          proof == null ? null : proof.decisionId(),
          point == null ? null : point.standing(),
          point == null ? List.of() : List.copyOf(point.turning()),
          point == null ? List.of() : turned.followed(point.requirement()),
          within.value(within.least()) + " to " + within.value(within.most()),
          List.copyOf(nearest.oneByOne()),
          within.value(nearest.from()),
          within.value(nearest.to()),
          List.copyOf(nearest.unproven()));
    }

    Change ofCondition() {
      ConditionWish now = recorded.requirement().condition();
      List<String> looked = new ArrayList<>();
      Requirement to = null;
      Decision proof = null;
      // The wish for anything is the smallest change: it only allows more.
      for (ConditionWish wish : List.of(ConditionWish.ANY, ConditionWish.USED, ConditionWish.NEW)) {
        if (wish != now && to == null) {
          looked.add(wish.word());
          Requirement changed = turned.read("condition", wish.word());
          proof = recorded.advisor().decide(changed);
          to = goal.met(Standing.of(proof)) ? changed : null;
        }
      }
      return new Change(
          "condition",
          now.word(),
          to == null ? null : to.condition().word(),
          to == null ? null : proof.decisionId(),
          to == null ? null : Standing.of(proof),
          List.of(),
          to == null ? List.of() : turned.followed(to),
          String.join(", ", looked),
          List.of(),
          null,
          null,
          List.of());
    }
  }
}
