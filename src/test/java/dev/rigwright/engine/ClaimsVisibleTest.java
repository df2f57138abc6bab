package dev.rigwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.Home;
import dev.rigwright.domain.Claim;
import dev.rigwright.domain.ClaimStatus;
import dev.rigwright.facts.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The whole guide is visible: for each of its statements a golden decision and a pointer in it to a
 * value that cites the statement. The table is {@code claims-visible.json}.
 */
class ClaimsVisibleTest {

  /** A line of an answer that cites more statements than this hides them. */
  private static final int MOST_ON_ONE_LINE = 6;

  private static final Map<String, JsonNode> DECISIONS = new TreeMap<>();
  private static final Map<String, JsonNode> TABLE = new TreeMap<>();

  @BeforeAll
  static void read() throws Exception {
    Golden.requirements()
        .forEach((name, requirement) -> DECISIONS.put(name, Golden.decided(requirement)));
    Path file = Golden.FOLDER.resolveSibling("claims-visible.json");
    if (Boolean.getBoolean("rigwright.approve")) {
      Files.writeString(file, ClaimPlaces.table(DECISIONS));
    }
    JsonNode table = Json.MAPPER.readTree(Files.readAllBytes(file));
    table.properties().forEach(entry -> TABLE.put(entry.getKey(), entry.getValue()));
  }

  private static Set<String> claims() {
    return Home.advisor().facts().claims().stream().map(Claim::id).collect(Collectors.toSet());
  }

  @Test
  void every_statement_of_the_guide_has_its_place_in_an_answer() {
    assertThat(TABLE.keySet()).hasSize(114).containsExactlyInAnyOrderElementsOf(claims());
    TABLE.forEach(ClaimsVisibleTest::requireCited);
  }

  private static void requireCited(String claim, JsonNode place) {
    JsonNode decision = DECISIONS.get(place.path("decision").asText());
    assertThat(decision).as("golden decision of %s: %s", claim, place).isNotNull();
    assertThat(decision.at(place.path("pointer").asText()).asText())
        .as("%s in %s", place.path("pointer"), place.path("decision"))
        .isEqualTo("guide#" + claim);
  }

  @Test
  void no_line_carries_more_statements_than_a_reader_sees() {
    Map<String, List<String>> byLine = new HashMap<>();
    TABLE.forEach(
        (claim, place) -> byLine.computeIfAbsent(line(place), l -> new ArrayList<>()).add(claim));
    assertThat(byLine.values())
        .allSatisfy(on -> assertThat(on).hasSizeLessThanOrEqualTo(MOST_ON_ONE_LINE));
    assertThat(byLine).hasSizeGreaterThan(60);
  }

  private static String line(JsonNode place) {
    return place.path("decision").asText() + ClaimPlaces.line(place.path("pointer").asText());
  }

  @Test
  void the_line_that_cites_a_statement_says_something() {
    TABLE.forEach(
        (claim, place) -> {
          String pointer = place.path("pointer").asText();
          JsonNode line =
              DECISIONS.get(place.path("decision").asText()).at(ClaimPlaces.line(pointer));
          assertThat(line.has("says") || line.has("name")).as("%s: %s", claim, pointer).isTrue();
        });
  }

  @Test
  void of_every_conflict_some_answer_shows_both_sides() {
    for (Claim claim : Home.advisor().facts().claims()) {
      boolean disputed =
          claim.status() == ClaimStatus.CONTRADICTED || claim.status() == ClaimStatus.INCONSISTENT;
      if (disputed) {
        assertThat(DECISIONS.values())
            .as(claim.id())
            .anySatisfy(
                decision ->
                    assertThat(decision.path("conflicts"))
                        .anySatisfy(
                            conflict -> {
                              assertThat(conflict.path("guideSays").asText())
                                  .isEqualTo(claim.says());
                              assertThat(conflict.path("figuresSay").asText())
                                  .isEqualTo(claim.finding());
                            }));
      }
    }
  }

  @Test
  void no_answer_cites_a_statement_that_does_not_exist() {
    Set<String> known = claims();
    List<String> unknown = new ArrayList<>();
    DECISIONS.forEach(
        (name, decision) ->
            cited(
                decision,
                citation -> {
                  if (!known.contains(citation)) {
                    unknown.add(name + ": " + citation);
                  }
                }));
    assertThat(unknown).isEmpty();
    assertThat(DECISIONS).isNotEmpty();
  }

  private static void cited(JsonNode node, java.util.function.Consumer<String> use) {
    if (node.isTextual() && node.asText().startsWith("guide#")) {
      use.accept(node.asText().substring("guide#".length()));
    }
    node.forEach(child -> cited(child, use));
  }

  @Test
  void the_test_itself_fails_on_a_place_that_cites_something_else() {
    Map.Entry<String, JsonNode> any = TABLE.entrySet().iterator().next();
    assertThatThrownBy(() -> requireCited("G999", any.getValue()))
        .isInstanceOf(AssertionError.class);
  }
}
