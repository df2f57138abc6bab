package dev.rigwright.web.page;

import dev.rigwright.audit.Recorded;
import dev.rigwright.audit.Why;
import dev.rigwright.audit.WhyNot;
import dev.rigwright.audit.WhyNotQuestion;
import dev.rigwright.audit.WhyQuestion;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Decision;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.report.JsonReport;
import dev.rigwright.report.MarkdownReport;
import dev.rigwright.report.WhySvg;
import dev.rigwright.web.Decider;
import dev.rigwright.web.InForce;
import dev.rigwright.web.Paths;
import dev.rigwright.web.Problem;
import dev.rigwright.web.Services;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What who buys sees: the form, the answer, and every question to it. */
final class AdvicePages {

  /** How deep a proof is written out inside an answer. */
  static final int INLINE = 2;

  /** How deep the picture of a proof goes. */
  static final int PICTURE = 4;

  private static final int PRINT = 12;
  private static final int KEPT_CHARTS = 64;

  private final Rendering rendering;
  private final Services services;

  AdvicePages(Rendering rendering, Services services) {
    this.rendering = rendering;
    this.services = services;
  }

  void add(JavalinConfig config) {
    Paths paths = new Paths(config);
    paths.get("/", this::advice);
    paths.get("/answer.json", this::json);
    paths.get("/answer.md", this::markdown);
    paths.get("/why", this::why);
    paths.get("/why.svg", this::picture);
    paths.get("/why-not", this::whyNot);
    paths.get("/budgets", this::budgets);
    config.routes.post("/decisions", this::record);
  }

  // ---- the form and its answer

  private void advice(Context http) {
    Form form = Form.of(http.queryParamMap());
    Rows rows = Rows.of(form, http.queryParamMap());
    if (rows.isFor(http.header("HX-Target"))) {
      rendering.part(http, "row", Map.of("view", AdviceView.row(rows)));
      return;
    }
    Numbers numbers = Rendering.numbers(http);
    Form.Typed typed = form.typed();
    Map<String, String> problems = new LinkedHashMap<>();
    typed.problems().forEach((field, message) -> problems.put(field, numbers.said(message)));
    AnswerView answer = null;
    AnswerExtra extra = null;
    InForce inForce = services.installation().inForce();
    if (problems.isEmpty()) {
      try {
        Asked asked = asked(form, typed);
        Decision decision = answered(http, asked);
        inForce = asked.inForce();
        answer = AnswerViews.of(decision, asked.advisor(), numbers, new Links(form, null));
        extra = extra(http, form, decision);
      } catch (BadInputException refused) {
        for (BadInputException.Problem problem : refused.problems()) {
          String field = form.field(problem);
          problems.merge(
              field.isEmpty() ? "form" : field,
              numbers.said(problem.message()),
              (one, other) -> one + " " + other);
        }
      }
    }
    AdviceView view = new AdviceView(form, problems, answer, extra, rows, Names.of(inForce));
    if (Rendering.isPart(http)) {
      // What is wrong is part of the answer here: a status of failure would keep it off the page.
      rendering.part(http, "answered", Map.of("view", view, "apart", true));
      return;
    }
    if (answer == null) {
      http.status(HttpStatus.UNPROCESSABLE_CONTENT);
    }
    rendering.page(
        http, "advice", Map.of("shell", rendering.shell(view.title(), "/"), "view", view));
  }

  private AnswerExtra extra(Context http, Form form, Decision decision) {
    Form dated = form.with("on", form.on(services.installation().today()).toString());
    String link =
        "/?"
            + dated.query()
            + "&rules="
            + print(decision.rulebook())
            + "&facts="
            + print(decision.facts());
    return new AnswerExtra(
        changed(http, decision),
        link,
        services.installation().log() == null ? null : "/decisions?" + form.query(),
        true);
  }

  private static String print(String hash) {
    String digits = hash.substring(hash.indexOf(':') + 1);
    return digits.substring(0, PRINT);
  }

  /** What has changed since the link was made that was followed; null for nothing. */
  private static String changed(Context http, Decision decision) {
    String rules = http.queryParam("rules");
    String facts = http.queryParam("facts");
    boolean otherRules = rules != null && !rules.equals(print(decision.rulebook()));
    boolean otherFacts = facts != null && !facts.equals(print(decision.facts()));
    if (!otherRules && !otherFacts) {
      return null;
    }
    String what =
        otherRules && otherFacts
            ? "Rules and facts have"
            : otherRules ? "The rules have" : "The facts have";
    return what
        + " changed since this link was made; this is what is answered now. Maybe the answer of then is in the decision log.";
  }

