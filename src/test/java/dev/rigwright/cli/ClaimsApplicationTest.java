package dev.rigwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.Home;
import dev.rigwright.cli.Application.Ran;
import dev.rigwright.facts.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code claims} as a person uses it, and decisions that follow what it says. */
class ClaimsApplicationTest {

  private static final String BUDGET_FOR_A_4070_TI_SUPER =
      "{\"budgetUsd\": 2500, \"asOf\": \"2026-11-22\", \"models\": [{\"id\": \"qwen2.5-7b\"}]}";
  private static final String A_24B =
      "{\"budgetUsd\": 2500, \"asOf\": \"2026-11-22\", \"models\": [{\"id\": \"mistral-small-3.2-24b-2506\"}]}";

  @TempDir Path folder;

  private Ran run(String input, String... arguments) throws Exception {
    return input.isEmpty()
        ? Application.here(arguments)
        : new Application(folder).run(input, arguments);
  }

  private JsonNode claim(String id, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("claims", id, "--format", "json"));
    arguments.addAll(List.of(more));
    Ran ran = run("", arguments.toArray(String[]::new));
    assertThat(ran.code()).as(ran.err()).isZero();
    return Json.MAPPER.readTree(ran.out()).at("/claims/0");
  }

  /** An own folder with one shipped row changed. */
  private String own(
      String file, String from, String id, java.util.function.Consumer<ObjectNode> change)
      throws IOException {
    Path target = folder.resolve("own/catalog/" + file);
    Files.createDirectories(target.getParent());
    for (JsonNode row :
        Json.MAPPER
            .readTree(Files.readAllBytes(Home.PATH.resolve("facts/catalog/" + file)))
            .path("rows")) {
      if (row.path("id").asText().equals(from)) {
        ObjectNode changed = row.deepCopy();
        changed.put("id", id);
        if (!from.equals(id)) {
          changed.remove(List.of("aliases", "huggingFaceId"));
        }
        change.accept(changed);
        ObjectNode rows = Json.MAPPER.createObjectNode();
        rows.putArray("rows").add(changed);
        Files.write(target, Json.MAPPER.writeValueAsBytes(rows));
      }
    }
    return folder.resolve("own").toString();
  }

  private static List<String> conflicts(Ran ran) throws IOException {
    List<String> claims = new ArrayList<>();
    Json.MAPPER
        .readTree(ran.out())
        .path("conflicts")
        .forEach(conflict -> claims.add(conflict.at("/claims/0").asText()));
    return claims;
  }

  @Test
  void a_claim_shows_both_what_was_computed_and_what_was_published() throws Exception {
    Ran ran = new Application(folder).run("", "claims", "g83");
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains("G083  vram · contradicted")
        .contains("Guide       A 16 GB card holds models of up to 32B")
        .contains("Computed    Qwen2.5 32B at awq needs 19.")
        .contains("Published   At 4 bits a 32B has 19.33 GB")
        .contains("Evidence    Hugging Face file listing")
        .endsWith("1 claim: 1 contradicted; 1 computed, which decides the status of 0.\n");
  }

  @Test
  void all_claims_fit_a_terminal_and_are_counted_at_the_end() throws Exception {
    Ran ran = run("", "claims");
    assertThat(ran.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(90));
    assertThat(ran.out()).contains("114 claims: ").contains("12 contradicted");
  }

  @Test
  void claims_are_found_by_status_and_by_words() throws Exception {
    assertThat(run("", "claims", "--status", "Contradicted").out())
        .contains("G024", "G113")
        .doesNotContain("\nG081");
    assertThat(run("", "claims", "contradicted", "16GB").out())
        .contains("G083")
        .doesNotContain("G113");
    assertThat(run("", "claims", "guide#G083,G084").out()).contains("2 claims: 2 contradicted");
  }

  @Test
  void no_match_and_an_unknown_status_say_what_there_is() throws Exception {
    Ran none = new Application(folder).run("", "claims", "G115");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("(G115)", "G114, G113");
    Ran misspelt = run("", "claims", "bandwith");
    assertThat(misspelt.code()).isEqualTo(2);
    assertThat(misspelt.err()).contains("Maybe one of these was meant: G068");
    Ran status = run("", "claims", "--status", "wrong");
    assertThat(status.code()).isEqualTo(2);
    assertThat(status.out()).isEmpty();
    assertThat(status.err()).contains("(wrong)", "inconsistent, contradicted");
  }

  @Test
  void a_card_with_another_board_power_lifts_a_contradiction_and_the_decisions_conflict()
      throws Exception {
    String own =
        own("gpus.json", "rtx-4070-ti-super", "rtx-4070-ti-super", row -> row.put("tdpWatts", 200));
    assertThat(claim("G030").path("status").asText()).isEqualTo("contradicted");
    JsonNode lifted = claim("G030", "--facts", own);
    assertThat(lifted.path("status").asText()).isEqualTo("confirmed");
    assertThat(lifted.path("statusFrom").asText()).isEqualTo("computed");
    assertThat(lifted.path("quotedStatus").asText()).isEqualTo("contradicted");
    assertThat(lifted.path("published").asText()).contains("285 W");
    String[] advise = {"advise", "-", "--format", "json"};
    assertThat(conflicts(run(BUDGET_FOR_A_4070_TI_SUPER, advise))).contains("guide#G030");
    assertThat(
            conflicts(
                run(BUDGET_FOR_A_4070_TI_SUPER, "advise", "-", "--format", "json", "--facts", own)))
        .isNotEmpty()
        .doesNotContain("guide#G030");
  }

  @Test
  void a_card_with_less_memory_contradicts_a_claim_that_nobody_had_checked() throws Exception {
    String own = own("gpus.json", "rtx-3090", "rtx-3090", row -> row.put("vramGib", 16));
    assertThat(claim("G069").path("status").asText()).isEqualTo("confirmed");
    JsonNode claim = claim("G069", "--facts", own);
    assertThat(claim.path("status").asText()).isEqualTo("contradicted");
    assertThat(claim.path("quotedStatus").asText()).isEqualTo("unchecked");
    assertThat(claim.path("computed").toString()).contains("RTX 3090 16 GB offer 14.4");
  }

  @Test
  void a_model_that_grew_contradicts_the_table_and_its_row_excludes_nothing_any_more()
      throws Exception {
    String own = own("models.json", "qwen2.5-32b", "qwen2.5-14b", row -> {});
    assertThat(claim("G082").path("status").asText()).isEqualTo("conditional");
    assertThat(claim("G082", "--facts", own).path("status").asText()).isEqualTo("contradicted");
    assertThat(beyondTheGuide(run(A_24B, "advise", "-", "--format", "json")))
        .contains("rtx-3060-12gb");
    assertThat(beyondTheGuide(run(A_24B, "advise", "-", "--format", "json", "--facts", own)))
        .doesNotContain("rtx-3060-12gb");
  }

  @Test
  void a_model_that_shrank_lifts_the_contradiction_of_the_table() throws Exception {
    String own = own("models.json", "qwen2.5-14b", "qwen2.5-32b", row -> {});
    JsonNode claim = claim("G083", "--facts", own);
    assertThat(claim.path("status").asText()).isEqualTo("confirmed");
    assertThat(claim.path("quotedStatus").asText()).isEqualTo("contradicted");
  }

  private static String beyondTheGuide(Ran ran) throws IOException {
    StringBuilder subjects = new StringBuilder();
    for (JsonNode exclusion : Json.MAPPER.readTree(ran.out()).path("exclusions")) {
      if (exclusion.path("rule").asText().equals("fit/beyond-the-guide")) {
        subjects.append(exclusion.path("subjects"));
      }
    }
    return subjects.toString();
  }
}
