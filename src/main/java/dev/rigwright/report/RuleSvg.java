package dev.rigwright.report;

import dev.rigwright.authoring.RuleEntry;
import dev.rigwright.authoring.RuleGraph;
import dev.rigwright.authoring.RuleGraph.Group;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fact types and rules as a picture: a panel for each stratum, from top to bottom. A panel begins
 * with the types that it takes from earlier ones, so that no line crosses another panel; its rules
 * follow, then what they conclude. Where all rules are shown, given facts are named in the boxes
 * instead of drawn, because nearly every rule reads some.
 */
public final class RuleSvg {

  private static final int MARGIN = 24;
  private static final int GAP = 18;
  private static final int RANK_GAP = 54;
  private static final int WRAP_GAP = 26;
  private static final int MOST_LETTERS = 36;

  private final RuleGraph graph;
  private final StringBuilder svg = new StringBuilder();

  private RuleSvg(RuleGraph graph) {
    this.graph = graph;
  }

  /** The picture, a document of its own. */
  public static String of(RuleGraph graph) {
    return new RuleSvg(graph).svg();
  }

  /** Something that is drawn: a fact type, or rules in one box. */
  private static final class Node extends SvgBox {
    final String type;
    final Group group;
    final List<String> lines = new ArrayList<>();
    final Set<Node> above = new LinkedHashSet<>();
    final Set<String> finished = new LinkedHashSet<>();
    int rank;

    Node(String type, Group group) {
      this.type = type;
      this.group = group;
    }
  }

