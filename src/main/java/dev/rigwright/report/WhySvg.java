package dev.rigwright.report;

import dev.rigwright.audit.Why;
import dev.rigwright.audit.Why.Kind;
import dev.rigwright.audit.Why.Origin;
import dev.rigwright.audit.Why.Reason;
import dev.rigwright.audit.Why.Statement;
import dev.rigwright.audit.Why.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A proof as a picture: a box for each conclusion, with its rule, what it takes from requirement
 * and facts, and what has to be absent; lines lead down to the conclusions that it rests on.
 */
public final class WhySvg {

  private static final int MARGIN = 20;
  private static final int GAP = 16;
  private static final int RANK_GAP = 48;
  private static final int MOST_LETTERS = 44;
  private static final int MOST_GROUNDS = 2;

  private final Why why;
  private final int depth;
  private final Map<Integer, Box> boxes = new LinkedHashMap<>();

  private WhySvg(Why why, int depth) {
    this.why = why;
    this.depth = depth;
  }

  /**
   * The picture, a document of its own.
   *
   * @param depth how many conclusions deep
   */
  public static String of(Why why, int depth) {
    return new WhySvg(why, depth).svg();
  }

  /** A line of a box. */
  private record Text(String look, String words) {}

  private static final class Box extends SvgBox {
    final Statement statement;
    final List<Text> lines = new ArrayList<>();
    final Set<Box> below = new LinkedHashSet<>();
    final List<Box> above = new ArrayList<>();
    int rank;

    Box(Statement statement) {
      this.statement = statement;
    }
  }

