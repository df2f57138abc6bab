package dev.rigwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.domain.Claim;
import dev.rigwright.domain.ClaimStatus;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookReader;
import dev.rigwright.rulebook.Strata;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What is computed of the guide's claims over the shipped facts. The table {@code
 * claims-computed.txt} was read by a person, row by row.
 */
class ClaimsComputedTest {

  private static final List<Claim> CLAIMS = Home.advisor().facts().claims();

  @Test
  void what_is_computed_is_what_somebody_has_read() throws Exception {
    String table =
        CLAIMS.stream()
            .filter(claim -> !claim.computed().isEmpty())
            .map(ClaimsComputedTest::row)
            .collect(Collectors.joining("\n"));
    Path file = Golden.FOLDER.resolveSibling("claims-computed.txt");
    if (Boolean.getBoolean("rigwright.approve")) {
      Files.writeString(file, table);
    }
    assertThat(table).isEqualTo(Files.readString(file));
  }

  private static String row(Claim claim) {
    return "%s %s -> %s: %s\n%s"
        .formatted(
            claim.id(),
            claim.publishedStatus(),
            claim.status(),
            claim.says(),
            claim.computed().stream()
                .map(each -> "  " + each + "\n")
                .collect(Collectors.joining()));
  }

  @Test
  void what_the_estimates_can_see_of_published_contradictions_they_contradict_too() {
    List<String> notComputed =
        CLAIMS.stream()
            .filter(claim -> claim.publishedStatus() == ClaimStatus.CONTRADICTED)
            .filter(claim -> claim.computed().isEmpty() || claim.quoted() != null)
            .map(Claim::id)
            .toList();
    assertThat(notComputed).isEmpty();
  }

  @Test
  void other_rules_over_the_same_facts_judge_claims_anew_from_what_was_published() {
    Rulebook none =
        RulebookReader.compile(
            Home.advisor().rulebook().files().stream()
                .filter(file -> !file.path().startsWith(Strata.CLAIMS + "/"))
                .toList());
    Advisor without = Home.advisor().under(none);
    assertThat(without.facts().claims())
        .allSatisfy(claim -> assertThat(claim.computed()).isEmpty())
        .extracting(Claim::status)
        .isEqualTo(CLAIMS.stream().map(Claim::publishedStatus).toList());
    Advisor again = without.under(Home.advisor().rulebook());
    assertThat(again.facts().claims().stream().map(ClaimsComputedTest::row))
        .isEqualTo(CLAIMS.stream().map(ClaimsComputedTest::row).toList());
  }

  @Test
  void published_words_stay_beside_what_was_computed() {
    assertThat(CLAIMS)
        .allSatisfy(
            claim -> {
              assertThat(claim.publishedStatus()).isNotNull();
              if (claim.publishedStatus() != ClaimStatus.UNCHECKED) {
                assertThat(claim.published()).as(claim.id()).isNotBlank();
              }
            });
    assertThat(CLAIMS).anySatisfy(claim -> assertThat(claim.quoted()).isNotNull());
  }

  @Test
  void trials_are_over_before_anybody_asks() {
    assertThat(Home.advisor().facts().forRules())
        .noneMatch(fact -> fact instanceof dev.rigwright.domain.Yardstick);
  }
}
