package dev.rigwright.web.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.rigwright.web.page.Browsing.field;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.rigwright.audit.Recorded;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of somebody who audits. */
class AuditorJourneyTest {

  @TempDir static Path home;

  @Test
  void a_decision_is_recorded_proven_questioned_and_decided_again() throws IOException {
    PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
    try (Site site = Site.in(home);
        Browsing browsing = new Browsing(site)) {
      Page page = browsing.open("/?budgetUsd=2500&useCases=chat&users=1&title=For+the+library");
      String id = page.locator(".identity code").first().textContent();
      page.getByRole(
              AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Record it in the decision log"))
          .click();
      assertThat(page).hasURL(site.at("/decisions/1"));
      Recorded recorded = site.log().newest(id);
      assertThat(recorded.sequence()).isEqualTo(1);
      assertThat(page.locator("h1")).hasText("Decision " + id);
      assertThat(page.locator(".facts")).containsText(recorded.hash());
      assertThat(page.locator(".verdict .title")).hasText("For the library");
      assertThat(page.locator("#replay .verdict-line b")).hasText("Identical:");

      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Decide again")).click();
      assertThat(page.locator("#replay .verdict-line")).containsText("#1 " + id);

      field(page, "Why not").fill("2x rtx-4090");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Ask")).click();
      assertThat(page.locator("#why-not h4")).hasText("RTX 4090 24 GB: it was not picked");

      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("The proof tree")).click();
      assertThat(page.locator("h1")).hasText("Why the answer is so");
      assertThat(page.locator("details.statement").first()).isVisible();
      assertThat(page.locator(".proof")).containsText("rules/picks/verdict.drl:");
      page.getByRole(
              AriaRole.LINK, new Page.GetByRoleOptions().setName("as a picture").setExact(true))
          .first()
          .click();
      assertThat(page.locator("svg title").first()).containsText(id);

      page.navigate(site.at("/decisions"));
      assertThat(page.locator("tbody tr")).hasCount(1);
      page.locator("#verdict").selectOption("infeasible");
      assertThat(page.locator(".count")).hasText("0 shown; 1 in the log");
      page.locator("#verdict").selectOption("");
      field(page, "Card").fill("RTX 3090");
      assertThat(page.locator("tbody tr")).hasCount(1);
      field(page, "Words").fill("library");
      assertThat(page.locator("tbody tr th a")).hasText("#1 " + id);
      browsing.quiet();
    }
  }
}
