package dev.rigwright.web.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.rigwright.web.page.Browsing.field;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ForcedColors;
import dev.rigwright.Home;
import dev.rigwright.engine.Decision;
import dev.rigwright.facts.Json;
import dev.rigwright.report.JsonReport;
import dev.rigwright.web.page.Browsing.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of somebody who buys. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BuyerJourneyTest {

  /** What the page is asked by who only opens it. */
  private static final String USUAL = "/?budgetUsd=2500&useCases=chat&users=1";

  @TempDir static Path home;

  private Site site;
  private Browsing browsing;

  @BeforeAll
  void open() throws IOException {
    PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
    site = Site.in(home);
    browsing = new Browsing(site);
  }

  @AfterEach
  void nothing_was_complained_of() {
    browsing.quiet();
  }

  @AfterAll
  void close() {
    browsing.close();
    site.close();
  }

  private static Decision decided(String json) {
    return Home.advisor().decide(Home.requirement(json));
  }

  private static String cards(Decision decision) {
    Decision.Cards cards = decision.recommendation().gpus().get(0);
    return (cards.count() == 1 ? "" : cards.count() + " × ")
        + cards.name()
        + ", "
        + cards.condition().word();
  }

  @Test
  void the_first_page_has_an_answer_already() {
    Page page = browsing.open("/");
    Decision decision =
        decided("{'budgetUsd':2500,'users':1,'useCases':['chat']}".replace('\'', '"'));
    assertThat(page.locator("#headline")).hasText(cards(decision));
    assertThat(page.locator(".badge")).hasText("Buy");
    assertThat(field(page, "Budget")).hasValue("2500");
    page.context().close();
  }

  @Test
  void the_answer_changes_as_the_form_does_and_the_focus_stays() {
    Page page = browsing.open("/");
    Locator budget = field(page, "Budget");
    budget.fill("5000");
    field(page, "People at once").fill("3");
    Locator model = field(page, "Model");
    model.fill("Qwen2.5 Coder 32B Instruct");
    Decision decision =
        decided(
            "{'budgetUsd':5000,'users':3,'useCases':['chat'],'models':[{'id':'qwen2.5-coder-32b'}]}"
                .replace('\'', '"'));
    assertThat(page.locator("#headline")).hasText(cards(decision));
    assertThat(model).isFocused();
    assertThat(page.locator("#announcement"))
        .hasText(
            "Buy: %s, %,d USD in all."
                .formatted(cards(decision), decision.recommendation().totalUsd()));
    assertThat(page)
        .hasURL(
            site.at(
                "/?budgetUsd=5000&useCases=chat&users=3&model=Qwen2.5%20Coder%2032B%20Instruct"));
    page.context().close();
  }

  @Test
  void every_line_opens_to_its_rule_its_values_and_its_source() {
    Page page = browsing.open(USUAL);
    Locator supply =
        page.locator("details.line")
            .filter(new Locator.FilterOptions().setHasText("750 W at least"));
    supply.locator("summary").first().click();
    assertThat(supply.locator("a[href='/rules/psu/maker-figure'], a[href^='/rules/psu/']").first())
        .isVisible();
    assertThat(supply.locator(".reason > .meta").first()).containsText("rules/candidates/psu.drl:");
    // Loaded when it opens: the choice of the supply, with the value that decided.
    assertThat(supply.locator(".proof-here .statement").first()).containsText("Supply choice");
    assertThat(supply.locator(".proof-here")).containsText("watts is 750 W");

    Locator card = page.locator("details.part").first();
    card.locator("summary").first().click();
    assertThat(card.locator(".reason"))
        .containsText("Price row facts/catalog/offers.json, rtx-3090 used");
    assertThat(card.locator(".reason .sources a").first())
        .hasAttribute("href", Pattern.compile("/claims#G\\d{3}"));

    int closed =
        ((Number)
                page.evaluate(
                    "() => [...document.querySelectorAll('.answer .line:not(details)')].length"))
            .intValue();
    assertThat(closed).as("lines that do not open").isZero();
    page.context().close();
  }

  @Test
  void a_point_of_the_chart_sets_the_budget() {
    Page page = browsing.open(USUAL);
    page.locator("#budgets").scrollIntoViewIfNeeded();
    Locator point = page.locator(".chart a[aria-label^='5,000 USD:']").first();
    assertThat(point).hasCount(1);
    String words = point.getAttribute("aria-label");
    point.click();
    assertThat(field(page, "Budget")).hasValue("5000");
    Decision decision =
        decided("{'budgetUsd':5000,'users':1,'useCases':['chat']}".replace('\'', '"'));
    assertThat(page.locator("#headline")).hasText(cards(decision));
    assertThat(words).startsWith("5,000 USD: " + cards(decision).replaceFirst(", (new|used)$", ""));
    page.context().close();
  }

  @Test
  void why_not_a_card_is_answered_beside_the_answer() {
    Page page = browsing.open(USUAL);
    field(page, "Why not").fill("4090");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Ask")).click();
    Locator whyNot = page.locator("#why-not");
    assertThat(whyNot.locator("h4")).hasText("RTX 4090 24 GB: it was not picked");
    assertThat(whyNot).containsText("the budget is 2,500 USD");
    assertThat(whyNot.locator("a[href='/rules/budget/over']").first()).hasText("budget/over");

    field(page, "Why not").fill("4091");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Ask")).click();
    assertThat(whyNot).containsText("The card (4091) is not in the catalogue.");
    page.context().close();
  }

  @Test
  void where_nothing_fits_a_button_brings_an_answer() {
    Page page = browsing.open("/?budgetUsd=600&useCases=chat&users=1&model=Qwen2.5+32B+Instruct");
    assertThat(page.locator(".badge")).hasText("Nothing fits");
    Locator change =
        page.locator(".changes a").filter(new Locator.FilterOptions().setHasText("Budget in USD"));
    Decision decision =
        decided(
            "{'budgetUsd':600,'users':1,'useCases':['chat'],'models':[{'id':'qwen2.5-32b'}]}"
                .replace('\'', '"'));
    Object to = decision.relaxations().get(0).to();
    change.click();
    assertThat(field(page, "Budget")).hasValue(String.valueOf(to));
    assertThat(page.locator(".badge")).hasText("Buy");
    page.context().close();
  }

  @Test
  void the_link_gives_the_same_answer_again() {
    Page page = browsing.open(USUAL);
    String link = page.locator("#link").getAttribute("href");
    assertThat(link).contains("on=2026-11-22").contains("rules=").contains("facts=");
    String decision = page.locator(".identity code").first().textContent();
    Page again = browsing.open(link);
    assertThat(again.locator(".identity code").first()).hasText(decision);
    assertThat(again.locator(".notice")).hasCount(0);
    page.context().close();
    again.context().close();
  }

  @Test
  void the_downloads_are_the_decision() throws IOException {
    Page page = browsing.open(USUAL);
    Decision decision =
        decided("{'budgetUsd':2500,'users':1,'useCases':['chat']}".replace('\'', '"'));
    Download json =
        page.waitForDownload(
            () ->
                page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("JSON")).click());
    assertThat(json.suggestedFilename()).isEqualTo(decision.decisionId() + ".json");
    JsonNode got = Json.MAPPER.readTree(Files.readString(json.path()));
    JsonNode wanted = Json.MAPPER.readTree(JsonReport.of(decision));
    assertThat(got).isEqualTo(wanted);
    Download markdown =
        page.waitForDownload(
            () ->
                page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Markdown"))
                    .click());
    assertThat(Files.readString(markdown.path())).contains(decision.decisionId());
    page.context().close();
  }

  @Test
  void what_cannot_be_used_is_said_at_its_field_and_nothing_is_lost() {
    Page page = browsing.open(USUAL);
    field(page, "Budget").fill("plenty");
    Locator problem = page.locator("#problem-budgetUsd");
    assertThat(problem).containsText("Found (plenty); this is a whole number.");
    assertThat(field(page, "Budget")).hasAttribute("aria-invalid", "true");
    assertThat(field(page, "Budget")).hasValue("plenty");
    field(page, "Budget").fill("2,400");
    assertThat(problem).hasText("");
    assertThat(page.locator(".badge")).hasText("Buy");
    field(page, "Model").fill("gpt-9");
    assertThat(page.locator("#problem-model"))
        .containsText("The model (gpt-9) is not in the catalogue.");
    page.context().close();
  }

  @Test
  void a_script_in_a_field_is_text() {
    String script =
        "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">";
    Page page = browsing.open(USUAL + "&title=" + Form.encoded(script));
    assertThat(page.locator(".verdict .title")).hasText(script);
    assertThat(page.locator("input#title")).hasValue(script);
    field(page, "Why not").fill(script);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Ask")).click();
    assertThat(page.locator("#why-not")).containsText("<script>");
    field(page, "Budget").fill(script);
    assertThat(page.locator("#problem-budgetUsd")).containsText("<script>");
    assertThat(page.title()).doesNotContain("taken");
    page.context().close();
  }

  @Test
  void figures_are_written_as_the_visitor_writes_them() {
    Page page = browsing.open(USUAL, Look.USUAL.locale("de-DE"));
    Decision decision =
        decided("{'budgetUsd':2500,'users':1,'useCases':['chat']}".replace('\'', '"'));
    String total =
        String.format(java.util.Locale.GERMANY, "%,d USD", decision.recommendation().totalUsd());
    assertThat(page.locator(".tile .figure").first()).hasText(total);
    assertThat(page.locator(".tile .figure").nth(1))
        .hasText(
            String.format(
                java.util.Locale.GERMANY,
                "%.1f GiB",
                decision.recommendation().memory().needGib()));
    page.context().close();
  }

  @Test
  void the_keyboard_is_enough() {
    Page page = browsing.open("/");
    page.keyboard().press("Tab");
    assertThat(page.locator(".skip")).isFocused();
    page.keyboard().press("Enter");
    assertThat(page.locator("#main")).isFocused();
    page.keyboard().press("Tab");
    assertThat(field(page, "Budget")).isFocused();
    page.keyboard().press("ControlOrMeta+a");
    page.keyboard().type("1500");
    page.keyboard().press("Enter");
    Decision decision =
        decided("{'budgetUsd':1500,'users':1,'useCases':['chat']}".replace('\'', '"'));
    assertThat(page.locator("#headline")).hasText(cards(decision));
    assertThat(field(page, "Budget")).isFocused();
    // Down to the first part, which opens by the keyboard alone.
    Locator first = page.locator("details.part summary").first();
    for (int i = 0;
        i < 60 && !(boolean) first.evaluate("it => it === document.activeElement");
        i++) {
      page.keyboard().press("Tab");
    }
    assertThat(first).isFocused();
    page.keyboard().press("Enter");
    assertThat(page.locator("details.part").first()).hasAttribute("open", "");
    page.context().close();
  }

  @Test
  void going_back_shows_the_form_and_the_answer_of_before() {
    Page page = browsing.open(USUAL);
    String before = page.locator("#headline").textContent();
    field(page, "Budget").fill("1200");
    assertThat(page).hasURL(site.at("/?budgetUsd=1200&useCases=chat&users=1"));
    page.goBack();
    assertThat(field(page, "Budget")).hasValue("2500");
    assertThat(page.locator("#headline")).hasText(before);
    page.context().close();
  }

  @Test
  void a_server_that_is_lost_is_seen_and_heard_until_the_next_answer() {
    Page page = browsing.open(USUAL);
    Locator lost = page.locator("#lost");
    assertThat(lost).isHidden();
    String before = page.locator("#headline").textContent();
    page.route("**/?*", Route::abort);
    field(page, "Budget").fill("1200");
    String unanswered =
        "The answer could not be had; what is shown is the one before. The server did not respond; maybe try again.";
    assertThat(lost).isVisible();
    assertThat(lost).hasText(unanswered);
    assertThat(page.locator("#announcement")).hasText(unanswered);
    assertThat(page.locator("#answer")).hasClass(Pattern.compile(".*stale.*"));
    assertThat(page.locator("#headline")).hasText(before);

    page.unroute("**/?*");
    page.route(
        "**/?*",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(503)
                    .setContentType("application/problem+json")
                    .setBody("{\"detail\":\"All are busy; maybe ask again in 1 s.\"}")));
    submit(page);
    assertThat(lost).containsText("All are busy; maybe ask again in 1 s.");
    assertThat(page.locator("#announcement")).containsText("All are busy");

    page.unroute("**/?*");
    submit(page);
    assertThat(lost).isHidden();
    assertThat(page.locator("#answer")).not().hasClass(Pattern.compile(".*stale.*"));
    assertThat(page.locator("#announcement")).containsText("Buy");
    assertThat(browsing.complaints()).allMatch(said -> said.startsWith("console error"));
    page.context().close();
  }

  private static void submit(Page page) {
    page.locator("button.primary").click();
  }

  @Test
  void the_title_is_that_of_the_answer_shown() {
    Page page = browsing.open(USUAL);
    field(page, "Budget").fill("1200");
    String address = site.at("/?budgetUsd=1200&useCases=chat&users=1");
    assertThat(page).hasURL(address);
    Page whole = browsing.open("/?budgetUsd=1200&useCases=chat&users=1");
    assertThat(page).hasTitle(whole.title());
    assertThat(whole).hasTitle(Pattern.compile("^Buy: .* · Rigwright$"));
    field(page, "Budget").fill("plenty");
    assertThat(page).hasTitle("Advice · Rigwright");
    page.context().close();
    whole.context().close();
  }

  private static int entries(Page page) {
    return ((Number) page.evaluate("() => history.length")).intValue();
  }

  @Test
  void what_is_typed_into_a_field_is_one_entry_of_the_history() {
    Page page = browsing.open(USUAL);
    int before = entries(page);
    Locator model = field(page, "Model");
    model.focus();
    for (String typed : List.of("Qwe", "n3", " 32B")) {
      page.waitForResponse(
          response -> response.url().contains("model="), () -> page.keyboard().type(typed));
    }
    assertThat(page).hasURL(Pattern.compile(".*model=Qwen3%2032B"));
    assertThat(page.locator("#answer .need").first()).containsText("Qwen3 32B");
    page.waitForResponse(
        response -> response.url().contains("model="), () -> page.keyboard().press("Enter"));
    assertThat(entries(page)).isEqualTo(before + 1);
    page.waitForResponse(
        response -> response.url().contains("model="),
        () -> field(page, "New or used").selectOption("new"));
    assertThat(page).hasURL(Pattern.compile(".*condition=new.*"));
    assertThat(entries(page)).isEqualTo(before + 2);
    // The page is loaded anew after each step, which a wait for a step alone would run into.
    page.evaluate("() => history.back()");
    assertThat(field(page, "New or used")).hasValue("");
    assertThat(field(page, "Model")).hasValue("Qwen3 32B");
    page.waitForLoadState();
    page.evaluate("() => history.back()");
    assertThat(page).hasURL(site.at(USUAL));
    assertThat(field(page, "Model")).hasValue("");
    page.context().close();
  }

  @Test
  void the_focus_on_the_link_goes_to_the_chart_that_takes_its_place() {
    Page page = browsing.open(USUAL);
    page.locator("#budgets a").focus();
    assertThat(page.locator("#budgets .chart")).hasCount(2);
    assertThat(page.locator("#budgets")).isFocused();
    page.keyboard().press("Tab");
    assertThat(page.locator("#budgets .chart a").first()).isFocused();
    page.context().close();
  }

  @Test
  void what_was_opened_and_typed_stays_through_a_change() {
    Page page = browsing.open(USUAL);
    Locator all =
        page.locator("details.all")
            .filter(new Locator.FilterOptions().setHasText("All that were left out"))
            .first();
    all.locator("summary").first().click();
    Locator supply =
        page.locator("details.line")
            .filter(new Locator.FilterOptions().setHasText("750 W at least"));
    supply.locator("summary").first().click();
    assertThat(supply.locator(".proof-here .statement").first()).isVisible();
    field(page, "Why not").fill("RTX 40");
    field(page, "Name it").evaluate("it => it.closest('details').open = true");
    field(page, "Name it").fill("Mine");
    assertThat(page.locator(".verdict .title")).hasText("Mine");
    assertThat(all).hasAttribute("open", "");
    assertThat(supply).hasAttribute("open", "");
    assertThat(supply.locator(".proof-here .statement").first()).containsText("Supply choice");
    assertThat(field(page, "Why not")).hasValue("RTX 40");
    page.context().close();
  }

  private static void legend(Page page) {
    assertThat(page.locator(".memory-bar").first()).isVisible();
    @SuppressWarnings("unchecked")
    List<String> keys =
        (List<String>)
            page.evaluate(
                "() => [...document.querySelectorAll('.legend .key')].map(it => it.classList[1]).sort()");
    @SuppressWarnings("unchecked")
    List<String> drawn =
        (List<String>)
            page.evaluate(
                "() => [...new Set([...document.querySelectorAll('.memory-bar rect:has(title)')]"
                    + ".filter(it => it.getAttribute('width') !== '0')"
                    + ".map(it => it.classList[0]))].sort()");
    assertThat(keys).isEqualTo(drawn);
  }

  @Test
  void the_legend_of_the_memory_names_what_is_drawn_and_shows_it_in_forced_colours() {
    Page page = browsing.open(USUAL);
    legend(page);
    page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
    @SuppressWarnings("unchecked")
    List<String> colours =
        (List<String>)
            page.evaluate(
                "() => [...document.querySelectorAll('.legend .key')].map(it => getComputedStyle(it).backgroundColor)");
    assertThat(colours).hasSizeGreaterThan(3).doesNotHaveDuplicates();
    page.context().close();
  }
}
