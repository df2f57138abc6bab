package dev.rigwright.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.rigwright.audit.Difference;
import dev.rigwright.audit.Recorded;
import dev.rigwright.audit.Replayed;
import dev.rigwright.audit.Summary;
import dev.rigwright.audit.Today;
import dev.rigwright.audit.Verification;
import dev.rigwright.rulebook.RuleChange;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the decision log holds and proves, to read and for programs. */
public final class LogReport {

  /** Longer values are cut in text; JSON has them whole. */
  private static final int VALUE = 100;

  /** More places than a person reads. */
  private static final int PLACES = 20;

  private static final List<String> COLUMNS =
      List.of(
          "sequence",
          "recordedAt",
          "decisionId",
          "requirementId",
          "verdict",
          "cards",
          "totalUsd",
          "budgetUsd",
          "asOf",
          "policy",
          "redacted",
          "rulebook",
          "facts",
          "requirementSchema",
          "engine",
          "application",
          "outcomeHash",
          "previous",
          "hash");

  private LogReport() {}

  /** One line of a list. */
  public static String line(Recorded recorded) {
    return "%5d  %s  %s  %s  %s"
        .formatted(
            recorded.sequence(),
            recorded.recordedAt().substring(0, 19) + "Z",
            recorded.decisionId(),
            Summary.of(recorded.decision()),
            recorded.requirementId());
  }

  /** A record without its decision, and what that comes down to. */
  public static ObjectNode brief(Recorded recorded) {
    Summary summary = Summary.of(recorded.decision());
    ObjectNode brief = recorded.header();
    brief.remove("requirement");
    ArrayNode cards = brief.putArray("cards");
    summary.cards().forEach(cards::add);
    brief.put("totalUsd", summary.totalUsd());
    brief.put("hash", recorded.hash());
    return brief;
  }

