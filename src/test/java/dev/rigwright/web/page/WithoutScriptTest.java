package dev.rigwright.web.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.rigwright.web.page.Browsing.field;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.rigwright.web.page.Browsing.Look;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WithoutScriptTest {

  @TempDir static Path home;

  @Test
  void the_form_answers_and_every_question_has_a_page() throws IOException {
    PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
    try (Site site = Site.in(home);
        Browsing browsing = new Browsing(site)) {
      Page page = browsing.open("/", Look.USUAL.withoutScript());
      field(page, "Budget").fill("5000");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Get the answer"))
          .click();
      assertThat(field(page, "Budget")).hasValue("5000");
      assertThat(page.locator(".badge")).hasText("Buy");

      Locator line = page.locator("details.line").first();
      line.locator("summary").first().click();
      line.getByText("The values and facts behind it").click();
      assertThat(page.locator("h1")).containsText("Why it says so");
      assertThat(page.locator("details.statement").first()).isVisible();
      page.getByText("Back to the answer").click();
      assertThat(field(page, "Budget")).hasValue("5000");

      page.getByText("See what 250 to 20,000 USD get").click();
      page.getByText("The same as a table").click();
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("2,500 USD").setExact(true))
          .click();
      assertThat(field(page, "Budget")).hasValue("2500");

      field(page, "Why not").fill("RTX 4090");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Ask")).click();
      assertThat(page.locator(".whynot h4")).hasText("RTX 4090 24 GB: it was not picked");
      page.getByText("Back to the answer").click();

      page.getByRole(
              AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Record it in the decision log"))
          .click();
      assertThat(page).hasURL(site.at("/decisions/1"));
      assertThat(page.locator(".verdict-line b")).hasText("Identical:");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Decide again")).click();
      assertThat(page.locator("h1")).hasText("Decided again");

      page.navigate(site.at("/rules"));
      page.locator("#q").fill("psu");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Search")).click();
      assertThat(page.locator("a[href='/rules/psu/cheapest']")).isVisible();

      page.navigate(site.at("/?budgetUsd=2500&users=1"));
      page.getByText("What I own", new Page.GetByTextOptions().setExact(true)).click();
      assertThat(field(page, "Card 2")).hasCount(0);
      field(page, "Card").fill("rtx-3090");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Another kind of card"))
          .click();
      field(page, "Card 2").fill("rtx-3060-12gb");
      field(page, "How many of card 2").fill("2");
      page.getByText("More about the models").click();
      field(page, "Model size").fill("14");
      field(page, "Model 2").fill("whisper-large-v3");
      field(page, "What it does (model 2)").selectOption("stt");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Get the answer"))
          .click();
      assertThat(page.locator("#answer")).containsText("RTX 3090 24 GB, 2x RTX 3060 12 GB");
      assertThat(page.locator("#answer")).containsText("Whisper large-v3");
      assertThat(field(page, "How many of card 2")).hasValue("2");
      assertThat(field(page, "What it does (model 2)")).hasValue("stt");
      assertThat(field(page, "Model 3")).isVisible();

      page.navigate(site.at("/?budgetUsd=plenty&users=2"));
      assertThat(page.locator("#problem-budgetUsd")).containsText("Found (plenty)");
      assertThat(field(page, "People at once")).hasValue("2");
    }
  }
}