  private String svg() {
    double y = MARGIN + 24;
    for (String folder : graph.folders()) {
      y = panel(folder, y) + MARGIN;
    }
    return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" font-family="Helvetica, Arial, sans-serif" font-size="11">
        <title>Rules</title>
        <style>
        .panel { fill: #f6f6f4; stroke: #d5d5d0 } .name { font-size: 16px; font-weight: bold; fill: #444 }
        .box { fill: #fff; stroke: #666 } .topic { font-weight: bold } .given { fill: #777; font-style: italic }
        .type { fill: #dbe9f8; stroke: #4a7ab0 } .from { fill: #eef0f2; stroke: #999; stroke-dasharray: 3 2 }
        .line { fill: none; stroke: #9aa5b1; stroke-width: 1 } .finished { stroke-dasharray: 5 3 }
        g.node:hover .line { stroke: #c33; stroke-width: 2 } g.node:hover rect { stroke: #c33; stroke-width: 2 }
        text { fill: #222 }
        </style>
        <rect width="%1$d" height="%2$d" fill="#fff"/>
        <text x="%3$d" y="28">Blue: facts that rules conclude. Grey: facts from elsewhere, or named again. Boxes: rules of a topic. Dashed lines: what has to be finished before (not, exists, accumulate).</text>
        %4$s</svg>
        """
        .formatted(SvgBox.WIDTH, (int) Math.ceil(y), MARGIN, svg);
  }

  private double panel(String folder, double top) {
    List<Node> nodes = nodes(folder);
    rank(nodes);
    near(nodes, folder);
    List<List<Node>> ranks = new ArrayList<>();
    for (Node node : nodes) {
      while (ranks.size() <= node.rank) {
        ranks.add(new ArrayList<>());
      }
      ranks.get(node.rank).add(node);
    }
    double y = top + 40;
    for (List<Node> row : ranks) {
      if (!row.isEmpty()) {
        y = place(row, y) + RANK_GAP;
      }
    }
    double bottom = y - RANK_GAP + 20;
    svg.append(
        "<rect class=\"panel\" x=\"%d\" y=\"%s\" width=\"%d\" height=\"%s\" rx=\"8\"/>\n"
            .formatted(
                MARGIN / 2,
                SvgBox.number(top),
                SvgBox.WIDTH - MARGIN,
                SvgBox.number(bottom - top)));
    svg.append(
        "<text class=\"name\" x=\"%d\" y=\"%s\">%s</text>\n"
            .formatted(MARGIN, SvgBox.number(top + 24), HtmlText.of(folder)));
    StringBuilder shapes = new StringBuilder();
    for (Node node : nodes) {
      svg.append("<g class=\"node\">");
      for (Node above : node.above) {
        line(above, node);
      }
      svg.append("</g>\n");
    }
    nodes.forEach(node -> shape(shapes, node));
    svg.append(shapes);
    return bottom;
  }

  private List<Node> nodes(String folder) {
    Map<String, Node> types = new LinkedHashMap<>();
    List<Node> boxes = new ArrayList<>();
    for (Group group : graph.groups()) {
      if (group.folder().equals(folder)) {
        boxes.add(box(group));
      }
    }
    for (Node box : boxes) {
      for (String type : box.group.reads()) {
        if (!graph.whole() || !graph.facts().contains(type)) {
          Node read = types.computeIfAbsent(type, t -> pill(t, folder));
          box.above.add(read);
        }
      }
    }
    for (Node box : boxes) {
      if (box.group.concludes() != null) {
        Node concluded = types.computeIfAbsent(box.group.concludes(), type -> pill(type, folder));
        if (box.above.contains(concluded)) {
          box.above.remove(concluded); // a rule that reads what it concludes: said by its own line
        }
        concluded.above.add(box);
      }
    }
    List<Node> nodes = new ArrayList<>(types.values());
    nodes.addAll(boxes);
    return nodes;
  }

  private Node box(Group group) {
    Node box = new Node(null, group);
    box.lines.add(group.topic());
    for (RuleEntry rule : group.rules()) {
      box.lines.add(shortened(rule.id().substring(rule.id().indexOf('/') + 1)));
    }
    box.finished.addAll(group.negates());
    if (graph.whole()) {
      List<String> given = group.reads().stream().filter(graph.facts()::contains).toList();
      for (String line :
          given.isEmpty() ? List.<String>of() : wrapped("of " + String.join(", ", given))) {
        box.lines.add("~" + line);
      }
    }
    size(box, 16);
    return box;
  }

  private static List<String> wrapped(String text) {
    return Page.wrapped(text, MOST_LETTERS, MOST_LETTERS);
  }

  private static String shortened(String text) {
    return text.length() <= MOST_LETTERS ? text : text.substring(0, MOST_LETTERS - 1) + "…";
  }

  private Node pill(String type, String folder) {
    Node pill = new Node(type, null);
    pill.lines.add(type);
    String origin = graph.origin(type);
    if (origin != null && !origin.equals(folder)) {
      pill.lines.add("~from " + origin);
    }
    size(pill, 22);
    return pill;
  }

  private static void size(Node node, int padding) {
    int letters =
        node.lines.stream().mapToInt(line -> line.replace("~", "").length()).max().orElse(1);
    node.size(node.lines.size(), letters, padding);
  }

  /** Each node lies below all that lead to it; a cycle is cut where it is found. */
  private static void rank(List<Node> nodes) {
    for (Node node : nodes) {
      cut(node, new LinkedHashSet<>(), new LinkedHashSet<>());
    }
    boolean moved = true;
    while (moved) {
      moved = false;
      for (Node node : nodes) {
        for (Node above : node.above) {
          if (node.rank <= above.rank) {
            node.rank = above.rank + 1;
            moved = true;
          }
        }
        if (node.group != null && node.rank == 0) {
          node.rank = 1;
          moved = true;
        }
      }
    }
  }

  /** A line spans one rank: a box moves down to its conclusion, a type is named again nearby. */
  private void near(List<Node> nodes, String folder) {
    for (Node concluded : nodes) {
      concluded.above.stream()
          .filter(box -> box.group != null)
          .forEach(box -> box.rank = concluded.rank - 1);
    }
    Map<String, Node> copies = new LinkedHashMap<>();
    for (Node box : List.copyOf(nodes)) {
      for (Node type : List.copyOf(box.above)) {
        if (box.group != null && type.rank != box.rank - 1) {
          Node copy =
              copies.computeIfAbsent(
                  type.type + " " + (box.rank - 1), key -> pill(type.type, folder));
          copy.rank = box.rank - 1;
          box.above.remove(type);
          box.above.add(copy);
        }
      }
    }
    Set<Node> read = new LinkedHashSet<>();
    nodes.forEach(node -> read.addAll(node.above));
    nodes.removeIf(node -> node.group == null && node.above.isEmpty() && !read.contains(node));
    nodes.addAll(copies.values());
  }

  private static void cut(Node node, Set<Node> path, Set<Node> done) {
    if (!done.add(node)) {
      return;
    }
    path.add(node);
    node.above.removeIf(path::contains);
    for (Node above : List.copyOf(node.above)) {
      cut(above, path, done);
    }
    path.remove(node);
  }

  /** Puts a rank's nodes side by side, over as many rows as they need. */
  private double place(List<Node> rank, double top) {
    rank.sort(Comparator.comparingDouble(RuleSvg::pull));
    List<List<Node>> rows = new ArrayList<>();
    double room = SvgBox.WIDTH - 2.0 * MARGIN;
    double total = rank.stream().mapToDouble(node -> node.width() + GAP).sum();
    double aim = total / Math.ceil(total / room);
    double used = 0;
    for (Node node : rank) {
      boolean full = used + node.width() > room || used >= aim - node.width() / 3;
      if (rows.isEmpty() || full) {
        rows.add(new ArrayList<>());
        used = 0;
      }
      rows.get(rows.size() - 1).add(node);
      used += node.width() + GAP;
    }
    return SvgBox.place(rows, top, MARGIN, GAP, WRAP_GAP);
  }

  /** Where the nodes above would have a node stand. */
  private static double pull(Node node) {
    return node.above.stream().mapToDouble(Node::middle).average().orElse(SvgBox.WIDTH / 2.0);
  }

  private void line(Node from, Node to) {
    boolean finished = to.group != null && to.finished.contains(from.type);
    svg.append(SvgBox.line(finished ? "line finished" : "line", from, to, 20));
  }

  private void shape(StringBuilder shapes, Node node) {
    boolean own = node.type != null && node.above.stream().anyMatch(above -> above.group != null);
    shapes.append(
        "<g>"
            + node.outline(
                node.group != null ? "box" : own ? "type" : "from", node.group != null ? 2 : 11));
    double y = node.y() + SvgBox.LINE;
    for (int i = 0; i < node.lines.size(); i++) {
      String line = node.lines.get(i);
      boolean given = line.startsWith("~");
      shapes.append(
          "<text x=\"%s\" y=\"%s\"%s>%s%s</text>"
              .formatted(
                  SvgBox.number(node.x() + 8),
                  SvgBox.number(y),
                  given ? " class=\"given\"" : i == 0 ? " class=\"topic\"" : "",
                  HtmlText.of(given ? line.substring(1) : line),
                  title(node, i)));
      y += SvgBox.LINE;
    }
    shapes.append("</g>\n");
  }

  /** What a rule says, to be read with the pointer on its name. */
  private static String title(Node node, int line) {
    if (node.group == null || line == 0 || line > node.group.rules().size()) {
      return "";
    }
    RuleEntry rule = node.group.rules().get(line - 1);
    return "<title>" + HtmlText.of(rule.id() + ": " + rule.words()) + "</title>";
  }
}