  /** A list of records without their decisions. */
  public static String briefs(List<Recorded> records) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    records.forEach(recorded -> list.add(brief(recorded)));
    return JsonReport.indented(list);
  }

  /** All of a record: requirement and decision as trees. */
  public static ObjectNode whole(Recorded recorded) {
    ObjectNode whole = recorded.header();
    whole.set("requirement", recorded.asked());
    whole.put("hash", recorded.hash());
    whole.set("decision", recorded.decision());
    return whole;
  }

  /** All of a record, to be read by programs. */
  public static String json(Recorded recorded) {
    return JsonReport.indented(whole(recorded));
  }

  /**
   * A record, to read.
   *
   * @param times how many records have its decision's id
   */
  public static String text(Recorded recorded, int times) {
    List<String> lines = new ArrayList<>();
    lines.add("Record       #%d of %s".formatted(recorded.sequence(), recorded.recordedAt()));
    lines.add(
        "Decision     %s%s"
            .formatted(
                recorded.decisionId(),
                times == 1 ? "" : ", recorded %d times; this is the last".formatted(times)));
    lines.add("Outcome      " + Summary.of(recorded.decision()));
    lines.add(
        "Requirement  %s%s"
            .formatted(
                recorded.requirementId(),
                recorded.redacted() ? ", redacted: what was written freely was left out" : ""));
    lines.add("             " + recorded.requirement());
    if (!recorded.asked().has("asOf")) {
      lines.add("Asked on     " + recorded.askedOn());
    }
    lines.add("Rules        " + recorded.rulebook());
    lines.add("Facts        " + recorded.facts());
    lines.add("Decided by   %s, %s".formatted(recorded.application(), recorded.engine()));
    lines.add("Outcome is   " + recorded.outcomeHash());
    lines.add("Follows      " + recorded.previous());
    lines.add("Hash         " + recorded.hash());
    lines.add(
        "Next: rigwright replay %d   rigwright audit show %d --format json"
            .formatted(recorded.sequence(), recorded.sequence()));
    return String.join("\n", lines);
  }

  /** The head of a table of records. */
  public static String csvHead() {
    return csv(COLUMNS);
  }

  /** A record as a row of that table. */
  public static String csvRow(Recorded recorded) {
    ObjectNode all = brief(recorded);
    JsonNode decision = recorded.decision();
    all.set("budgetUsd", recorded.asked().get("budgetUsd"));
    all.set("asOf", decision.get("asOf"));
    all.set("policy", decision.get("policy"));
    all.put("cards", String.join(", ", Summary.of(decision).cards()));
    return csv(COLUMNS.stream().map(name -> cell(all.get(name))).toList());
  }

  private static String cell(JsonNode value) {
    return value == null || value.isNull() ? "" : value.asText();
  }

  private static String csv(List<String> cells) {
    StringWriter line = new StringWriter();
    CsvWriter.builder()
        .lineDelimiter(LineDelimiter.LF)
        .bufferSize(0)
        .build(line)
        .writeRecord(cells);
    return line.toString().stripTrailing();
  }

  /** Whether a log is what was written, to read. */
  public static String text(Verification verification, boolean headGiven) {
    List<String> lines = new ArrayList<>();
    if (verification.verified()) {
      lines.add(
          "Verified: %s, each as it was written and in its place, with the rules and facts it was decided with."
              .formatted(count(verification.records(), "record")));
      if (verification.since() != null) {
        lines.add(
            "The hash you kept is in it; %s came after."
                .formatted(count(verification.since(), "record")));
      }
    } else {
      lines.add("NOT verified: %s.".formatted(count(verification.problems().size(), "problem")));
      verification.problems().forEach(problem -> lines.add("  " + problem.message()));
    }
    lines.add("Head " + verification.head());
    if (!headGiven) {
      lines.add(
          "Keep that hash elsewhere: only audit verify --head HASH finds records cut off the end, or a log written anew.");
    }
    return String.join("\n", lines);
  }

  /** The same for programs. */
  public static String json(Verification verification) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("verified", verification.verified());
    tree.put("records", verification.records());
    tree.put("sources", verification.sources());
    tree.put("head", verification.head());
    tree.put("headAt", verification.headAt());
    tree.put("since", verification.since());
    ArrayNode problems = tree.putArray("problems");
    for (Verification.Problem problem : verification.problems()) {
      problems
          .addObject()
          .put("sequence", problem.sequence())
          .put("kind", problem.kind())
          .put("message", problem.message());
    }
    return JsonReport.indented(tree);
  }

  private static String count(long number, String what) {
    return "%,d %s%s".formatted(number, what, number == 1 ? "" : "s");
  }

  /** A record that was decided again, to read. */
  public static String text(Replayed replayed) {
    List<String> lines = new ArrayList<>();
    String name = name(replayed.recorded());
    if (replayed.failure() != null) {
      lines.add(name + ": cannot be decided again. " + replayed.failure());
    } else if (replayed.identical()) {
      lines.add(name + ": identical");
    } else {
      lines.add(name + ": differs at " + count(replayed.differences().size(), "place"));
      places(lines, replayed.differences());
    }
    if (!replayed.identical() && replayed.otherProgram()) {
      lines.add(
          "  Recorded by %s, %s; decided again by %s, %s."
              .formatted(
                  replayed.recorded().application(),
                  replayed.recorded().engine(),
                  replayed.application(),
                  replayed.engine()));
    }
    return String.join("\n", lines);
  }

  private static String name(Recorded recorded) {
    return "#%d %s of %s, %s"
        .formatted(
            recorded.sequence(),
            recorded.decisionId(),
            recorded.recordedAt(),
            recorded.requirementId());
  }

  private static void places(List<String> lines, List<Difference> differences) {
    List<Difference> weightiest = new ArrayList<>(differences);
    weightiest.sort(Comparator.comparingInt(LogReport::weight));
    for (Difference one : weightiest.subList(0, Math.min(PLACES, differences.size()))) {
      lines.add(
          "  %s: %s -> %s"
              .formatted(
                  one.pointer().isEmpty() ? "(all)" : one.pointer(),
                  shown(one.was()),
                  shown(one.now())));
    }
    if (differences.size() > PLACES) {
      lines.add(
          "  and %d more: --format json has all, and whole."
              .formatted(differences.size() - PLACES));
    }
  }

  /** Verdict and recommendation are what people look for first. */
  private static int weight(Difference one) {
    String pointer = one.pointer();
    return pointer.equals("/verdict") ? 0 : pointer.startsWith("/recommendation") ? 1 : 2;
  }

  /** A value in one line; of what speaks for itself the rule and the words. */
  private static String shown(JsonNode value) {
    if (value == null) {
      return "nothing";
    }
    String text =
        value.has("rule") && value.has("says")
            ? value.get("rule").asText() + ", " + value.get("says")
            : value.has("kind") && value.has("id")
                ? value.get("kind").asText() + " " + value.get("id").asText()
                : value.toString();
    return text.length() <= VALUE ? text : text.substring(0, VALUE - 3) + "...";
  }

  /** The same for programs. */
  public static ObjectNode tree(Replayed replayed) {
    ObjectNode tree = named(replayed.recorded());
    tree.put("identical", replayed.identical());
    tree.put("application", replayed.application());
    tree.put("engine", replayed.engine());
    tree.set("failure", text(replayed.failure()));
    tree.set("differences", tree(replayed.differences()));
    return tree;
  }

  private static JsonNode text(String text) {
    return text == null ? JsonNodeFactory.instance.nullNode() : TextNode.valueOf(text);
  }

  private static ObjectNode named(Recorded recorded) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("sequence", recorded.sequence())
        .put("decisionId", recorded.decisionId())
        .put("recordedAt", recorded.recordedAt())
        .put("requirementId", recorded.requirementId());
  }

  private static ArrayNode tree(List<Difference> differences) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Difference one : differences) {
      ObjectNode place = list.addObject().put("pointer", one.pointer());
      if (one.was() != null) {
        place.set("was", one.was());
      }
      if (one.now() != null) {
        place.set("now", one.now());
      }
    }
    return list;
  }

  /** What would be said of a record now, to read. */
  public static String text(Today.Answer answer) {
    List<String> lines = new ArrayList<>();
    String name = name(answer.recorded());
    if (answer.failure() != null) {
      lines.add(name + ": cannot be decided now. " + answer.failure());
      return String.join("\n", lines);
    }
    if (answer.same()) {
      lines.add(
          "%s: the same would be said (%s; %s since)"
              .formatted(name, answer.now(), rules(answer.changed())));
      return String.join("\n", lines);
    }
    lines.add(name + ": something else would be said");
    lines.add("  Then  " + answer.then());
    lines.add("  Now   " + answer.now());
    made(lines, answer);
    if (answer.facts() != null) {
      lines.add(
          answer.facts()
              ? "  Today's facts make a difference by themselves."
              : "  Today's facts are others, and make no difference by themselves.");
    }
    lines.add("  Differs at " + count(answer.differences().size(), "place"));
    List<String> places = new ArrayList<>();
    places(places, answer.differences());
    places.forEach(place -> lines.add("  " + place));
    return String.join("\n", lines);
  }

  private static String rules(int changed) {
    return changed == 0 ? "no rule changed" : count(changed, "rule") + " changed";
  }

  private static void made(List<String> lines, Today.Answer answer) {
    if (!answer.made().isEmpty()) {
      lines.add("  Made the difference, each by itself:");
      answer.made().forEach(change -> lines.add("    " + shown(change)));
    } else if (!answer.spoke().isEmpty()) {
      lines.add("  No rule makes the difference by itself; of those that changed, these speak:");
      answer.spoke().forEach(change -> lines.add("    " + shown(change)));
    } else if (answer.changed() > 0) {
      lines.add("  None of the %s that changed speaks.".formatted(count(answer.changed(), "rule")));
    }
    if (answer.untried() > 0) {
      lines.add(
          "  %s that speak could not be tried alone, or were too many."
              .formatted(count(answer.untried(), "changed rule")));
    }
  }

  private static String shown(RuleChange change) {
    return "%-7s  %s  rules/%s:%d"
        .formatted(change.how().word(), change.rule(), change.file(), change.line());
  }

  /** The same for programs. */
  public static ObjectNode tree(Today.Answer answer) {
    ObjectNode tree = named(answer.recorded());
    tree.put("same", answer.same());
    tree.put("then", answer.then().toString());
    tree.put("now", answer.now() == null ? null : answer.now().toString());
    tree.put("changedRules", answer.changed());
    tree.set("spoke", changes(answer.spoke()));
    tree.set("made", changes(answer.made()));
    tree.put("untried", answer.untried());
    tree.put("factsMakeADifference", answer.facts());
    tree.put("failure", answer.failure());
    tree.set("differences", tree(answer.differences()));
    return tree;
  }

  private static ArrayNode changes(List<RuleChange> changes) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (RuleChange change : changes) {
      list.addObject()
          .put("rule", change.rule())
          .put("how", change.how().word())
          .put("file", "rules/" + change.file())
          .put("line", change.line());
    }
    return list;
  }
}