  private Decision answered(Context http, Asked asked) {
    return services.decider().counted(services.decider().within(http, asked::decide));
  }

  /** A decision that the form makes, and what it was made with. */
  private record Asked(Form form, InForce inForce, Requirement requirement) {
    Advisor advisor() {
      return inForce.advisor();
    }

    Decision decide() {
      return advisor().decide(requirement);
    }
  }

  /** The form of a request, read; what is wrong with it is refused. */
  private Asked asked(Context http) {
    Form form = Form.of(http.queryParamMap());
    Form.Typed typed = form.typed();
    if (!typed.problems().isEmpty()) {
      throw new BadInputException(
          typed.problems().entrySet().stream()
              .map(each -> new BadInputException.Problem("/" + each.getKey(), each.getValue()))
              .toList());
    }
    return asked(form, typed);
  }

  private Asked asked(Form form, Form.Typed typed) {
    InForce inForce = services.installation().inForce();
    return new Asked(
        form,
        inForce,
        inForce
            .advisor()
            .reader()
            .read(typed.requirement(), form.on(services.installation().today())));
  }

  private void json(Context http) {
    Asked asked = asked(http);
    Decision decision = answered(http, asked);
    attach(http, "application/json", decision.decisionId() + ".json", JsonReport.of(decision));
  }

  private void markdown(Context http) {
    Asked asked = asked(http);
    Decision decision = answered(http, asked);
    attach(
        http,
        "text/markdown; charset=utf-8",
        decision.decisionId() + ".md",
        MarkdownReport.of(decision, asked.advisor().facts(), asked.advisor().rulebook()));
  }

  static void attach(Context http, String type, String name, String content) {
    http.header("Content-Disposition", "attachment; filename=\"" + name + "\"");
    http.header("Cache-Control", "no-cache");
    http.contentType(type);
    http.result(content);
  }

  // ---- questions

  /** Something of which a proof can be asked. */
  record Question(Advisor advisor, Requirement requirement, String decisionId, Links links) {

    Why why(String about) {
      return WhyQuestion.ask(advisor, requirement, decisionId, about);
    }

    WhyNot whyNot(String card) {
      return WhyNotQuestion.ask(advisor, requirement, decisionId, card);
    }
  }

  private Question question(Asked asked) {
    return new Question(
        asked.advisor(),
        asked.requirement(),
        asked.decide().decisionId(),
        new Links(asked.form(), null));
  }

  private void why(Context http) {
    Asked asked = asked(http);
    ProofView proof = services.decider().within(http, () -> proof(http, question(asked)));
    answerWhy(http, rendering, proof, "/");
  }

  static void answerWhy(Context http, Rendering rendering, ProofView proof, String place) {
    if (Rendering.isPart(http)) {
      rendering.part(http, "proof", Map.of("proof", proof));
      return;
    }
    String about = http.queryParam("about");
    String title = about == null ? "Why the answer is so" : "Why it says so: " + about;
    rendering.page(
        http,
        "why-page",
        Map.of("shell", rendering.shell(title, place), "proof", proof, "title", title));
  }

  /** The proof that is asked for, as deep as its place takes; or why there is none. */
  static ProofView proof(Context http, Question question) {
    Numbers numbers = Rendering.numbers(http);
    try {
      return ProofView.of(
          question.why(http.queryParam("about")),
          question.links(),
          numbers,
          Rendering.isPart(http) ? INLINE : ProofView.ALL);
    } catch (BadInputException nothing) {
      return ProofView.none(numbers.said(nothing.getMessage()), question.links(), numbers);
    }
  }

  private void picture(Context http) {
    Asked asked = asked(http);
    svg(
        http,
        services
            .decider()
            .within(http, () -> WhySvg.of(question(asked).why(http.queryParam("about")), PICTURE)));
  }

