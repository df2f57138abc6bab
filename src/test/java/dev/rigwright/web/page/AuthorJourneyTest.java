package dev.rigwright.web.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.rigwright.web.page.Browsing.field;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.rigwright.web.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of somebody who writes rules: from the wording of a rule to what buyers read. */
class AuthorJourneyTest {

  private static final String FILE = "scores/value.drl";
  private static final String QUERY = "/?budgetUsd=2500&useCases=chat&users=1&asOf=2026-11-22";

  @TempDir static Path home;

  @Test
  void a_rule_edited_on_disk_is_what_buyers_read_and_a_broken_one_is_not() throws Exception {
    PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
    try (Site site = Site.in(home);
        Browsing browsing = new Browsing(site)) {
      Page answer = browsing.open(QUERY);
      String link = answer.locator("#link").getAttribute("href");
      String headline = answer.locator("#headline").textContent();
      assertThat(answer.locator(".answer")).not().containsText("tokens for the dollar");

      Page rules = browsing.open("/rules");
      field(rules, "Search").fill("value/best");
      int all = site.installation().inForce().rulebook().rules().size();
      assertThat(rules.locator(".count")).hasText("1 of " + all + " rules");
      assertThat(rules.locator("a[href='/rules/value/best']")).isVisible();
      rules.locator("a[href='/rules/value/best']").click();
      assertThat(rules.locator("h1")).hasText("value/best");
      String because = rules.locator(".facts dd").first().textContent();

      // The wording is changed in the file; nothing is started again.
      String hash = site.installation().inForce().rulebook().hash();
      site.edit(FILE, because, "Most tokens for the dollar");
      await(site, inForce -> !inForce.rulebook().hash().equals(hash));
      answer.navigate(site.at(QUERY));
      Locator pick =
          answer
              .locator("details.line")
              .filter(new Locator.FilterOptions().setHasText("ost tokens for the dollar"))
              .first();
      assertThat(pick).isVisible();
      rules.reload();
      assertThat(rules.locator(".facts dd").first()).hasText("Most tokens for the dollar");
      Page old = browsing.open(link);
      assertThat(old.locator(".notice"))
          .containsText("The rules have changed since this link was made");

      Page status = browsing.open("/status");
      assertThat(status.locator(".verdict-line")).containsText("All is well");
      assertThat(status.locator("main"))
          .containsText(site.installation().inForce().rulebook().hash());

      // A broken rule does not come into force: what was said goes on being said.
      String good = site.installation().inForce().rulebook().hash();
      site.edit(FILE, "insertLogical(", "insertLogically(");
      await(site, inForce -> inForce.refusedRules() != null);
      answer.navigate(site.at(QUERY));
      assertThat(answer.locator("#headline")).hasText(headline);
      assertThat(pick).isVisible();
      status.navigate(site.at("/status"));
      Locator refused = status.locator(".refused");
      assertThat(refused.locator("h2")).hasText("The newest change of the rules was refused");
      String place = refused.locator("li code").first().textContent();
      assertThat(place).matches("rules/scores/value\\.drl:\\d+:\\d+");
      assertThat(refused.locator("pre").first()).containsText("insertLogically(");
      assertThat(status.locator("main")).containsText(good);

      site.edit(FILE, "insertLogically(", "insertLogical(");
      await(site, inForce -> inForce.refusedRules() == null);
      status.navigate(site.at("/status"));
      assertThat(status.locator(".verdict-line")).containsText("All is well");
      browsing.quiet();
    }
  }

  private static void await(Site site, Predicate<dev.rigwright.web.InForce> wanted)
      throws InterruptedException {
    Installation installation = site.installation();
    for (int i = 0; i < 2400 && !wanted.test(installation.inForce()); i++) {
      Thread.sleep(50);
    }
    assertThat(wanted.test(installation.inForce())).as("what is in force").isTrue();
  }

  @Test
  void catalogue_and_guide_are_searched_as_one_types(@TempDir Path other) throws IOException {
    PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
    try (Site site = Site.in(other);
        Browsing browsing = new Browsing(site)) {
      Page page = browsing.open("/catalog");
      assertThat(page.locator(".count")).hasText("113 of 113");
      field(page, "Search").fill("rtx 3090 ti");
      assertThat(page.locator("tbody tr")).hasCount(1);
      Locator row = page.locator("tbody tr").first();
      row.locator("summary").click();
      assertThat(row.locator(".reason")).containsText("Id rtx-3090-ti.");
      assertThat(row.locator(".reason")).containsText("Source: ");
      assertThat(page).hasURL(site.at("/catalog?kind=cards&q=rtx%203090%20ti"));

      page.navigate(site.at("/claims"));
      page.locator("#status").selectOption("contradicted");
      assertThat(page.locator(".count")).containsText("of 114 statements");
      assertThat(page.locator("#G083 .status")).hasText("contradicted");
      field(page, "Search").fill("G083");
      assertThat(page.locator(".claim")).hasCount(1);
      assertThat(page.locator("#G083 .meta")).containsText("cited by no rule");
      page.locator("#status").selectOption("");
      field(page, "Search").fill("G080");
      page.locator("#G080 a[href='/rules?q=G080']").click();
      assertThat(page.locator(".count")).containsText("6 of ");
      browsing.quiet();
    }
  }
}
