package dev.rigwright.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.Home;
import dev.rigwright.domain.Outcome;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Outward.End;
import dev.rigwright.engine.Outward.Point;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongFunction;

/** One number of a requirement, over some rules. */
final class OneNumber {

  /** The interval of one number, and how it was found. */
  record Interval(Point start, long from, long to, SortedSet<String> oneByOne) {}

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
    Outward outward = new Outward(advisor, dial, reading(dial));
    Point start = outward.at(dial.now());
    SortedSet<String> oneByOne = new TreeSet<>();
    long[] ends = new long[2];
    for (boolean up : new boolean[] {false, true}) {
      End end = outward.walk(start, up, point -> point.standing().same(start.standing()));
      boolean other = !outward.at(end.reached()).standing().same(start.standing());
      ends[up ? 1 : 0] = end.reached() - (other ? up ? 1 : -1 : 0);
      oneByOne.addAll(end.oneByOne());
    }
    return new Interval(start, ends[0], ends[1], oneByOne);
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