  /** A picture is a document with a style of its own and nothing else; it may run nothing. */
  static void svg(Context http, String svg) {
    http.header("Cache-Control", "no-cache");
    http.header(
        "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    http.contentType("image/svg+xml; charset=utf-8");
    http.result(svg);
  }

  private void whyNot(Context http) {
    Asked asked = asked(http);
    Answered answered = services.decider().within(http, () -> whyNot(http, question(asked)));
    answerWhyNot(http, rendering, answered, Names.of(asked.inForce()).cards(), "/");
  }

  /** Why not a card, or why there is no answer; neither where no card was named. */
  record Answered(WhyNot whyNot, String problem, Links links) {}

  static Answered whyNot(Context http, Question question) {
    String card = http.queryParam("card");
    if (card == null || card.isBlank()) {
      return new Answered(null, null, question.links());
    }
    try {
      return new Answered(question.whyNot(card), null, question.links());
    } catch (BadInputException unknown) {
      return new Answered(null, unknown.getMessage(), question.links());
    }
  }

  static void answerWhyNot(
      Context http, Rendering rendering, Answered answered, List<String> cards, String place) {
    Numbers numbers = Rendering.numbers(http);
    String card = http.queryParam("card");
    if (Rendering.isPart(http)) {
      String problem =
          answered.whyNot() == null && answered.problem() == null
              ? "Name a card."
              : answered.problem();
      rendering.part(
          http,
          "whynot",
          Pages.parameters("whyNot", answered.whyNot(), "problem", problem, "numbers", numbers));
      return;
    }
    rendering.page(
        http,
        "whynot-page",
        Pages.parameters(
            "shell",
            rendering.shell("Why not another card", place),
            "whyNot",
            answered.whyNot(),
            "problem",
            answered.problem(),
            "numbers",
            numbers,
            "links",
            answered.links(),
            "card",
            card == null ? "" : card,
            "cards",
            cards));
  }

  // ---- what budgets get

  private void budgets(Context http) {
    Asked asked = asked(http);
    Form open = asked.form().with("budgetUsd");
    List<BudgetChart.Tried> tried = services.decider().within(http, () -> tried(asked, open));
    BudgetChart chart = BudgetChart.of(tried, asked.form(), Rendering.numbers(http));
    if (Rendering.isPart(http)) {
      rendering.part(http, "budgets", Pages.parameters("chart", chart, "problem", null));
      return;
    }
    rendering.page(
        http,
        "budgets-page",
        Pages.parameters(
            "shell",
            rendering.shell("What other budgets get", "/"),
            "chart",
            chart,
            "problem",
            null,
            "back",
            new Links(asked.form(), null).home()));
  }

  private static List<BudgetChart.Tried> tried(Asked asked, Form open) {
    String key = asked.requirement().asOf() + "?" + open.query();
    List<BudgetChart.Tried> known = charts(asked.inForce()).get(key);
    if (known == null) {
      known = BudgetChart.tried(asked.advisor(), open, asked.requirement().asOf());
      charts(asked.inForce()).put(key, known);
    }
    return known;
  }

  /** The newest charts of these rules and facts: a change of the budget alone asks for the same. */
  private static Map<String, List<BudgetChart.Tried>> charts(InForce inForce) {
    return inForce.kept(
        "page.budgets",
        key ->
            Collections.synchronizedMap(
                new LinkedHashMap<String, List<BudgetChart.Tried>>(KEPT_CHARTS, 0.75f, true) {
                  private static final long serialVersionUID = 1L;

                  @Override
                  protected boolean removeEldestEntry(
                      Map.Entry<String, List<BudgetChart.Tried>> eldest) {
                    return size() > KEPT_CHARTS;
                  }
                }));
  }

  // ---- recording

  private void record(Context http) {
    Form form = Form.of(http.queryParamMap());
    Form.Typed typed = form.typed();
    if (!typed.problems().isEmpty()) {
      asked(http);
    }
    LocalDate today = services.installation().today();
    if (!typed.requirement().has("asOf") && !form.on(today).equals(today)) {
      typed.requirement().put("asOf", form.on(today).toString());
    }
    Decider.Answer answer = services.decider().answer(http, typed.requirement(), true);
    if (!answer.recorded()) {
      throw new Problem(
          Problem.Kind.NOT_FOUND,
          "Nothing is recorded here. Maybe start the server without --no-log, or see its messages.");
    }
    Recorded recorded = services.installation().log().newest(answer.decision().decisionId());
    http.redirect("/decisions/" + recorded.sequence(), HttpStatus.SEE_OTHER);
  }
}
