package dev.rigwright.audit;

import dev.rigwright.domain.Candidate;
import dev.rigwright.domain.ConditionWish;
import dev.rigwright.domain.Outcome;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Decision;
import dev.rigwright.engine.Dial;
import dev.rigwright.engine.Outward;
import dev.rigwright.engine.Outward.End;
import dev.rigwright.engine.Outward.Point;
import dev.rigwright.engine.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
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
   * @param oneByOne rules for which every value had to be tried, so that it was looked no further
   * @param unproven rules of which a comparison may turn out otherwise and back again between
   *     values that were looked at, so that a nearer value is not ruled out; empty where it is
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
   * @param progress is told each field before it is looked at
   * @throws dev.rigwright.facts.BadInputException if there is no such card, with the nearest
   */
  public static WhatWould of(Rederived recorded, String wanted, Consumer<String> progress) {
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
          changes.add(new Search(recorded, turned, goal).of(dial));
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
  private static final class Search {
    private final Rederived recorded;
    private final Turned turned;
    private final Goal goal;
    private final TreeSet<String> oneByOne = new TreeSet<>();
    private final List<End> ends = new ArrayList<>();
    private Point nearest;

    Search(Rederived recorded, Turned turned, Goal goal) {
      this.recorded = recorded;
      this.turned = turned;
      this.goal = goal;
    }

    Change of(Dial dial) {
      // Without a budget everything can be had: the first that restricts is the largest. A supply
      // that was not named can be any; the smallest that does is the one to name.
      long begin =
          dial.now() != null
              ? dial.now()
              : dial.field().equals("budgetUsd") ? dial.most() : dial.least();
      Dial whole = new Dial(dial.field(), dial.step(), begin, dial.least(), dial.most());
      Dial within = turned.accepted(whole);
      Outward outward = turned.outward(within);
      Point start = outward.at(begin);
      look(start, begin);
      walk(outward, start, begin, true);
      walk(outward, start, begin, false);
      String looked = within.value(within.least()) + " to " + within.value(within.most());
      Object from = dial.now() == null ? null : dial.value(dial.now());
      TreeSet<String> unproven = new TreeSet<>();
      for (End end : ends) {
        long far = Math.abs(end.reached() - begin);
        long near = nearest == null ? far : Math.min(far, Math.abs(nearest.at() - begin) - 1);
        if (Math.abs(end.each() - begin) < near) {
          unproven.addAll(end.unproven());
        }
      }
      return nearest == null
          ? change(dial.field(), from, null, null, looked, unproven)
          : change(dial.field(), from, within.value(nearest.at()), nearest, looked, unproven);
    }

    private void walk(Outward outward, Point start, long begin, boolean up) {
      if (nearest != null && nearest.at() == begin) {
        return;
      }
      End end = outward.walk(start, up, point -> look(point, begin));
      oneByOne.addAll(end.oneByOne());
      ends.add(end);
    }

    /** Keeps a point that does; goes on while a nearer one could still come. */
    private boolean look(Point point, long begin) {
      long far = Math.abs(point.at() - begin);
      boolean nearer = nearest == null || far < Math.abs(nearest.at() - begin);
      if (nearer && goal.met(point.standing())) {
        nearest = point;
        return false;
      }
      return nearer;
    }

    Change ofCondition() {
      ConditionWish now = recorded.requirement().condition();
      List<String> looked = new ArrayList<>();
      // The wish for anything is the smallest change: it only allows more.
      for (ConditionWish wish : List.of(ConditionWish.ANY, ConditionWish.USED, ConditionWish.NEW)) {
        if (wish != now) {
          looked.add(wish.word());
          Requirement changed = turned.read("condition", wish.word());
          Decision decision = recorded.advisor().decide(changed);
          Standing then = Standing.of(decision);
          if (goal.met(then)) {
            return new Change(
                "condition",
                now.word(),
                wish.word(),
                decision.decisionId(),
                then,
                List.of(),
                turned.followed(changed),
                String.join(", ", looked),
                List.of(),
                List.of());
          }
        }
      }
      return change(
          "condition", now.word(), null, null, String.join(", ", looked), new TreeSet<>());
    }

    private Change change(
        String field,
        Object from,
        Object to,
        Point point,
        String looked,
        TreeSet<String> unproven) {
      if (point == null) {
        return new Change(
            field,
            from,
            to,
            null,
            null,
            List.of(),
            List.of(),
            looked,
            List.copyOf(oneByOne),
            List.copyOf(unproven));
      }
      Decision proof = recorded.advisor().decide(point.requirement());
      if (!goal.met(Standing.of(proof))) {
        throw new IllegalStateException(
            "The decision with %s at %s is not what its rules come to. Maybe this is a fault of the program."
                .formatted(field, to));
      }
      return new Change(
          field,
          from,
          to,
          proof.decisionId(),
          point.standing(),
          List.copyOf(point.turning()),
          turned.followed(point.requirement()),
          looked,
          List.of(),
          List.copyOf(unproven));
    }
  }
}
