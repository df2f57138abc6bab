package dev.rigwright.web.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.audit.DecisionLog;
import dev.rigwright.audit.Filter;
import dev.rigwright.audit.LogException;
import dev.rigwright.audit.Recorded;
import dev.rigwright.audit.Rederived;
import dev.rigwright.audit.Replayed;
import dev.rigwright.audit.Summary;
import dev.rigwright.engine.Decision;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.FactsException;
import dev.rigwright.report.JsonReport;
import dev.rigwright.report.LogReport;
import dev.rigwright.report.MarkdownReport;
import dev.rigwright.report.WhySvg;
import dev.rigwright.rulebook.RulebookException;
import dev.rigwright.web.Paths;
import dev.rigwright.web.Problem;
import dev.rigwright.web.Services;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** What who audits sees: the decisions of the log, each with its proof, and replayed. */
public final class LogPages {

  private static final int SHOWN = 100;
  private static final int PLACES = 40;
  private static final int LONGEST_VALUE = 200;

  private final Rendering rendering;
  private final Services services;

  LogPages(Rendering rendering, Services services) {
    this.rendering = rendering;
    this.services = services;
  }

  void add(JavalinConfig config) {
    Paths paths = new Paths(config);
    paths.get("/decisions", this::decisions);
    paths.get("/decisions/{id}", this::decision);
    paths.get("/decisions/{id}/why", this::why);
    paths.get("/decisions/{id}/why.svg", this::picture);
    paths.get("/decisions/{id}/why-not", this::whyNot);
    paths.get("/decisions/{id}/replay", this::replay);
    paths.get("/decisions/{id}/answer.json", this::json);
    paths.get("/decisions/{id}/answer.md", this::markdown);
  }

  // ---- the list

  /** A record in the list. */
  public record Item(
      long sequence,
      String recordedAt,
      String decisionId,
      String requirementId,
      String title,
      String verdict,
      String cards,
      String total,
      String budget) {}

  /** What was looked for, and what was found, the newest first. */
  public record Decisions(
      boolean logged,
      long all,
      String query,
      String verdict,
      String card,
      String rule,
      String requirement,
      String since,
      String until,
      List<Item> found,
      boolean more,
      Long before,
      String problem) {

    /** What is looked for, without the place in the list. */
    public String parameters() {
      List<String> pairs = new ArrayList<>();
      String[][] given = {
        {"q", query},
        {"verdict", verdict},
        {"card", card},
        {"rule", rule},
        {"requirement", requirement},
        {"since", since},
        {"until", until}
      };
      for (String[] pair : given) {
        if (!pair[1].isEmpty()) {
          pairs.add(pair[0] + "=" + Form.encoded(pair[1]));
        }
      }
      return String.join("&", pairs);
    }
  }

