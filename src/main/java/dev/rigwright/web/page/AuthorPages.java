package dev.rigwright.web.page;

import dev.rigwright.authoring.Finding;
import dev.rigwright.authoring.RuleEntry;
import dev.rigwright.authoring.RuleIndex;
import dev.rigwright.authoring.RuleSearch;
import dev.rigwright.authoring.RuleSheet;
import dev.rigwright.authoring.RulebookSource;
import dev.rigwright.domain.Claim;
import dev.rigwright.domain.ClaimStatus;
import dev.rigwright.domain.Word;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.report.ClaimSearch;
import dev.rigwright.web.InForce;
import dev.rigwright.web.Paths;
import dev.rigwright.web.Problem;
import dev.rigwright.web.Services;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What who writes rules sees: the rules, the catalogue, the guide, and what is in force. */
public final class AuthorPages {

  private final Rendering rendering;
  private final Services services;

  AuthorPages(Rendering rendering, Services services) {
    this.rendering = rendering;
    this.services = services;
  }

  void add(JavalinConfig config) {
    Paths paths = new Paths(config);
    paths.get("/rules", this::rules);
    paths.get("/rules/<id>", this::rule);
    paths.get("/catalog", this::catalog);
    paths.get("/claims", this::claims);
    paths.get("/status", this::status);
    paths.post("/cases", this::runCases);
  }

  private static String text(Context http, String name) {
    String text = http.queryParam(name);
    return text == null ? "" : text.strip();
  }

  // ---- rules

  /**
   * Rules that were found, by folder.
   *
   * @param folders all there are
   * @param problem what to do where none were found; null otherwise
   */
  public record Rules(
      String query,
      String folder,
      String severity,
      List<String> folders,
      Map<String, List<Line.Rule>> found,
      int count,
      int all,
      String problem) {}

  private void rules(Context http) {
    RuleIndex index = services.installation().inForce().rules();
    InForce inForce = services.installation().inForce();
    String query = text(http, "q");
    String folder = text(http, "folder");
    String severity = text(http, "severity");
    List<RuleEntry> matching = List.of();
    String problem = null;
    try {
      matching = RuleSearch.of(index, Pages.words(query));
    } catch (BadInputException none) {
      problem = none.getMessage();
    }
    Map<String, List<Line.Rule>> found = new LinkedHashMap<>();
    int count = 0;
    for (RuleEntry entry : matching) {
      if ((folder.isEmpty() || folder.equals(entry.folder()))
          && (severity.isEmpty() || severity.equals(entry.severity()))
          && inForce.rulebook().rules().containsKey(entry.id())) {
        found
            .computeIfAbsent(entry.folder(), key -> new ArrayList<>())
            .add(Line.Rule.of(inForce.rulebook().rule(entry.id())));
        count++;
      }
    }
    List<String> folders = index.entries().stream().map(RuleEntry::folder).distinct().toList();
    Rules rules =
        new Rules(query, folder, severity, folders, found, count, index.entries().size(), problem);
    show(http, "rules", "Rules", "/rules", "rules", rules);
  }

  /** A part of the page where one that is open asks for it, else the page. */
  private void show(
      Context http, String template, String title, String place, String name, Object view) {
    if (Rendering.isPart(http)) {
      rendering.part(
          http,
          template + "-found",
          Pages.parameters(name, view, "numbers", Rendering.numbers(http)));
      return;
    }
    rendering.page(
        http,
        template,
        Pages.parameters(
            "shell",
            rendering.shell(title, place),
            name,
            view,
            "numbers",
            Rendering.numbers(http)));
  }

  private void rule(Context http) {
    InForce inForce = services.installation().inForce();
    RuleEntry entry;
    try {
      entry = inForce.rules().rule(http.pathParam("id"));
    } catch (BadInputException unknown) {
      throw new Problem(Problem.Kind.NOT_FOUND, unknown.getMessage());
    }
    RuleSheet sheet = RuleSheet.of(inForce.rules(), entry, inForce.facts().claimById(), null);
    Numbers numbers = Rendering.numbers(http);
    rendering.page(
        http,
        "rule",
        Map.of(
            "shell",
            rendering.shell(entry.id(), "/rules"),
            "rule",
            Line.Rule.of(inForce.rulebook().rule(entry.id())),
            "sheet",
            sheet,
            "sources",
            inForce.rulebook().rule(entry.id()).sources().stream()
                .map(name -> Line.Source.of(name, inForce.facts(), numbers))
                .toList()));
  }

  // ---- the catalogue

  private void catalog(Context http) {
    InForce inForce = services.installation().inForce();
    show(
        http,
        "catalog",
        "Catalogue",
        "/catalog",
        "catalog",
        CatalogView.of(
            inForce.facts(), text(http, "kind"), text(http, "q"), Rendering.numbers(http)));
  }

  // ---- the guide

  /**
   * Statements of the guide that were found.
   *
   * @param cited ids of those that rules name as their source
   */
  public record Claims(
      String query,
      String status,
      Map<String, Long> statuses,
      List<Claim> found,
      Set<String> cited,
      int all,
      String problem) {}

  private void claims(Context http) {
    InForce inForce = services.installation().inForce();
    List<Claim> all = inForce.facts().claims();
    String query = text(http, "q");
    String status = text(http, "status");
    List<Claim> found = List.of();
    String problem = null;
    try {
      List<ClaimStatus> statuses =
          status.isEmpty() ? List.of() : List.of(Word.of(ClaimStatus.class, status));
      found = ClaimSearch.of(all, Pages.words(query), statuses);
    } catch (BadInputException | IllegalArgumentException none) {
      problem = none.getMessage();
    }
    Map<String, Long> statuses = new LinkedHashMap<>();
    for (ClaimStatus one : ClaimStatus.values()) {
      long count = all.stream().filter(claim -> claim.status() == one).count();
      if (count > 0) {
        statuses.put(one.word(), count);
      }
    }
    show(
        http,
        "claims",
        "The guide's statements",
        "/claims",
        "claims",
        new Claims(
            query,
            status,
            statuses,
            found,
            RuleSearch.cited(inForce.rules()),
            all.size(),
            problem));
  }

  // ---- what is in force

  /**
   * A finding with the line that it is about.
   *
   * @param source the line; null where it could not be read
   */
  public record Found(Finding finding, String place, String source) {}

  private void status(Context http) {
    InForce inForce = services.installation().inForce();
    RulebookSource.Refused refused = inForce.refusedRules();
    List<Found> findings = new ArrayList<>();
    if (refused != null) {
      refused.findings().forEach(finding -> findings.add(found(finding, refused.texts())));
    }
    rendering.page(
        http,
        "status",
        Pages.parameters(
            "shell",
            rendering.shell("What is in force", "/status"),
            "inForce",
            inForce,
            "refused",
            refused,
            "findings",
            findings,
            "warnings",
            inForce.warnings().stream().map(finding -> found(finding, Map.of())).toList(),
            "installation",
            services.installation(),
            "cases",
            services.installation().leftCases(),
            "numbers",
            Rendering.numbers(http)));
  }

  private void runCases(Context http) {
    services.installation().runLeftCases();
    http.redirect("/status", HttpStatus.SEE_OTHER);
  }

  private Found found(Finding finding, Map<String, String> texts) {
    String text = texts.get(finding.place().file());
    String source =
        text == null
            ? null
            : text.lines().skip(finding.place().line() - 1L).findFirst().orElse(null);
    return new Found(
        finding, services.installation().places().rulesShown() + finding.place(), source);
  }
}
