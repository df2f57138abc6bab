package dev.rigwright.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.Home;
import dev.rigwright.domain.Gpu;
import dev.rigwright.engine.Decision;
import dev.rigwright.facts.Json;
import dev.rigwright.report.JsonReport;
import dev.rigwright.report.MarkdownReport;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages are over HTTP, without a browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageHttpTest {

  private static final String QUERY = "budgetUsd=2500&useCases=chat&users=1";

  @TempDir static Path home;

  private Site site;

  @BeforeAll
  void open() throws IOException {
    site = Site.in(home);
    assertThat(site.post("/decisions?" + QUERY).statusCode()).isEqualTo(303);
  }

  @AfterAll
  void close() {
    site.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/why?" + QUERY,
        "/why-not?" + QUERY,
        "/budgets?" + QUERY + "&model=llama3.1:8b",
        "/rules",
        "/rules/fit/too-large",
        "/catalog",
        "/catalog?kind=models",
        "/catalog?kind=offers",
        "/catalog?kind=parts",
        "/claims",
        "/status",
        "/decisions",
        "/decisions/1",
        "/decisions/1/why",
        "/decisions/1/why-not",
        "/decisions/1/replay"
      })
  void a_page_is_whole_and_holds_nothing_inline_and_nothing_from_elsewhere(String path) {
    HttpResponse<String> page = site.get(path);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("script-src 'self'")
        .contains("style-src 'self'")
        .doesNotContain("unsafe");
    assertThat(page.body())
        .startsWith("<!doctype html>")
        .contains("<html lang=\"en\">")
        .contains("<main id=\"main\"")
        .doesNotContainPattern("\\sstyle=|\\son[a-z]+=|<style|javascript:")
        .doesNotContainPattern("<script(?! src=\"/assets/)")
        .doesNotContainPattern("(?:src|href)=\"(?:http:|//)|<(?:img|script|link)[^>]*https:");
    Matcher ids = Pattern.compile("\\sid=\"([^\"]+)\"").matcher(page.body());
    List<String> all = ids.results().map(match -> match.group(1)).toList();
    assertThat(all).doesNotHaveDuplicates();
    HttpResponse<String> head = site.head(path);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Type"))
        .isEqualTo(page.headers().firstValue("Content-Type"));
  }

  @Test
  void a_part_is_answered_to_a_page_that_is_open_and_is_never_kept() {
    HttpResponse<String> part = site.get("/?" + QUERY, "HX-Request", "true");
    assertThat(part.body()).doesNotContain("<html").contains("id=\"headline\"");
    assertThat(part.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(part.headers().firstValue("Vary").orElseThrow()).contains("HX-Request");
    assertThat(
            site.get("/?" + QUERY, "HX-Request", "true", "HX-History-Restore-Request", "true")
                .body())
        .startsWith("<!doctype html>");
  }

  @Test
  void what_a_page_is_made_with_has_its_content_in_its_address_and_is_kept_for_good() {
    String page = site.get("/rules").body();
    Matcher addresses = Pattern.compile("/assets/[0-9a-f]{12}/[a-z.]+").matcher(page);
    List<String> found = addresses.results().map(match -> match.group()).distinct().toList();
    assertThat(found)
        .extracting(path -> path.substring(path.lastIndexOf('/') + 1))
        .containsExactlyInAnyOrder("logo.svg", "page.css", "htmx.js", "page.js");
    for (String path : found) {
      HttpResponse<String> asset = site.get(path);
      assertThat(asset.statusCode()).as(path).isEqualTo(200);
      assertThat(asset.headers().allValues("Cache-Control"))
          .containsExactly("public, max-age=31536000, immutable");
    }
    assertThat(site.get("/assets/000000000000/page.css").statusCode()).isEqualTo(404);
    assertThat(site.get("/assets/../../pom.xml").statusCode()).isBetween(400, 499);
  }

  @Test
  void the_downloads_are_what_the_command_line_prints() {
    Decision decision =
        Home.advisor()
            .decide(Home.requirement("{\"budgetUsd\":2500,\"useCases\":[\"chat\"],\"users\":1}"));
    HttpResponse<String> json = site.get("/answer.json?" + QUERY);
    assertThat(json.body()).isEqualTo(JsonReport.of(decision));
    assertThat(json.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"" + decision.decisionId() + ".json\"");
    assertThat(site.get("/answer.md?" + QUERY).body())
        .isEqualTo(MarkdownReport.of(decision, Home.advisor().facts(), Home.advisor().rulebook()));
    assertThat(tree(site.get("/decisions/1/answer.json").body()))
        .isEqualTo(tree(JsonReport.of(decision)));
  }

  private static JsonNode tree(String json) {
    try {
      return Json.MAPPER.readTree(json);
    } catch (IOException none) {
      throw new AssertionError(json, none);
    }
  }

  @Test
  void the_picture_of_a_proof_may_show_itself_and_nothing_else() {
    for (String path : List.of("/why.svg?" + QUERY, "/decisions/1/why.svg")) {
      HttpResponse<String> picture = site.get(path);
      assertThat(picture.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("image/svg+xml");
      assertThat(picture.headers().allValues("Content-Security-Policy"))
          .containsExactly("default-src 'none'; style-src 'unsafe-inline'; sandbox");
      assertThat(picture.body()).startsWith("<svg ");
    }
  }

  @Test
  void hostile_text_is_text_wherever_it_is_shown_again() {
    String script = "\"><script>alert(1)</script>'";
    String sent = Form.encoded(script);
    for (String path :
        List.of(
            "/?" + QUERY + "&title=" + sent,
            "/?" + QUERY + "&model=" + sent,
            "/?budgetUsd=" + sent,
            "/why?" + QUERY + "&about=" + sent,
            "/why-not?" + QUERY + "&card=" + sent,
            "/rules?q=" + sent,
            "/rules?folder=" + sent,
            "/rules/" + sent,
            "/catalog?q=" + sent,
            "/catalog?kind=" + sent,
            "/claims?q=" + sent,
            "/claims?status=" + sent,
            "/decisions?q=" + sent,
            "/decisions?card=" + sent,
            "/decisions?since=" + sent,
            "/decisions/" + sent)) {
      for (String part : List.of("true", "false")) {
        HttpResponse<String> page = site.get(path, "HX-Request", part, "Accept", "text/html");
        assertThat(page.statusCode()).as(path).isLessThan(500);
        assertThat(page.body())
            .as(path)
            .doesNotContain("<script>alert")
            .doesNotContain("\"><script");
      }
    }
  }

  @Test
  void what_is_not_there_is_a_page_that_says_so() {
    for (String path : List.of("/rules/no/such", "/decisions/99", "/nowhere")) {
      HttpResponse<String> page = site.get(path, "Accept", "text/html");
      assertThat(page.statusCode()).as(path).isEqualTo(404);
      assertThat(page.body()).as(path).startsWith("<!doctype html>").contains("<h1>");
    }
    assertThat(site.get("/rules/fit/too-larg", "Accept", "text/html").body())
        .contains("There is no rule (fit/too-larg). Maybe fit/too-large");
    assertThat(site.get("/why?budgetUsd=plenty", "Accept", "text/html").statusCode())
        .isEqualTo(422);
    assertThat(site.get("/?budgetUsd=plenty").statusCode()).isEqualTo(422);
  }

  @Test
  void a_page_of_another_site_has_nothing_recorded() {
    long before = site.log().size();
    assertThat(site.post("/decisions?" + QUERY, "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(403);
    assertThat(site.log().size()).isEqualTo(before);
  }

  private static double decisions(Site site) {
    return site.get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("rigwright_decisions_total{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Test
  void an_answer_counts_among_the_decisions_and_a_question_to_it_does_not(@TempDir Path other)
      throws IOException {
    try (Site alone = Site.withoutLogIn(other)) {
      alone.get("/?" + QUERY);
      alone.get("/?" + QUERY, "HX-Request", "true");
      alone.get("/answer.json?" + QUERY);
      alone.get("/answer.md?" + QUERY);
      alone.get("/?budgetUsd=plenty");
      alone.get("/why?" + QUERY + "&about=psu");
      assertThat(decisions(alone)).isEqualTo(4);

      assertThat(alone.get("/status").body())
          .contains(" not run since the start", "action=\"/cases\"")
          .doesNotContain("all cases pass");
      HttpResponse<String> run = alone.post("/cases");
      assertThat(run.statusCode()).isEqualTo(303);
      assertThat(run.headers().firstValue("Location").orElseThrow()).endsWith("/status");
      assertThat(alone.get("/status").body()).contains("Being run; ");
    }
  }

  @Test
  void where_nothing_is_recorded_nobody_is_offered_to(@TempDir Path other) throws IOException {
    try (Site without = Site.withoutLogIn(other)) {
      assertThat(without.get("/").body()).doesNotContain("Record it in the decision log");
      assertThat(without.get("/decisions").body()).contains("Nothing is recorded here");
      assertThat(without.get("/decisions/1", "Accept", "text/html").statusCode()).isEqualTo(404);
      assertThat(without.post("/decisions?" + QUERY, "Accept", "text/html").statusCode())
          .isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        QUERY,
        "budgetUsd=900&useCases=chat&users=4&model=llama3.1:70b",
        "budgetUsd=900&users=1&model=llama3.1:8b&gpu=rtx-3090&psuWatts=850&ramGib=64",
        "budgetUsd=2500&useCases=chat&users=1&policy=guide"
      })
  void every_proof_that_an_answer_offers_is_there(String query) {
    Matcher links =
        Pattern.compile("<p class=\"proof-link\"><a href=\"([^\"]+)\"")
            .matcher(site.get("/?" + query).body());
    List<String> offered =
        links.results().map(match -> match.group(1).replace("&amp;", "&")).distinct().toList();
    assertThat(offered).isNotEmpty();
    for (String link : offered) {
      assertThat(site.get(link, "HX-Request", "true").body())
          .as(link)
          .contains("<div class=\"proof\">");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        QUERY,
        "budgetUsd=900&useCases=chat&users=4&model=llama3.1:70b",
        "budgetUsd=6000&useCases=chat&users=50&model=qwen2.5:14b"
      })
  void what_speaks_against_a_card_is_proven_of_that_card(String query) {
    String page = site.get("/?" + query).body();
    String not = page.substring(page.indexOf("id=\"not-heading\""));
    List<MatchResult> lines =
        Pattern.compile(
                "<span class=\"said\">([^<]+)</span>.*?<p class=\"proof-link\"><a href=\"([^\"]+)\"",
                Pattern.DOTALL)
            .matcher(not.substring(0, not.indexOf("<form")))
            .results()
            .toList();
    assertThat(lines).hasSizeGreaterThan(4);
    for (MatchResult line : lines) {
      String link = line.group(2).replace("&amp;", "&");
      String subject =
          URLDecoder.decode(
              link.substring(link.indexOf("about=") + "about=".length()), StandardCharsets.UTF_8);
      String id = subject.replaceFirst("^\\d+x ", "");
      Gpu card = Home.advisor().facts().gpuById().get(id);
      assertThat(card).as(link).isNotNull();
      assertThat(line.group(1))
          .startsWith(
              subject.equals(id) ? card.label() : subject.split(" ")[0] + " " + card.label());
      assertThat(site.get(link, "HX-Request", "true").body()).as(link).contains(id);
    }
  }

  @Test
  void speed_and_power_open_to_the_values_that_they_were_made_from() {
    String page = site.get("/?" + QUERY).body().replaceAll("<[^>]+>", " ");
    assertThat(page)
        .contains("935.8 GB/s of memory bandwidth", "RTX 3090 24 GB: 350 W of board power.")
        .contains("4 hours a day at full load, 0.17 USD per kWh.");
    Matcher sum =
        Pattern.compile(
                "rest of the machine: (\\d+) W; together (\\d+) W\\..*?: (\\d+) W there",
                Pattern.DOTALL)
            .matcher(page);
    assertThat(sum.find()).isTrue();
    int together = Integer.parseInt(sum.group(2));
    assertThat(350 + Integer.parseInt(sum.group(1))).isEqualTo(together);
    assertThat(Math.round(together / 0.9))
        .isBetween(Long.parseLong(sum.group(3)) - 1, Long.parseLong(sum.group(3)) + 1);
    assertThat(page).contains(sum.group(3) + " W at the wall under full load");
  }

  @Test
  void a_statement_that_leads_to_rules_is_cited_by_some() {
    Matcher links =
        Pattern.compile("href=\"(/rules\\?q=G\\d+)\"").matcher(site.get("/claims").body());
    List<String> offered = links.results().map(match -> match.group(1)).toList();
    assertThat(offered).hasSizeBetween(50, Home.advisor().facts().claims().size() - 1);
    for (String link : offered) {
      assertThat(site.get(link).body()).as(link).doesNotContain("No rule");
    }
    Matcher hint = Pattern.compile("such as (G\\d+)").matcher(site.get("/rules").body());
    assertThat(hint.find()).isTrue();
    assertThat(offered).contains("/rules?q=" + hint.group(1));
  }

  @Test
  void the_chart_says_what_each_budget_is_decided_to_get() {
    String page = site.get("/budgets?users=1&useCases=chat&model=llama3.1:8b").body();
    for (long budget : BudgetChart.BUDGETS) {
      Decision decision =
          Home.advisor()
              .decide(
                  Home.requirement(
                      "{\"budgetUsd\":%d,\"users\":1,\"useCases\":[\"chat\"],\"models\":[{\"id\":\"llama3.1:8b\"}]}"
                          .formatted(budget)));
      String said =
          decision.recommendation() == null
              ? "%,d USD: nothing fits".formatted(budget)
              : "%,d USD: %s, %,d USD; "
                  .formatted(
                      budget,
                      decision.recommendation().gpus().get(0).name(),
                      decision.recommendation().totalUsd());
      assertThat(page).contains("aria-label=\"" + said);
    }
  }
}