  private static String text(Context http, String name) {
    String text = http.queryParam(name);
    return text == null ? "" : text.strip();
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private void decisions(Context http) {
    Numbers numbers = Rendering.numbers(http);
    DecisionLog log = services.installation().log();
    String problem = null;
    String card = text(http, "card");
    String id = card;
    if (!card.isEmpty()) {
      try {
        id = services.installation().inForce().advisor().reader().names().gpu(card, "");
      } catch (BadInputException unknown) {
        problem = unknown.getMessage();
      }
    }
    for (String day : List.of(text(http, "since"), text(http, "until"))) {
      if (!day.isEmpty() && !day.matches("\\d{4}-\\d{2}-\\d{2}.*")) {
        problem = "Found (%s); a day is written as 2026-11-22.".formatted(day);
      }
    }
    Long before =
        text(http, "before").matches("\\d{1,18}") ? Long.valueOf(text(http, "before")) : null;
    Deque<Recorded> newest = new ArrayDeque<>();
    if (log != null && problem == null) {
      Filter filter =
          new Filter(
              orNull(text(http, "since")),
              orNull(text(http, "until")),
              orNull(text(http, "requirement")),
              orNull(id),
              orNull(text(http, "rule")),
              orNull(text(http, "verdict")),
              Pages.words(text(http, "q")));
      services
          .decider()
          .within(
              http,
              () -> {
                filter.each(log, recorded -> keep(newest, recorded, before));
                return null;
              });
    }
    boolean more = newest.size() > SHOWN;
    if (more) {
      newest.removeFirst();
    }
    List<Item> found = new ArrayList<>();
    newest.forEach(recorded -> found.add(item(recorded, numbers)));
    Collections.reverse(found);
    Decisions decisions =
        new Decisions(
            log != null,
            log == null ? 0 : log.size(),
            text(http, "q"),
            text(http, "verdict"),
            card,
            text(http, "rule"),
            text(http, "requirement"),
            text(http, "since"),
            text(http, "until"),
            found,
            more,
            found.isEmpty() ? null : found.get(found.size() - 1).sequence(),
            problem);
    if (Rendering.isPart(http)) {
      rendering.part(http, "decisions-found", Map.of("decisions", decisions, "numbers", numbers));
      return;
    }
    rendering.page(
        http,
        "decisions",
        Map.of(
            "shell",
            rendering.shell("Decisions", "/decisions"),
            "decisions",
            decisions,
            "numbers",
            numbers));
  }

  /** The newest, and one more that tells whether there are more. */
  private static void keep(Deque<Recorded> newest, Recorded recorded, Long before) {
    if (before == null || recorded.sequence() < before) {
      newest.addLast(recorded);
      if (newest.size() > SHOWN + 1) {
        newest.removeFirst();
      }
    }
  }

  private static Item item(Recorded recorded, Numbers numbers) {
    Summary summary = Summary.of(recorded.decision());
    JsonNode asked = recorded.asked();
    return new Item(
        recorded.sequence(),
        recorded.recordedAt().substring(0, 19).replace('T', ' '),
        recorded.decisionId(),
        recorded.requirementId(),
        asked.path("title").asText(""),
        summary.verdict(),
        String.join(", ", summary.cards()),
        summary.totalUsd() == null ? "" : numbers.usd(summary.totalUsd()),
        asked.has("budgetUsd") ? numbers.usd(asked.get("budgetUsd").asLong()) : "");
  }

  // ---- one of them

  private Recorded recorded(Context http) {
    DecisionLog log = services.installation().log();
    if (log == null) {
      throw new Problem(
          Problem.Kind.NOT_FOUND,
          "Nothing is recorded here. Maybe start the server without --no-log.");
    }
    try {
      return log.newest(http.pathParam("id"));
    } catch (BadInputException unknown) {
      throw new Problem(Problem.Kind.NOT_FOUND, unknown.getMessage());
    }
  }

  /** What stands in the log cannot be used; whoever audits is told how. */
  private static Problem unusable(Recorded recorded, RuntimeException failed) {
    return new Problem(
        Problem.Kind.NOT_FOUND,
        "Record %d cannot be decided again. %s"
            .formatted(recorded.sequence(), failed.getMessage()));
  }

  private AdvicePages.Question question(Recorded recorded) {
    try {
      Rederived again = services.installation().log().rederive(recorded);
      return new AdvicePages.Question(
          again.advisor(),
          again.requirement(),
          recorded.decisionId(),
          new Links(null, recorded.sequence()));
    } catch (LogException
        | BadInputException
        | FactsException
        | RulebookException
        | UncheckedIOException failed) {
      throw unusable(recorded, failed);
    }
  }

  /**
   * A record with what replaying it gave.
   *
   * @param form where the form asks the same of the rules and facts in force
   * @param answer null where replaying gave another
   */
  public record Record(
      Recorded recorded,
      Summary summary,
      String requirement,
      String form,
      Replay replay,
      AnswerView answer) {}

  /** What came of deciding again. */
  public record Replay(boolean identical, String headline, List<Place> places, int more) {}

  /** Where two outcomes differ. */
  public record Place(String pointer, String was, String now) {}

  private void decision(Context http) {
    Recorded recorded = recorded(http);
    Numbers numbers = Rendering.numbers(http);
    Record record = services.decider().within(http, () -> record(recorded, numbers));
    rendering.page(
        http,
        "decision",
        Map.of(
            "shell",
            rendering.shell("Decision " + recorded.decisionId(), "/decisions"),
            "record",
            record,
            "numbers",
            numbers,
            "cards",
            Names.of(services.installation().inForce()).cards()));
  }

  /** The answer is shown where it is the recorded one, to the byte. */
  private Record record(Recorded recorded, Numbers numbers) {
    Replayed replayed = Replayed.of(services.installation().log(), recorded);
    AnswerView answer = null;
    if (replayed.identical()) {
      Rederived again = services.installation().log().rederive(recorded);
      answer =
          AnswerViews.of(
              again.decide(), again.advisor(), numbers, new Links(null, recorded.sequence()));
    }
    return new Record(
        recorded,
        Summary.of(recorded.decision()),
        JsonReport.indented(recorded.asked()).strip(),
        "/?" + Form.asking(recorded.asked()).with("on", recorded.askedOn().toString()).query(),
        replay(replayed),
        answer);
  }

  private static Replay replay(Replayed replayed) {
    List<Place> places = new ArrayList<>();
    replayed.differences().stream()
        .limit(PLACES)
        .forEach(
            one ->
                places.add(
                    new Place(
                        one.pointer().isEmpty() ? "(all)" : one.pointer(),
                        shown(one.was()),
                        shown(one.now()))));
    String name = LogReport.text(replayed).lines().findFirst().orElse("");
    return new Replay(
        replayed.identical(), name, places, replayed.differences().size() - places.size());
  }

  private static String shown(JsonNode value) {
    String text = value == null ? "nothing" : value.toString();
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE - 1) + "…";
  }

