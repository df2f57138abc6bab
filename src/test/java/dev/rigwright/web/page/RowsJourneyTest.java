package dev.rigwright.web.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.rigwright.web.page.Browsing.field;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.rigwright.Home;
import dev.rigwright.estimate.Memory;
import dev.rigwright.facts.Json;
import dev.rigwright.web.page.Browsing.Look;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The form of somebody who has many cards and runs many models. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RowsJourneyTest {

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

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private static void part(Page page, String name) {
    page.locator("summary", new Page.LocatorOptions().setHasText(name)).click();
  }

  @Test
  void another_kind_of_card_is_one_more_row_and_nothing_typed_is_lost() {
    Page page = browsing.open(USUAL);
    part(page, "What I own");
    assertThat(field(page, "Card 2")).hasCount(0);
    field(page, "Card").fill("rtx-3090");
    button(page, "Another kind of card").click();
    assertThat(field(page, "Card 2")).isFocused();
    assertThat(field(page, "Card")).hasValue("rtx-3090");
    field(page, "Card 2").fill("rtx-3060-12gb");
    field(page, "How many of card 2").fill("2");
    assertThat(page.locator("#answer")).containsText("RTX 3090 24 GB, 2x RTX 3060 12 GB");
    assertThat(page).hasURL(site.at(USUAL + "&gpu=rtx-3090&gpu2=rtx-3060-12gb&gpuCount2=2"));
    page.context().close();
  }

  @Test
  void rows_are_added_by_the_keyboard_up_to_what_a_requirement_holds() {
    Page page = browsing.open(USUAL + "&model=llama3.1:8b&gpu13=rtx-3090&with13=kokoro");
    Locator another = button(page, "Another kind of card");
    for (int row = 15; row <= Fields.CARDS; row++) {
      another.focus();
      page.keyboard().press("Enter");
      assertThat(field(page, "Card " + row)).isFocused();
    }
    assertThat(another).hasCount(0);
    Locator model = button(page, "Another model");
    assertThat(field(page, "Model 15")).isVisible();
    model.focus();
    page.keyboard().press("Space");
    assertThat(field(page, "Model 16")).isFocused();
    assertThat(model).hasCount(0);
    assertThat(page.locator("input[name^=gpuCount]")).hasCount(Fields.CARDS);
    page.context().close();
  }

  @Test
  void the_key_that_sends_the_form_adds_no_row() {
    for (Look look : List.of(Look.USUAL, Look.USUAL.withoutScript())) {
      Page page = browsing.open(USUAL + "&gpu=rtx-3090", look);
      field(page, "Card").fill("rtx-4090");
      field(page, "Card").press("Enter");
      assertThat(page).hasURL(Pattern.compile(".*gpu=rtx-4090.*"));
      assertThat(page.locator("#answer")).containsText("RTX 4090");
      assertThat(page.locator("input[name^=gpuCount]")).hasCount(2);
      assertThat(page.url()).doesNotContain(Rows.CARD);
      page.context().close();
    }
  }

  @Test
  void a_format_is_said_of_each_model_and_what_is_wrong_with_one_stands_at_its_row() {
    Page page = browsing.open(USUAL + "&model=qwen2.5-14b");
    part(page, "More about the models");
    field(page, "Model 2").fill("llama3.1:8b");
    field(page, "Quantization of model 2").selectOption("awq");
    button(page, "Another model").click();
    field(page, "or size of model 3").fill("7");
    field(page, "Quantization of model 3").selectOption("gptq-int4");
    assertThat(page.locator("#answer")).containsText("Llama 3.1 8B at awq");
    assertThat(page.locator("#answer")).containsText("at gptq-int4");

    field(page, "Model 3").fill("kokoro");
    assertThat(page.locator("#problem-withSizeB2")).containsText("This model is named already.");
    assertThat(field(page, "or size of model 3")).hasAttribute("aria-invalid", "true");
    field(page, "or size of model 3").fill("");
    assertThat(page.locator("#problem-withSizeB2")).hasText("");
    assertThat(field(page, "or size of model 3"))
        .not()
        .hasAttribute("aria-invalid", Pattern.compile(".*"));
    page.context().close();
  }

  @Test
  void all_that_a_requirement_says_stands_in_the_form_and_is_sent_again() throws IOException {
    JsonNode everything = Json.MAPPER.readTree(FormRoundTripTest.EVERYTHING);
    Form form = Form.asking(everything);
    Page page = browsing.open("/?" + form.query());
    String sent =
        (String)
            page.evaluate(
                "() => new URLSearchParams([...new FormData(document.getElementById('ask'))]"
                    + ".filter(([, value]) => value !== '')).toString()");
    Form again = Form.of(FormRoundTripTest.parsed(sent));
    assertThat(again.query()).isEqualTo(form.query());
    assertThat(page.locator("details.more:not([open])")).hasCount(0);

    page.locator("label.box", new Page.LocatorOptions().setHasText("quiet")).click();
    assertThat(page).hasURL(Pattern.compile(".*quiet=true.*"));
    page.context().close();
  }

  @Test
  void a_form_in_which_every_row_is_used_is_answered() {
    ObjectNode full = Json.MAPPER.createObjectNode();
    full.put("title", "Ünïcödé ".repeat(25).strip()).put("users", 1).put("contextTokens", 1024);
    Home.advisor().facts().models().stream()
        .filter(Memory::computable)
        .limit(Fields.MODELS)
        .forEach(
            model ->
                full.withArray("models")
                    .addObject()
                    .put("id", model.id())
                    .put("quantization", "q4_k_m")
                    .put("role", "llm"));
    Home.advisor().facts().gpus().stream()
        .limit(Fields.CARDS)
        .forEach(
            card ->
                full.withObject("/owned")
                    .withArray("gpus")
                    .addObject()
                    .put("id", card.id())
                    .put("count", 16));
    Page page = browsing.open("/?" + Form.asking(full).query());
    field(page, "Budget").fill("7777");
    assertThat(page.locator("#answer")).containsText("7,777 USD");
    assertThat(field(page, "How many of card 16")).hasValue("16");
    assertThat(field(page, "Quantization of model 16")).hasValue("q4_k_m");
    assertThat(page.locator(".another button")).hasCount(0);
    page.context().close();
  }

  @Test
  void a_record_is_asked_again_in_the_form() throws IOException {
    Form form = Form.asking(Json.MAPPER.readTree(FormRoundTripTest.EVERYTHING));
    assertThat(site.post("/decisions?" + form.query()).statusCode()).isEqualTo(303);
    String decision = site.log().newest("1").decisionId();
    Page page = browsing.open("/decisions/1");
    page.getByText("Ask it again in the form").click();
    assertThat(page.locator(".identity code").first()).hasText(decision);
    assertThat(field(page, "Card 5")).hasValue("rtx-4090");
    page.context().close();
  }

  @Test
  void without_script_the_button_gives_the_page_with_one_more_row() {
    Page page = browsing.open(USUAL, Look.USUAL.withoutScript());
    part(page, "What I own");
    field(page, "Card").fill("rtx-3090");
    field(page, "Power supply").fill("a lot");
    button(page, "Another kind of card").click();
    assertThat(field(page, "Card 2")).isFocused();
    assertThat(field(page, "Card")).hasValue("rtx-3090");
    assertThat(field(page, "Power supply")).hasValue("a lot");
    assertThat(page.locator("#problem-psuWatts")).containsText("Found (a lot)");
    button(page, "Another kind of card").click();
    assertThat(field(page, "Card 3")).isFocused();
    field(page, "Card 3").fill("rtx-3060-12gb");
    field(page, "Power supply").fill("1000");
    button(page, "Get the answer").click();
    assertThat(page.locator("#link")).hasAttribute("href", Pattern.compile(".*gpu3=rtx-3060.*"));
    button(page, "Another kind of card").click();
    assertThat(page).hasURL(Pattern.compile(".*cardRow=5.*"));
    assertThat(page.locator("#link"))
        .not()
        .hasAttribute("href", Pattern.compile(".*(cardRow|modelRow).*"));
    part(page, "More about the models");
    button(page, "Another model").click();
    assertThat(field(page, "Model 3")).isFocused();
    assertThat(field(page, "Card 3")).hasValue("rtx-3060-12gb");
    assertThat(field(page, "Card 4")).isVisible();
    // The browser itself says so of what was no number.
    assertThat(browsing.complaints()).allMatch(said -> said.matches(".*a status of 422 .*"));
    page.context().close();
  }
}
