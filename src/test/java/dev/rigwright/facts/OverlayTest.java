package dev.rigwright.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rigwright.Home;
import dev.rigwright.domain.Condition;
import dev.rigwright.domain.Offer;
import dev.rigwright.domain.PriceBasis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody's own rows over the shipped facts. */
class OverlayTest {

  private static final Path SHIPPED = Home.PATH.resolve("facts");
  private static final Facts ALONE = FactsReader.read(SHIPPED);
  private static final String CARD =
      """
      { "rows": [
        { "id": "%s", "name": "Mine 48 GB", "vendor": "nvidia", "segment": "consumer", "series": "Mine", "vramGib": 48, "tensorCores": true, "formFactor": "pcie", "confidence": "medium", "source": "my card", "asOf": "2026-11-20" }
      ] }
      """;
  private static final String OFFER =
      """
      { "rows": [
        { "itemId": "%s", "condition": "used", "lowUsd": 500, "typicalUsd": 550, "highUsd": 600, "asOf": "2026-11-20", "basis": "observed", "confidence": "medium", "source": "my dealer" }
      ] }
      """;
  private static final String COLUMNS =
      "observation,item,observedOn,region,currency,lowPrice,highPrice,kind,condition,vatIncluded,confidence,doubt,note,source\n";

  @TempDir Path own;

  private void write(String file, String text) throws IOException {
    Files.createDirectories(own.resolve(file).getParent());
    Files.writeString(own.resolve(file), text);
  }

  private Facts read() {
    return FactsReader.read(SHIPPED, own);
  }

  private static List<Offer> offers(Facts facts, String item) {
    return facts.offers().stream().filter(offer -> offer.itemId().equals(item)).toList();
  }

  @Test
  void a_row_of_a_new_id_is_added_and_named() throws IOException {
    write("catalog/gpus.json", CARD.formatted("my-card"));
    Facts facts = read();
    assertThat(facts.gpuById().get("my-card").vramGib()).isEqualTo(48);
    assertThat(facts.gpus()).hasSize(ALONE.gpus().size() + 1).containsAll(ALONE.gpus());
    assertThat(facts.overlaid()).containsExactly("gpus/my-card");
    assertThat(facts.hash()).isNotEqualTo(ALONE.hash());
  }

  @Test
  void a_row_of_a_known_id_replaces_the_shipped_row_whole_and_in_its_place() throws IOException {
    write("catalog/gpus.json", CARD.formatted("rtx-3090"));
    Facts facts = read();
    assertThat(facts.gpus()).containsExactlyElementsOf(ALONE.gpus());
    assertThat(facts.gpuById().get("rtx-3090").vramGib()).isEqualTo(48);
    assertThat(facts.gpuById().get("rtx-3090").tdpWatts()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"8.6, 8.6", "\"8.6\", 8.6", "12.1, 12.1"})
  void a_compute_capability_is_a_number_or_the_same_as_text(String written, double read)
      throws IOException {
    write(
        "catalog/gpus.json",
        CARD.formatted("my-card")
            .replace("\"tensorCores\"", "\"computeCapability\": " + written + ", \"tensorCores\""));
    assertThat(read().gpuById().get("my-card").computeCapability()).isEqualTo(read);
  }

  @Test
  void an_empty_folder_and_hidden_files_change_nothing() throws IOException {
    write(".git/config", "x");
    write("catalog/.DS_Store", "x");
    assertThat(read().hash()).isEqualTo(ALONE.hash());
    assertThat(read().overlaid()).isEmpty();
  }

  @Test
  void all_shipped_rows_laid_over_themselves_give_the_same_facts() throws IOException {
    for (String file : FactList.FILES) {
      write(file, Files.readString(SHIPPED.resolve(file)));
    }
    Facts facts = read();
    assertThat(facts.forRules()).isEqualTo(ALONE.forRules());
    assertThat(facts.overlaid())
        .hasSizeGreaterThan(500)
        .contains(
            "gpus/rtx-3090",
            "offers/rtx-3090/used",
            "policy/vllmUtilisation",
            "policy/cardCounts",
            "policy/circuits/US",
            "tiers/entry",
            "limits/vram/24",
            "claims/G001")
        .doesNotHaveDuplicates();
  }

  @Test
  void an_own_offer_goes_before_the_shipped_one_of_its_condition_alone() throws IOException {
    write("catalog/offers.json", OFFER.formatted("rtx-4090"));
    List<Offer> offers = offers(read(), "rtx-4090");
    assertThat(offers).hasSameSizeAs(offers(ALONE, "rtx-4090")).hasSizeGreaterThan(1);
    for (Offer offer : offers) {
      assertThat(offer.typicalUsd() == 550).isEqualTo(offer.condition() == Condition.USED);
    }
  }

  @Test
  void an_own_observed_price_becomes_an_offer_even_where_it_is_newer_than_the_shipped_ones()
      throws IOException {
    write(
        "measurements/gpu-prices.csv",
        COLUMNS + "m-1,rtx-3090,2026-12-24,US,USD,300,320,listing,used,no,medium,,,my neighbour\n");
    Facts facts = read();
    Offer offer =
        offers(facts, "rtx-3090").stream()
            .filter(one -> one.condition() == Condition.USED)
            .findFirst()
            .orElseThrow();
    assertThat(offer.lowUsd()).isEqualTo(300);
    assertThat(offer.typicalUsd()).isEqualTo(310);
    assertThat(offer.basis()).isEqualTo(PriceBasis.OBSERVED);
    assertThat(offer.source()).isEqualTo("my neighbour");
    assertThat(facts.overlaid()).containsExactly("offers/rtx-3090/used");
  }