  private void replay(Context http) {
    Recorded recorded = recorded(http);
    Replay replay =
        services
            .decider()
            .within(http, () -> replay(Replayed.of(services.installation().log(), recorded)));
    if (Rendering.isPart(http)) {
      rendering.part(http, "replay", Map.of("replay", replay));
      return;
    }
    rendering.page(
        http,
        "replay-page",
        Map.of(
            "shell",
            rendering.shell("Replay", "/decisions"),
            "replay",
            replay,
            "recorded",
            recorded));
  }

  private void why(Context http) {
    Recorded recorded = recorded(http);
    ProofView proof =
        services.decider().within(http, () -> AdvicePages.proof(http, question(recorded)));
    AdvicePages.answerWhy(http, rendering, proof, "/decisions");
  }

  private void picture(Context http) {
    Recorded recorded = recorded(http);
    AdvicePages.svg(
        http,
        services
            .decider()
            .within(
                http,
                () ->
                    WhySvg.of(
                        question(recorded).why(http.queryParam("about")), AdvicePages.PICTURE)));
  }

  private void whyNot(Context http) {
    Recorded recorded = recorded(http);
    AdvicePages.Answered answered =
        services.decider().within(http, () -> AdvicePages.whyNot(http, question(recorded)));
    AdvicePages.answerWhyNot(
        http,
        rendering,
        answered,
        Names.of(services.installation().inForce()).cards(),
        "/decisions");
  }

  private void json(Context http) {
    Recorded recorded = recorded(http);
    AdvicePages.attach(
        http,
        "application/json",
        recorded.decisionId() + ".json",
        JsonReport.indented(recorded.decision()));
  }

  private void markdown(Context http) {
    Recorded recorded = recorded(http);
    AdvicePages.Question question = question(recorded);
    Decision decision =
        services.decider().within(http, () -> question.advisor().decide(question.requirement()));
    AdvicePages.attach(
        http,
        "text/markdown; charset=utf-8",
        recorded.decisionId() + ".md",
        MarkdownReport.of(decision, question.advisor().facts(), question.advisor().rulebook()));
  }
}
