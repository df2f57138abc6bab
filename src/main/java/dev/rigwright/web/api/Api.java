package dev.rigwright.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.audit.Blocked;
import dev.rigwright.audit.BlockedQuestion;
import dev.rigwright.audit.DecisionLog;
import dev.rigwright.audit.Recorded;
import dev.rigwright.audit.Rederived;
import dev.rigwright.audit.Why;
import dev.rigwright.audit.WhyNotQuestion;
import dev.rigwright.audit.WhyQuestion;
import dev.rigwright.authoring.RuleEntry;
import dev.rigwright.authoring.RuleSearch;
import dev.rigwright.authoring.RuleSheet;
import dev.rigwright.domain.Claim;
import dev.rigwright.domain.ClaimStatus;
import dev.rigwright.domain.Fingerprint;
import dev.rigwright.domain.Model;
import dev.rigwright.domain.Service;
import dev.rigwright.engine.Decision;
import dev.rigwright.engine.DecisionJson;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.Facts;
import dev.rigwright.facts.Json;
import dev.rigwright.facts.Names;
import dev.rigwright.report.CatalogueReport;
import dev.rigwright.report.ClaimSearch;
import dev.rigwright.report.ClaimsReport;
import dev.rigwright.report.FitReport;
import dev.rigwright.report.JsonReport;
import dev.rigwright.report.RuleReport;
import dev.rigwright.report.WhyHtml;
import dev.rigwright.report.WhyJson;
import dev.rigwright.report.WhySvg;
import dev.rigwright.report.WhyText;
import dev.rigwright.web.Decider;
import dev.rigwright.web.InForce;
import dev.rigwright.web.Installation;
import dev.rigwright.web.Media;
import dev.rigwright.web.Paths;
import dev.rigwright.web.Problem;
import dev.rigwright.web.Problem.Kind;
import dev.rigwright.web.Routes;
import dev.rigwright.web.Services;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The HTTP interface for programs. Its answers are those that the command line prints as JSON. */
public final class Api implements Routes {

  private Installation installation;
  private Decider decider;

  @Override
  public void add(JavalinConfig config, Services services) {
    installation = services.installation();
    decider = services.decider();
    Lines lines = new Lines(decider);
    Paths paths = new Paths(config);
    paths.post(
        "/v1/decisions",
        http -> {
          if (Media.sent(http, List.of(Media.JSON, Media.LINES)).equals(Media.LINES)) {
            lines.answer(http);
          } else {
            decide(http);
          }
        });
    paths.get("/v1/decisions/{id}", this::decision);
    paths.get("/v1/decisions/{id}/why", this::why);
    paths.get("/v1/decisions/{id}/why-not/<card>", this::whyNot);
    paths.post("/v1/fit", this::fit);
    paths.get("/v1/rules", this::rules);
    paths.get("/v1/rules/{topic}/{problem}", this::rule);
    paths.get("/v1/catalog/gpus", this::gpus);
    paths.get("/v1/catalog/models", this::models);
    paths.get("/v1/claims", this::claims);
    paths.get(
        "/openapi.json",
        http ->
            known(
                http,
                inForce ->
                    inForce.kept(
                        "openapi", key -> OpenApi.of(inForce, installation.places().facts()))));
  }

  private void decide(Context http) {
    Media.wanted(http, List.of(Media.JSON));
    JsonNode given = installation.inForce().advisor().reader().parse(http.bodyAsBytes());
    Decider.Answer answer = decider.answer(http, given, true);
    if (answer.recorded()) {
      http.header("Location", "/v1/decisions/" + answer.decision().decisionId());
    }
    http.header("Rigwright-Recorded", String.valueOf(answer.recorded()));
    http.contentType(Media.JSON).result(JsonReport.bytes(answer.decision()));
  }

  /** The record that a path names. */
  private Recorded recorded(Context http) {
    String id = http.pathParam("id");
    DecisionLog log = installation.log();
    if (log == null) {
      throw new Problem(
          Kind.NOT_FOUND, "Nothing is recorded here, so there is no decision (%s).".formatted(id));
    }
    try {
      return log.newest(id);
    } catch (BadInputException unknown) {
      throw new Problem(
          Kind.NOT_FOUND,
          unknown
              .getMessage()
              .replace(" in " + log.file(), "")
              .replace(log.file().toString(), "the log"));
    }
  }

