package dev.rigwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.Home;
import dev.rigwright.authoring.Cases;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All judgement is in rules and facts on disk: one number or one line edited on a copy changes the
 * answer as the edit says, and nothing is compiled but the rules.
 */
class EditingTest {

  @TempDir Path home;

  @BeforeEach
  void copy() throws IOException {
    for (String folder : new String[] {"rules", "facts"}) {
      Path from = Home.PATH.resolve(folder);
      try (Stream<Path> paths = Files.walk(from)) {
        for (Path path : paths.toList()) {
          Path to = home.resolve(folder).resolve(from.relativize(path).toString());
          if (Files.isDirectory(path)) {
            Files.createDirectories(to);
          } else {
            Files.copy(path, to);
          }
        }
      }
    }
  }

  private void edit(String file, String before, String after) {
    Path path = home.resolve(file);
    try {
      String text = Files.readString(path);
      assertThat(text).as("%s holds what is edited", file).contains(before);
      Files.writeString(path, text.replace(before, after));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static JsonNode decide(Path home, String requirement) {
    Advisor advisor = Advisor.open(home);
    return DecisionJson.tree(
        advisor.decide(
            advisor.reader().read(requirement.getBytes(StandardCharsets.UTF_8), Home.TODAY)));
  }

  private JsonNode before(String requirement) {
    return DecisionJson.tree(Home.advisor().decide(Home.requirement(requirement)));
  }

  private JsonNode after(String requirement) {
    return decide(home, requirement);
  }

  private static String card(JsonNode decision) {
    return decision.at("/recommendation/gpus/0/id").asText();
  }

  @Test
  void what_is_to_be_avoided_is_one_number() {
    String entry = "{\"budgetUsd\": 1000, \"models\": [{\"id\": \"qwen2.5-7b\"}]}";
    assertThat(card(before(entry))).isEqualTo("rtx-3060-12gb");
    edit("rules/exclusions/avoid.drl", "vramGib <= 8,", "vramGib <= 12,");
    assertThat(card(after(entry))).isNotEqualTo("rtx-3060-12gb");
  }

  @Test
  void the_guides_limit_of_vram_is_one_row() {
    String student =
        "{\"scope\": \"gpu\", \"budgetUsd\": 320, \"models\": [{\"id\": \"qwen2.5-14b\"}]}";
    assertThat(card(before(student))).isEqualTo("rtx-3060-12gb");
    edit(
        "facts/guide/limits.json",
        "\"vramGib\": 12, \"sizeB\": 14, \"upToB\": 15",
        "\"vramGib\": 12, \"sizeB\": 7, \"upToB\": 9");
    JsonNode decision = after(student);
    assertThat(decision.path("verdict").asText()).isEqualTo("infeasible");
    assertThat(decision.path("exclusions").findValuesAsText("rule"))
        .contains("fit/beyond-the-guide");
  }

  @Test
  void whether_a_model_fits_is_one_line() {
    String tight =
        "{\"models\": [{\"id\": \"qwen2.5-32b\"}], \"contextTokens\": 14336, \"budgetUsd\": 2200}";
    assertThat(card(before(tight))).isEqualTo("rtx-3090");
    edit(
        "rules/candidates/sizing.drl",
        "Sizing( missingBytes == 0, marginPercent < $margin,",
        "Sizing( missingBytes == 0, marginPercent < 0.1,");
    assertThat(card(after(tight))).isNotEqualTo("rtx-3090");
  }

  @Test
  void the_power_supplys_headroom_is_one_number() {
    String card =
        "{\"models\": [{\"id\": \"qwen2.5-14b\"}], \"budgetUsd\": 1600, \"limits\": {\"minTokensPerSecond\": 50}}";
    assertThat(card(before(card))).isEqualTo("rtx-3080-ti");
    int watts = before(card).at("/recommendation/psuWatts").asInt();
    edit(
        "facts/policy.json",
        "\"psuHeadroomWatts\", \"value\": 490",
        "\"psuHeadroomWatts\", \"value\": 790");
    assertThat(after(card).at("/recommendation/psuWatts").asInt()).isGreaterThan(watts);
  }

  @Test
  void what_counts_as_hot_is_one_number() {
    String writer = "{\"models\": [{\"id\": \"qwen2.5-32b\"}], \"budgetUsd\": 2100}";
    assertThat(before(writer).at("/recommendation/cooling").asText()).isEqualTo("air");
    edit("rules/needs/heat.drl", "tdpWatts >= 450", "tdpWatts >= 350");
    JsonNode decision = after(writer);
    assertThat(card(decision)).isEqualTo("rtx-3090");
    assertThat(decision.at("/recommendation/cooling").asText()).isEqualTo("aio");
  }

  @Test
  void the_page_for_authors_changes_a_threshold_that_is_one_number() throws IOException {
    String before = "tdpWatts >= 400";
    String after = "tdpWatts >= 350";
    assertThat(Home.PATH.resolve("rules/README.md"))
        .content()
        .contains("`rules/cautions/cards.drl`", "`" + before + "` of `cards/hot` to `" + after)
        .contains("The case \"399 W do not count\" fails");
    String writer = Files.readString(Home.PATH.resolve("facts/requirements/writer.json"));
    assertThat(before(writer).path("warnings").findValuesAsText("rule"))
        .doesNotContain("cards/hot");
    edit("rules/cautions/cards.drl", before, after);
    assertThat(after(writer).path("warnings").findValuesAsText("rule")).contains("cards/hot");
    Rulebook alone = RulebookReader.alone(RulebookReader.read(home.resolve("rules")), "cards/hot");
    assertThat(
            Cases.read(home.resolve("rules")).stream()
                .filter(tried -> tried.rule().equals("cards/hot"))
                .filter(tried -> !Cases.run(alone, tried).passed())
                .map(Cases.Case::name))
        .containsExactly("399 W do not count");
  }

  @Test
  void the_system_ram_of_a_size_is_one_row() {
    String writer = "{\"models\": [{\"id\": \"qwen2.5-32b\"}], \"budgetUsd\": 2400}";
    assertThat(before(writer).at("/recommendation/ramGib").asInt()).isEqualTo(64);
    edit(
        "facts/guide/limits.json",
        "\"upToB\": 35, \"minGib\": 32",
        "\"upToB\": 35, \"minGib\": 128");
    assertThat(after(writer).at("/recommendation/ramGib").asInt()).isEqualTo(128);
  }

  @Test
  void what_best_value_means_is_one_line() {
    String open = "{\"models\": [{\"id\": \"qwen2.5-32b\"}], \"budgetUsd\": 6000}";
    assertThat(card(before(open))).isEqualTo("rtx-3090");
    edit("rules/scores/value.drl", "$speed * 1000 / $total", "$speed * $speed * $speed / $total");
    assertThat(card(after(open))).isEqualTo("rtx-5090");
  }

  @Test
  void a_tiers_bracket_is_one_number() {
    String between = "{\"budgetUsd\": 1500, \"policy\": \"guide\"}";
    assertThat(before(between).at("/tier/bracket").asText()).isEqualTo("between");
    edit("facts/guide/tiers.json", "\"highUsd\": 1200", "\"highUsd\": 1600");
    JsonNode decision = after(between);
    assertThat(decision.at("/tier/bracket").asText()).isEqualTo("within");
    assertThat(card(decision)).isEqualTo("rtx-3060-12gb");
  }

  @Test
  void a_card_and_its_offer_are_two_rows() {
    String writer = "{\"models\": [{\"id\": \"qwen2.5-32b\"}], \"budgetUsd\": 2400}";
    edit(
        "facts/catalog/gpus.json",
        "\"rows\": [",
        """
        "rows": [
            { "id": "test-card-24gb", "name": "Test Card 24 GB", "vendor": "nvidia", "segment": "consumer", "series": "TEST",
              "vramGib": 24, "bandwidthGbPerSecond": 1500, "fp16TensorTflops": 200, "tensorCores": true, "tdpWatts": 250,
              "makerPsuWatts": 650, "formFactor": "pcie", "confidence": "high", "source": "a test", "asOf": "2026-11-22" },\
        """);
    assertThat(card(decide(home, writer))).isEqualTo("rtx-3090");
    edit(
        "facts/catalog/offers.json",
        "\"rows\": [",
        """
        "rows": [
            { "itemId": "test-card-24gb", "condition": "new", "lowUsd": 500, "typicalUsd": 600, "highUsd": 700, "asOf": "2026-11-01",
              "basis": "observed", "confidence": "high", "observations": ["test"], "source": "a test" },\
        """);
    assertThat(card(after(writer))).isEqualTo("test-card-24gb");
  }

  @Test
  void a_rule_with_its_own_concept_is_one_file() throws IOException {
    String writer = "{\"models\": [{\"id\": \"qwen2.5-32b\"}], \"budgetUsd\": 2400}";
    assertThat(card(before(writer))).isEqualTo("rtx-3090");
    Files.writeString(
        home.resolve("rules/exclusions/age.drl"),
        """
        // Age: cards whose maker may soon stop writing drivers for them.
        //
        // Reads      Gpu, OldSeries
        // Concludes  OldSeries, Exclusion
        package rigwright;

        import dev.rigwright.domain.Gpu;
        import function dev.rigwright.engine.Conclude.exclusion;

        declare OldSeries
            series : String @key
        end

        rule "age/series-of-2020"
            @because( "It came out in 2020" )
            @source( "facts/catalog/gpus.json" )
            @reviewed( "2026-11-22" )
        when
            Gpu( series == "RTX 30", $series : series )
        then
            insertLogical( new OldSeries( $series ) );
        end

        rule "age/too-old"
            @severity( NOTE )
            @says( "{card} is of the series {series}, which is old" )
            @because( "Drivers may end" )
            @source( "facts/catalog/gpus.json" )
            @reviewed( "2026-11-22" )
        when
            OldSeries( $series : series )
            $gpu : Gpu( series == $series, $card : label )
        then
            insertLogical( exclusion( kcontext, $gpu ) );
        end
        """);
    JsonNode decision = after(writer);
    assertThat(card(decision)).isNotEqualTo("rtx-3090");
    JsonNode said = null;
    for (JsonNode exclusion : decision.path("exclusions")) {
      said = exclusion.path("rule").asText().equals("age/too-old") ? exclusion : said;
    }
    assertThat(said).isNotNull();
    assertThat(said.path("each").findValuesAsText("says"))
        .contains("RTX 3090 24 GB is of the series RTX 30, which is old");
  }

  @Test
  void no_limit_of_the_guide_stands_in_java() throws IOException {
    StringBuilder found = new StringBuilder();
    try (Stream<Path> paths = Files.walk(Home.PATH.resolve("src/main/java"))) {
      for (Path path : paths.filter(p -> p.toString().endsWith(".java")).toList()) {
        for (String line : Files.readAllLines(path)) {
          boolean prose = line.strip().startsWith("*") || line.strip().startsWith("/");
          if (!prose && line.matches(".*\\b(550|750|1500|12000|18000|1200|450|rtx-\\d{4}).*")) {
            found.append(path.getFileName()).append(": ").append(line.strip()).append('\n');
          }
        }
      }
    }
    assertThat(found.toString()).isEmpty();
  }
}