  private String svg() {
    why.roots().forEach(root -> box(root, 0));
    boxes.values().forEach(box -> box.below.forEach(below -> below.above.add(box)));
    rank();
    List<List<Box>> ranks = new ArrayList<>();
    for (Box box : boxes.values()) {
      while (ranks.size() <= box.rank) {
        ranks.add(new ArrayList<>());
      }
      ranks.get(box.rank).add(box);
    }
    double y = MARGIN + 50;
    for (List<Box> rank : ranks) {
      y = place(rank, y) + RANK_GAP;
    }
    StringBuilder body = new StringBuilder();
    for (Box box : boxes.values()) {
      body.append("<g class=\"node\">");
      box.below.forEach(below -> body.append(SvgBox.line("line", box, below, 16)));
      body.append("</g>\n");
    }
    boxes.values().forEach(box -> shape(body, box));
    String title = HtmlText.of(WhyWords.title(why));
    return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" font-family="Helvetica, Arial, sans-serif" font-size="11">
        <title>%3$s</title>
        <style>
        .box { fill: #fff; stroke: #4a7ab0 } .root { fill: #dbe9f8 } .name { font-weight: bold } .rule { fill: #1d4f87 }
        .given { fill: #666 } .absent { fill: #8a4b00; font-style: italic } .line { fill: none; stroke: #9aa5b1 }
        g.node:hover .line { stroke: #c33; stroke-width: 2 } text { fill: #222 }
        </style>
        <rect width="%1$d" height="%2$d" fill="#fff"/>
        <text x="%4$d" y="24" font-size="15" font-weight="bold">%3$s</text>
        <text x="%4$d" y="44">A box is a conclusion with its rule in blue; grey is what it takes from requirement and facts, brown what has to be absent. Lines lead down to what it rests on.</text>
        %5$s</svg>
        """
        .formatted(SvgBox.WIDTH, (int) Math.ceil(y - RANK_GAP + MARGIN), title, MARGIN, body);
  }

  private Box box(int number, int level) {
    Box known = boxes.get(number);
    if (known != null) {
      return known;
    }
    Statement statement = why.statement(number);
    Box box = new Box(statement);
    boxes.put(number, box);
    String name = Measure.type(statement.type()) + " " + statement.name();
    box.lines.add(new Text("name", cut("[%d] %s".formatted(number, name.strip()))));
    String heading = WhyWords.heading(statement);
    if (heading.length() > name.strip().length() + 2) {
      box.lines.add(new Text("", cut(heading.substring(name.strip().length() + 2))));
    }
    for (int computed : statement.computed()) {
      if (level < depth) {
        box.below.add(box(computed, level + 1));
      } else {
        box.lines.add(
            new Text(
                "given", cut("  [%d] %s …".formatted(computed, why.statement(computed).type()))));
      }
    }
    List<Reason> reasons = statement.reasons();
    reasons.stream().limit(MOST_GROUNDS).forEach(reason -> reason(box, reason, level));
    if (reasons.size() > MOST_GROUNDS) {
      box.lines.add(
          new Text("given", "and %d more grounds".formatted(reasons.size() - MOST_GROUNDS)));
    }
    box.size(
        box.lines.size(),
        box.lines.stream().mapToInt(line -> line.words().length()).max().orElse(1),
        16);
    return box;
  }

  private void reason(Box box, Reason reason, int level) {
    box.lines.add(new Text("rule", cut(reason.rule().id())));
    Set<String> given = new LinkedHashSet<>();
    for (Step step : reason.steps()) {
      if (step.kind() == Kind.ABSENT) {
        box.lines.add(new Text("absent", cut("  " + WhyWords.element(step))));
      }
      for (int fact : step.facts()) {
        Statement below = why.statement(fact);
        if (below.origin() != Origin.CONCLUDED && below.computed().isEmpty()) {
          given.add(cut("  [%d] %s".formatted(fact, WhyWords.heading(below))));
        } else if (level < depth) {
          box.below.add(box(fact, level + 1));
        } else {
          given.add(cut("  [%d] %s …".formatted(fact, Measure.type(below.type()))));
        }
      }
    }
    given.forEach(words -> box.lines.add(new Text("given", words)));
  }

  private static String cut(String text) {
    String line = text.replaceAll("\\s+$", "");
    return line.length() <= MOST_LETTERS ? line : line.substring(0, MOST_LETTERS - 1) + "…";
  }

  /** Each box lies below all that rest on it. */
  private void rank() {
    boolean moved = true;
    for (int round = 0; moved && round <= boxes.size(); round++) {
      moved = false;
      for (Box box : boxes.values()) {
        for (Box below : box.below) {
          if (below.rank <= box.rank) {
            below.rank = box.rank + 1;
            moved = true;
          }
        }
      }
    }
  }

  /** Puts boxes side by side, over as many rows as they need. */
  private static double place(List<Box> rank, double top) {
    rank.sort(
        Comparator.comparingDouble(
            box ->
                box.above.stream().mapToDouble(Box::middle).average().orElse(SvgBox.WIDTH / 2.0)));
    double room = SvgBox.WIDTH - 2.0 * MARGIN;
    List<List<Box>> rows = new ArrayList<>();
    double used = Double.MAX_VALUE;
    for (Box box : rank) {
      if (used + box.width() > room) {
        rows.add(new ArrayList<>());
        used = 0;
      }
      rows.get(rows.size() - 1).add(box);
      used += box.width() + GAP;
    }
    return SvgBox.place(rows, top, MARGIN, GAP, GAP);
  }

  private void shape(StringBuilder body, Box box) {
    Set<String> because = new HashSet<>();
    box.statement.reasons().forEach(reason -> because.add(reason.rule().because()));
    body.append(
        "<g><title>%s</title>%s"
            .formatted(
                HtmlText.of(
                    Prose.sentence(WhyWords.heading(box.statement))
                        + " "
                        + String.join(
                            " ", because.stream().sorted().map(Prose::sentence).toList())),
                box.outline(why.roots().contains(box.statement.number()) ? "box root" : "box", 3)));
    double y = box.y() + SvgBox.LINE;
    for (Text line : box.lines) {
      double indent = line.words().startsWith("  ") ? 18 : 8;
      body.append(
          "<text x=\"%s\" y=\"%s\"%s>%s</text>"
              .formatted(
                  SvgBox.number(box.x() + indent),
                  SvgBox.number(y),
                  line.look().isEmpty() ? "" : " class=\"" + line.look() + "\"",
                  HtmlText.of(line.words())));
      y += SvgBox.LINE;
    }
    body.append("</g>\n");
  }
}