  /** What names a record: the same decision may have been asked for under another id or title. */
  private static String named(Recorded recorded) {
    return recorded.decisionId() + "-" + recorded.sequence();
  }

  private Rederived rederived(Recorded recorded) {
    return installation.log().rederive(recorded, installation.inForce().advisor());
  }

  private void decision(Context http) {
    Media.wanted(http, List.of(Media.JSON));
    Recorded recorded = recorded(http);
    if (Paths.known(http, named(recorded))) {
      return;
    }
    String text =
        decider.within(
            http,
            () -> {
              Decision again = rederived(recorded).decide();
              // What was answered, even where this program would not say it any more.
              return Arrays.equals(DecisionJson.content(again), recorded.outcome())
                  ? JsonReport.of(again)
                  : recorded.decision().toPrettyString() + "\n";
            });
    http.header("Rigwright-Recorded", "true");
    json(http, text);
  }

  private void why(Context http) {
    List<String> offered = List.of(Media.JSON, Media.HTML, Media.SVG);
    String type = form(http, offered);
    String about = http.queryParam("about");
    Integer depth = number(http, "depth");
    Recorded recorded = recorded(http);
    http.header("Vary", "Accept, Accept-Encoding");
    if (Paths.known(http, named(recorded) + "-" + type.replaceAll("\\W", "-"))) {
      return;
    }
    Why why =
        decider.within(
            http,
            () -> {
              Rederived again = rederived(recorded);
              return named(
                  () ->
                      WhyQuestion.ask(
                          again.advisor(), again.requirement(), recorded.decisionId(), about));
            });
    switch (type) {
      case Media.HTML -> {
        String page = WhyHtml.of(why, depth == null ? WhyText.DEPTH : depth);
        http.header("Content-Security-Policy", Inline.policy(page));
        http.contentType("text/html; charset=utf-8").result(page);
      }
      case Media.SVG -> {
        String picture = WhySvg.of(why, depth == null ? Integer.MAX_VALUE : depth);
        http.header("Content-Security-Policy", Inline.policy(picture));
        http.contentType(Media.SVG + "; charset=utf-8").result(picture);
      }
      default -> json(http, WhyJson.of(why) + "\n");
    }
  }

  /** In which form: named in the query, else by what is accepted. */
  private static String form(Context http, List<String> offered) {
    String named = http.queryParam("format");
    if (named == null) {
      return Media.wanted(http, offered);
    }
    Map<String, String> forms = Map.of("json", Media.JSON, "html", Media.HTML, "svg", Media.SVG);
    if (!forms.containsKey(named)) {
      throw new Problem(
          Kind.NOT_ACCEPTABLE, "There is no format (%s); json, html and svg are.".formatted(named));
    }
    return forms.get(named);
  }

  private static Integer number(Context http, String name) {
    String given = http.queryParam(name);
    if (given == null) {
      return null;
    }
    if (!given.matches("[1-9]\\d{0,3}")) {
      throw new BadInputException(name, "Found %s; allowed is 1 to 9999.".formatted(given));
    }
    return Integer.valueOf(given);
  }

  private void whyNot(Context http) {
    Media.wanted(http, List.of(Media.JSON));
    String card = http.pathParam("card");
    Recorded recorded = recorded(http);
    if (Paths.known(http, named(recorded) + "-not")) {
      return;
    }
    Object answer =
        decider.within(
            http,
            () -> {
              Rederived again = rederived(recorded);
              String id = recorded.decisionId();
              if (BlockedQuestion.isRule(again.advisor(), card)) {
                Blocked blocked =
                    BlockedQuestion.ask(again.advisor(), again.requirement(), id, card);
                return blocked;
              }
              return named(
                  () -> WhyNotQuestion.ask(again.advisor(), again.requirement(), id, card));
            });
    json(http, Json.MAPPER.valueToTree(answer).toPrettyString() + "\n");
  }

  /** What a path or query names and nobody knows is not there. */
  private static <T> T named(Supplier<T> looking) {
    try {
      return looking.get();
    } catch (BadInputException unknown) {
      throw new Problem(Kind.NOT_FOUND, unknown.getMessage());
    }
  }

