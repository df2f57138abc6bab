package dev.rigwright.audit;

import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Dial;
import dev.rigwright.engine.Outward;
import dev.rigwright.engine.Outward.Objection;
import dev.rigwright.engine.Outward.Point;
import dev.rigwright.engine.Outward.Reach;
import dev.rigwright.engine.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * For each number of a requirement, how far it may move alone before something else is recommended:
 * the connected interval around its value, exact to the unit. {@link Standing#same} says what
 * counts as the same; {@link Outward} how the ends are found.
 *
 * @param now what is recommended
 * @param notGiven numbers that the requirement leaves open and that nothing is put in for
 */
public record Margins(
    String decisionId,
    String requirementId,
    Standing now,
    List<Margin> margins,
    List<String> notGiven) {

  public Margins {
    margins = List.copyOf(margins);
    notGiven = List.copyOf(notGiven);
  }

  /**
   * The margin of one number.
   *
   * @param given false where the value was filled in
   * @param step the unit to which the ends are exact
   * @param decisions how many were made to find it
   */
  public record Margin(
      String field, Number value, boolean given, Number step, Edge from, Edge to, int decisions) {}

  /**
   * One end of it.
   *
   * @param value the last with which the same is recommended
   * @param beyond what is said with the next; null where the requirement allows no further value,
   *     or where it was looked no further
   * @param oneByOne rules that compare what cannot be computed apart from them, so that each value
   *     was tried, and not all of them; empty for an exact end
   * @param proven up to where it is certain that the same is recommended: {@code value}, unless
   *     there are {@code unproven}
   * @param unproven rules of which a comparison may turn out otherwise and back again beyond that,
   *     between two values that were looked at; empty for an exact end
   */
  public record Edge(
      Number value, Beyond beyond, List<String> oneByOne, Number proven, List<String> unproven) {}

  /**
   * What is said beyond an end.
   *
   * @param against what rules then say against the cards that are recommended now; empty where they
   *     would still do, and others go before them
   * @param turning rules of which a comparison turns out otherwise there
   * @param followed what is filled in otherwise
   */
  public record Beyond(
      Number value,
      Standing then,
      List<Objection> against,
      List<String> turning,
      List<String> followed) {}

  /**
   * For so many values on each side is decided where the rules leave no other way: most intervals
   * of numbers of people are smaller, and it takes some two seconds.
   */
  public static final int MOST_DECIDED = 300;

  /**
   * Finds the margins of a recorded decision, under the rules and facts that it was made with.
   *
   * @param most for so many values on each side of a number is decided where its rules leave no
   *     other way to prove an interval
   * @param progress is told each number before it is looked at
   */
  public static Margins of(Rederived recorded, int most, Consumer<String> progress) {
    Requirement requirement = recorded.requirement();
    Turned turned = new Turned(recorded);
    List<Margin> margins = new ArrayList<>();
    List<String> notGiven = new ArrayList<>();
    Standing now = null;
    for (Dial dial : Dial.of(requirement, recorded.recorded().asked())) {
      if (dial.now() == null) {
        notGiven.add(dial.field());
        continue;
      }
      progress.accept(dial.field());
      Dial within = turned.accepted(dial);
      Outward outward = turned.outward(within);
      Point start = outward.at(within.now());
      now = start.standing();
      int[] decisions = {1};
      Edge from = edge(turned, within, outward, start, false, most, decisions);
      Edge to = edge(turned, within, outward, start, true, most, decisions);
      margins.add(
          new Margin(
              dial.field(),
              dial.value(dial.now()),
              turned.given(dial.field()),
              dial.step(),
              from,
              to,
              decisions[0]));
    }
    return new Margins(recorded.recorded().decisionId(), requirement.id(), now, margins, notGiven);
  }

  private static Edge edge(
      Turned turned,
      Dial dial,
      Outward outward,
      Point start,
      boolean up,
      int most,
      int[] decisions) {
    Reach reach = outward.reach(start, up, most);
    decisions[0] += reach.decisions();
    return new Edge(
        dial.value(reach.last()),
        reach.other() == null ? null : beyond(turned, dial, outward, start, reach.other()),
        reach.other() == null ? List.copyOf(reach.oneByOne()) : List.of(),
        dial.value(reach.proven()),
        List.copyOf(reach.unproven()));
  }

  private static Beyond beyond(
      Turned turned, Dial dial, Outward outward, Point start, Point other) {
    return new Beyond(
        dial.value(other.at()),
        other.standing(),
        outward.against(other, start.standing()),
        List.copyOf(other.turning()),
        turned.followed(other.requirement()));
  }
}
