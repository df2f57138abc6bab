package dev.rigwright.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.Home;
import dev.rigwright.domain.Outcome;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Outward.Point;
import dev.rigwright.engine.Outward.Reach;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongFunction;

/** One number of a requirement, over some rules. */
final class OneNumber {

  /** The interval of one number, how far it is proven, and how it was found. */
  record Interval(
      Point start,
      long from,
      long to,
      long provenFrom,
      long provenTo,
      SortedSet<String> oneByOne,
      SortedSet<String> unproven) {}

  final Advisor advisor;
  private final ObjectNode asked;
  final Dial dial;

  OneNumber(Advisor advisor, String json, String field) {
    this.advisor = advisor;
    asked = (ObjectNode) advisor.reader().parse(json.getBytes(StandardCharsets.UTF_8));
    Requirement read = advisor.reader().read(asked, Home.TODAY);
    Dial raw =
        Dial.of(read, asked).stream()
            .filter(one -> one.field().equals(field))
            .findFirst()
            .orElseThrow();
    dial = Outward.accepted(raw, reading(raw));
  }

  LongFunction<Requirement> reading(Dial of) {
    return value -> advisor.reader().read(of.turned(asked, value), Home.TODAY);
  }

  Interval interval() {
    return interval(40);
  }

  Interval interval(int most) {
    Outward outward = new Outward(advisor, dial, reading(dial));
    Point start = outward.at(dial.now());
    Reach down = outward.reach(start, false, most);
    Reach up = outward.reach(start, true, most);
    SortedSet<String> oneByOne = new TreeSet<>(down.oneByOne());
    oneByOne.addAll(up.oneByOne());
    SortedSet<String> unproven = new TreeSet<>(down.unproven());
    unproven.addAll(up.unproven());
    return new Interval(
        start, down.last(), up.last(), down.proven(), up.proven(), oneByOne, unproven);
  }

  /** What is said for a value, by the ordinary way of deciding. */
  List<Object> said(long value) {
    Outline outline = advisor.outline(reading(dial).apply(value));
    List<Object> said = new ArrayList<>();
    said.add(outline.verdict());
    if (outline.verdict() != Outcome.INFEASIBLE) {
      said.add(outline.asked().models());
      said.add(outline.picked().label());
      said.add(outline.picked().cards());
    }
    return said;
  }
}