  private void fit(Context http) {
    Media.sent(http, List.of(Media.JSON));
    Media.wanted(http, List.of(Media.JSON));
    InForce inForce = installation.inForce();
    JsonNode given = inForce.advisor().reader().parse(http.bodyAsBytes());
    json(
        http,
        decider
                .within(
                    http,
                    () ->
                        FitReport.json(
                            FitBody.of(given).answered(inForce.advisor(), installation.today())))
                .stripTrailing()
            + "\n");
  }

  private RuleReport ruleReport() {
    return new RuleReport(installation.places().rulesShown());
  }

  private void rules(Context http) {
    Media.wanted(http, List.of(Media.JSON));
    InForce inForce = installation.inForce();
    List<RuleEntry> found = search(http, words -> RuleSearch.of(inForce.rules(), words));
    tagged(http, ruleReport().listJson(found) + "\n");
  }

  private void rule(Context http) {
    Media.wanted(http, List.of(Media.JSON));
    InForce inForce = installation.inForce();
    String id = http.pathParam("topic") + "/" + http.pathParam("problem");
    RuleEntry entry = named(() -> inForce.rules().rule(id));
    // Its cases are run, which takes a while and comes to the same each time.
    tagged(
        http,
        decider.within(
            http,
            () ->
                inForce.kept(
                    "rule " + id,
                    key ->
                        ruleReport()
                                .sheetJson(
                                    RuleSheet.of(
                                        inForce.rules(),
                                        entry,
                                        inForce.facts().claimById(),
                                        inForce.rulebook()))
                            + "\n")));
  }

  /** A text that hangs on more than rules and facts: cases are edited by themselves. */
  private static void tagged(Context http, String text) {
    if (!Paths.known(http, Fingerprint.sha256(text.getBytes(StandardCharsets.UTF_8)))) {
      json(http, text);
    }
  }

  private void gpus(Context http) {
    known(
        http,
        inForce -> {
          Facts facts = inForce.facts();
          Names names = inForce.advisor().reader().names();
          List<String> ids = search(http, words -> names.gpusLike(String.join(" ", words)));
          return CatalogueReport.json(facts, ids.stream().map(facts.gpuById()::get).toList());
        });
  }

  private void models(Context http) {
    known(
        http,
        inForce -> {
          Facts facts = inForce.facts();
          Names names = inForce.advisor().reader().names();
          List<String> ids = search(http, words -> names.modelsLike(String.join(" ", words)));
          List<Model> models = facts.models().stream().filter(m -> ids.contains(m.id())).toList();
          List<Service> services =
              facts.services().stream().filter(s -> ids.contains(s.id())).toList();
          return CatalogueReport.json(facts, models, services);
        });
  }

  private void claims(Context http) {
    List<ClaimStatus> statuses = statuses(http);
    known(
        http,
        inForce -> {
          List<Claim> all = inForce.facts().claims();
          List<Claim> found = search(http, words -> ClaimSearch.of(all, words, statuses));
          return ClaimsReport.json(inForce.facts(), found);
        });
  }

  /** What hangs on rules and facts alone, unless whoever asks has it. */
  private void known(Context http, Function<InForce, String> shown) {
    Media.wanted(http, List.of(Media.JSON));
    InForce inForce = installation.inForce();
    if (!Paths.known(http, inForce.fingerprint())) {
      json(http, shown.apply(inForce));
    }
  }

  private static List<ClaimStatus> statuses(Context http) {
    List<ClaimStatus> statuses = new ArrayList<>();
    for (String word : http.queryParams("status")) {
      statuses.add(
          Arrays.stream(ClaimStatus.values())
              .filter(status -> status.word().equals(word))
              .findFirst()
              .orElseThrow(
                  () ->
                      new BadInputException(
                          "status",
                          "There is no status (%s). Maybe one of these was meant: %s."
                              .formatted(
                                  word,
                                  Arrays.stream(ClaimStatus.values())
                                      .map(ClaimStatus::word)
                                      .collect(Collectors.joining(", "))))));
    }
    return statuses;
  }

  /** How something is looked for. */
  private interface Search<T> {
    List<T> of(List<String> words);
  }

  /** What matches the query {@code q}; of a list that nothing matches the program gets none. */
  private static <T> List<T> search(Context http, Search<T> search) {
    String words = http.queryParam("q");
    try {
      return search.of(
          words == null || words.isBlank() ? List.of() : List.of(words.strip().split("\\s+")));
    } catch (BadInputException none) {
      return List.of();
    }
  }

  private static void json(Context http, String text) {
    http.contentType(Media.JSON).result(text);
  }
}