  @Test
  void an_own_figure_replaces_the_shipped_one_of_its_name() throws IOException {
    write(
        "policy.json",
        "{ \"figures\": [ { \"name\": \"electricityUsdPerKwh\", \"value\": 0.4, \"unit\": \"USD per kWh\", \"meaning\": \"my bill\", \"confidence\": \"high\", \"asOf\": \"2026-11-20\", \"source\": \"my bill\" } ] }");
    assertThat(read().figures().electricityUsdPerKwh()).isEqualTo(0.4);
    assertThat(read().figures().hoursPerDay()).isEqualTo(ALONE.figures().hoursPerDay());
    assertThat(read().overlaid()).containsExactly("policy/electricityUsdPerKwh");
  }

  @Test
  void a_folder_that_is_a_link_is_read_through_it() throws IOException {
    write("catalog/gpus.json", CARD.formatted("my-card"));
    Path link = Files.createSymbolicLink(own.resolveSibling(own.getFileName() + "-link"), own);
    try {
      assertThat(FactsReader.read(SHIPPED, link).overlaid()).containsExactly("gpus/my-card");
    } finally {
      Files.delete(link);
    }
  }

  @Test
  void a_missing_folder_is_refused() {
    assertThatThrownBy(() -> FactsReader.read(SHIPPED, own.resolve("none")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("none) is not there, or is no folder. Maybe");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "catalog/gpu.json | {} | gpu.json:1:1: This is no file of facts. Known are policy.json, catalog/gpus.json",
        "gpus.json | {} | Maybe it lies in another folder",
        "catalog/gpus.json | `{\n \"rows\": [ }` | gpus.json:2:12: This is no JSON: Unexpected close marker '}': expected ']'.",
        "catalog/gpus.json | `` | gpus.json:1:1: There is nothing",
        "catalog/gpus.json | [] | gpus.json:1:1: Found []; allowed is a value of type object",
        "catalog/gpus.json | {\"row\": []} | gpus.json:1:9: /row: The field (row) is not known. Maybe rows was meant",
        "catalog/gpus.json | {\"rows\": {}} | gpus.json:1:10: /rows: Found {}; allowed is a value of type array",
        "catalog/gpus.json | `{\"rows\": [\n {\"id\": \"x\", \"vramGib\": \"24\"} ]}` | gpus.json:2:25: /rows/0/vramGib: Found \"24\"; allowed is a value of type integer",
        "catalog/gpus.json | `{\"rows\": [\n {\"id\": \"x\", \"vramGb\": 24} ]}` | gpus.json:2:24: /rows/0/vramGb: The field (vramGb) is not known. Maybe vramGib was meant",
        "catalog/gpus.json | {\"rows\": [ {\"id\": \"x\"} ]} | /rows/0/source: The field (source) is missing",
        "policy.json | {\"figures\": [ {\"name\": \"nothing\"} ]} | /figures/0/name: Found \"nothing\"; allowed are",
        "measurements/gpu-prices.csv | `a,b\n1,2` | gpu-prices.csv:2:1: ",
      })
  void what_cannot_be_used_is_refused_with_file_line_column_and_pointer(
      String file, String text, String message) throws IOException {
    write(file, text);
    assertThatThrownBy(this::read)
        .isInstanceOf(FactsException.class)
        .hasMessageContaining(own.toString())
        .hasMessageContaining(message);
  }

  @Test
  void a_price_that_is_no_number_is_named_with_its_line() throws IOException {
    write(
        "measurements/gpu-prices.csv",
        COLUMNS + "m-1,rtx-3090,2026-12-24,US,USD,$300,320,listing,used,no,medium,,,me\n");
    assertThatThrownBy(this::read)
        .hasMessageContaining("gpu-prices.csv:2:1: The price ($300) is no number. Maybe");
  }

  @Test
  void a_row_that_stands_there_twice_is_refused() throws IOException {
    String row = CARD.formatted("x").lines().toList().get(1);
    write("catalog/gpus.json", "{ \"rows\": [\n" + row + ",\n" + row + " ] }");
    assertThatThrownBy(this::read)
        .isInstanceOf(FactsException.class)
        .hasMessageContaining("gpus.json:3:3: /rows/1: The entry (x) stands there twice");
  }

  @Test
  void an_offer_for_nothing_known_is_refused_where_it_stands() throws IOException {
    write("catalog/offers.json", OFFER.formatted("nothing"));
    assertThatThrownBy(this::read)
        .isInstanceOf(FactsException.class)
        .hasMessageContaining(own.resolve("catalog/offers.json") + ":2:16: ")
        .hasMessageContaining("The entry (nothing) is neither a card nor a part.");
  }

  @Test
  void a_value_that_only_the_row_itself_can_judge_is_refused_where_it_stands() throws IOException {
    write("catalog/offers.json", OFFER.formatted("rtx-3090").replace("550", "50"));
    assertThatThrownBy(this::read)
        .isInstanceOf(FactsException.class)
        .hasMessageContaining(own.resolve("catalog/offers.json") + ":2:")
        .hasMessageContaining("The typicalUsd (50) of offer (rtx-3090) must be between");
  }

  @Test
  void a_card_with_the_id_of_a_part_is_refused() throws IOException {
    write("catalog/gpus.json", CARD.formatted(ALONE.parts().get(0).id()));
    assertThatThrownBy(this::read).hasMessageContaining("has the id of a card");
  }
}
