package dev.rigwright.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rigwright.domain.Condition;
import dev.rigwright.domain.Confidence;
import dev.rigwright.domain.GuidePrice;
import dev.rigwright.domain.Offer;
import dev.rigwright.domain.PriceBasis;
import dev.rigwright.domain.PriceObservation;
import dev.rigwright.domain.PriceObservation.Doubt;
import dev.rigwright.domain.PriceObservation.Kind;
import dev.rigwright.facts.OfferRule.RamKit;
import dev.rigwright.facts.OfferRule.Rate;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OfferRuleTest {

  private static final Path FACTS = Path.of("facts");
  private static final LocalDate TODAY = LocalDate.parse("2026-11-22");
  private static final Map<String, Rate> EURO =
      Map.of("EUR", new Rate("EUR", new BigDecimal("1.2"), TODAY, "a table"));

  // One price

  @Test
  void of_two_middle_prices_the_higher_is_typical() {
    assertThat(
            only(price("a", 600), price("b", 700), price("c", 800), price("d", 900)).typicalUsd())
        .isEqualTo(800);
  }

  @Test
  void of_an_odd_number_the_middle_price_is_typical() {
    assertThat(only(price("a", 900), price("b", 600), price("c", 700)).typicalUsd()).isEqualTo(700);
  }

  @Test
  void a_range_counts_with_its_middle_and_half_a_dollar_is_rounded_up() {
    assertThat(only(price("a", 600).to(701)))
        .extracting(Offer::lowUsd, Offer::typicalUsd, Offer::highUsd)
        .containsExactly(600L, 651L, 701L);
  }

  @Test
  void rows_of_medium_confidence_give_the_typical_price_and_rows_of_low_only_widen_the_range() {
    Offer offer =
        only(
            price("a", 500).on("2026-06-01"),
            price("b", 800).trusted(Confidence.MEDIUM).on("2026-03-01"),
            price("c", 1500));

    assertThat(offer)
        .extracting(
            Offer::lowUsd, Offer::typicalUsd, Offer::highUsd, Offer::confidence, Offer::asOf)
        .containsExactly(500L, 800L, 1500L, Confidence.MEDIUM, LocalDate.parse("2026-03-01"));
  }

  @Test
  void new_and_used_are_two_offers() {
    assertThat(make(price("a", 900), price("b", 600).used()))
        .extracting(Offer::condition, Offer::typicalUsd)
        .containsExactly(tuple(Condition.NEW, 900L), tuple(Condition.USED, 600L));
  }

  // Doubt

  @ParameterizedTest
  @EnumSource(
      value = Doubt.class,
      names = {"STALE", "NOT_PLAUSIBLE", "LIST_PRICE", "LOWER_BOUND"})
  void a_doubted_row_changes_nothing_where_another_stands(Doubt doubt) {
    Offer without = only(price("a", 700), price("b", 800));

    assertThat(only(price("a", 700), price("b", 800), price("c", 100).doubted(doubt)))
        .isEqualTo(without);
    assertThat(
            only(
                price("a", 700),
                price("b", 800),
                price("c", 9000).trusted(Confidence.HIGH).doubted(doubt)))
        .isEqualTo(without);
  }

  @ParameterizedTest
  @EnumSource(
      value = Doubt.class,
      names = {"STALE", "NOT_PLAUSIBLE", "LOWER_BOUND"})
  void a_doubted_row_alone_is_indicative(Doubt doubt) {
    assertThat(only(price("a", 700).trusted(Confidence.MEDIUM).doubted(doubt)))
        .extracting(Offer::basis, Offer::confidence)
        .containsExactly(PriceBasis.INDICATIVE, Confidence.LOW);
  }

  @Test
  void a_repeated_launch_price_of_a_card_no_longer_made_is_no_offer() {
    assertThat(make(price("a", 549).kind(Kind.GUIDE_FIGURE).doubted(Doubt.LIST_PRICE))).isEmpty();
  }

  @Test
  void a_year_without_a_month_still_counts() {
    assertThat(only(price("a", 700).on("2026-01-01").doubted(Doubt.DATE_UNKNOWN)).basis())
        .isEqualTo(PriceBasis.OBSERVED);
  }

  // Age

  @ParameterizedTest
  @CsvSource({"2025-11-22, 800", "2025-11-21, 700"})
  void a_price_counts_for_twelve_months_to_the_day(String day, long typical) {
    assertThat(only(price("a", 700).on("2026-05-01"), price("b", 800).on(day)).typicalUsd())
        .isEqualTo(typical);
  }

  @Test
  void a_price_from_after_the_day_is_not_seen() {
    assertThat(make(price("a", 700).on("2026-11-23"))).isEmpty();
  }

  @Test
  void with_nothing_newer_the_newest_old_price_stands_with_its_own_date_and_low_confidence() {
    assertThat(
            only(
                price("a", 8087).on("2025-03-01").trusted(Confidence.MEDIUM),
                price("b", 6887).on("2025-07-01").trusted(Confidence.MEDIUM)))
        .extracting(Offer::typicalUsd, Offer::asOf, Offer::basis, Offer::confidence)
        .containsExactly(6887L, LocalDate.parse("2025-07-01"), PriceBasis.OBSERVED, Confidence.LOW);
  }

  @Test
  void an_old_price_of_scarce_stock_is_no_offer() {
    assertThat(make(price("a", 1830).on("2025-03-01").doubted(Doubt.SCARCE_STOCK))).isEmpty();
  }

  // Region

  @Test
  void another_region_counts_only_where_no_dollar_price_stands() {
    PriceFor german = price("a", 476).in("DE", "EUR", 19);

    assertThat(only(german))
        .extracting(Offer::typicalUsd, Offer::basis, Offer::confidence, Offer::source)
        .containsExactly(
            480L, PriceBasis.CONVERTED, Confidence.LOW, "page a at 1.2 USD/EUR (a table)");
    assertThat(only(german, price("b", 326))).isEqualTo(only(price("b", 326)));
  }

  @Test
  void a_currency_without_a_rate_is_refused_with_the_observation() {
    assertThatThrownBy(() -> make(price("a", 476).in("UK", "GBP", 20)))
        .hasMessageContainingAll("GBP", "(a)", "exchange-rates.csv");
  }

  // What stands in where nobody saw a price

  @Test
  void the_guide_prices_its_own_advice_only_where_nobody_else_does() {
    PriceFor guide = price("a", 800).kind(Kind.GUIDE_FIGURE);

    assertThat(only(guide).basis()).isEqualTo(PriceBasis.GUIDE);
    assertThat(only(guide, price("b", 1200))).isEqualTo(only(price("b", 1200)));
    assertThat(only(guide, price("c", 900).kind(Kind.BAND_ESTIMATE)).basis())
        .isEqualTo(PriceBasis.INDICATIVE);
  }

  @Test
  void a_launch_price_stands_in_only_where_there_is_nothing_else() {
    PriceFor launch = price("a", 229).kind(Kind.LAUNCH_PRICE);

    assertThat(only(launch).basis()).isEqualTo(PriceBasis.INDICATIVE);
    assertThat(only(launch, price("b", 180).kind(Kind.PRICE_SHEET)).typicalUsd()).isEqualTo(180);
  }

  @Test
  void a_size_of_memory_is_added_up_from_the_largest_kit_that_divides_it() {
    List<Offer> offers =
        OfferRule.make(
            rows(price("a", 320).of("kit-32"), price("b", 700).of("kit-64")),
            Map.of(),
            List.of(
                kit("kit-32", 32),
                kit("kit-48", 48),
                kit("kit-64", 64),
                kit("kit-96", 96),
                kit("kit-128", 128)),
            TODAY);

    assertThat(offers)
        .extracting(Offer::itemId, Offer::typicalUsd, Offer::basis)
        .containsExactly(
            tuple("kit-128", 1400L, PriceBasis.SUMMED),
            tuple("kit-32", 320L, PriceBasis.OBSERVED),
            tuple("kit-64", 700L, PriceBasis.OBSERVED),
            tuple("kit-96", 960L, PriceBasis.SUMMED));
    assertThat(offers.get(0).source()).isEqualTo("2 times kit-64: page b");
  }

  @Test
  void a_stale_price_of_a_large_kit_gives_way_to_the_sum_of_small_ones() {
    assertThat(
            OfferRule.make(
                rows(
                    price("a", 320).of("kit-32"),
                    price("b", 200).of("kit-64").kind(Kind.PRICE_SHEET).doubted(Doubt.STALE)),
                Map.of(),
                List.of(kit("kit-32", 32), kit("kit-64", 64)),
                TODAY))
        .extracting(Offer::itemId, Offer::typicalUsd)
        .containsExactly(tuple("kit-32", 320L), tuple("kit-64", 640L));
  }

  @Test
  void registered_memory_without_a_price_costs_at_least_as_much_as_plain_memory() {
    assertThat(
            OfferRule.make(
                rows(price("a", 320).of("kit-32")),
                Map.of(),
                List.of(
                    kit("kit-32", 32),
                    kit("kit-128", 128),
                    new RamKit("registered-128", "ddr5-rdimm", 128)),
                TODAY))
        .filteredOn(offer -> offer.itemId().equals("registered-128"))
        .extracting(Offer::typicalUsd, Offer::basis, Offer::source)
        .containsExactly(
            tuple(
                1280L,
                PriceBasis.INDICATIVE,
                "lower bound, the price of kit-128: 4 times kit-32: page a"));
  }

  @Test
  void where_there_is_no_figure_there_is_no_offer() {
    assertThat(OfferRule.make(List.of(), Map.of(), List.of(kit("kit-16", 16)), TODAY)).isEmpty();
  }

  // Reading

  @Test
  void a_wrong_row_is_refused_with_file_and_line(@TempDir Path folder) throws IOException {
    String csv = Files.readString(FACTS.resolve("measurements/gpu-prices.csv"));
    Path file = folder.resolve("gpu-prices.csv");
    Files.writeString(file, csv.replaceFirst(",street,", ",steet,"), StandardCharsets.UTF_8);

    assertThatThrownBy(() -> OfferRule.readObservations(file))
        .hasMessageContainingAll("gpu-prices.csv, line 2", "steet", "street");
  }

  // What ships

  @Test
  void the_shipped_offers_are_what_the_rule_makes_of_the_shipped_prices() throws IOException {
    String made = OfferRule.fileText(FACTS, TODAY);

    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(FACTS.resolve("catalog/offers.json").toFile()))
        .isEqualTo(json.readTree(made));
    assertThat(FACTS.resolve("catalog/offers.json")).hasContent(made);
  }

  @Test
  void the_order_of_the_shipped_prices_changes_nothing() throws IOException {
    List<PriceObservation> observations = shippedPrices();
    List<RamKit> kits = new ArrayList<>(OfferRule.readRamKits(FACTS.resolve("catalog/parts.json")));
    Map<String, Rate> rates = OfferRule.readRates(FACTS.resolve("measurements/exchange-rates.csv"));
    List<Offer> offers = OfferRule.make(observations, rates, kits, TODAY);
    List<GuidePrice> guidePrices = OfferRule.guidePrices(observations);

    assertThat(offers).isNotEmpty();
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(observations, new Random(seed));
      Collections.shuffle(kits, new Random(seed));
      assertThat(OfferRule.make(observations, rates, kits, TODAY)).isEqualTo(offers);
      assertThat(OfferRule.guidePrices(observations)).isEqualTo(guidePrices);
    }
  }

  @Test
  void no_doubted_shipped_price_can_move_a_typical_price_that_others_give() throws IOException {
    List<PriceObservation> observations = shippedPrices();
    List<PriceObservation> undoubted =
        observations.stream()
            .filter(row -> row.doubt() == null || row.doubt() == Doubt.DATE_UNKNOWN)
            .toList();
    List<RamKit> kits = OfferRule.readRamKits(FACTS.resolve("catalog/parts.json"));

    List<Offer> expected = OfferRule.make(undoubted, Map.of(), kits, TODAY);

    assertThat(expected).isNotEmpty();
    assertThat(OfferRule.make(observations, Map.of(), kits, TODAY)).containsAll(expected);
  }

  @Test
  void every_shipped_price_has_its_own_id_and_every_offer_names_prices_that_exist()
      throws IOException {
    List<PriceObservation> observations = shippedPrices();
    Set<String> ids = new HashSet<>();

    assertThat(observations).isNotEmpty().allMatch(row -> ids.add(row.id()));
    for (JsonNode offer : offersFile().path("rows")) {
      assertThat(offer.path("observations")).isNotEmpty().allMatch(id -> ids.contains(id.asText()));
    }
  }

  @Test
  void every_priced_part_is_in_the_catalogue() throws IOException {
    Set<String> parts = new HashSet<>();
    new ObjectMapper()
        .readTree(FACTS.resolve("catalog/parts.json").toFile())
        .path("rows")
        .forEach(part -> parts.add(part.path("id").asText()));

    assertThat(OfferRule.readObservations(FACTS.resolve("measurements/part-prices.csv")))
        .isNotEmpty()
        .allMatch(row -> parts.contains(row.itemId()));
  }

  @Test
  void no_price_under_a_noncommercial_licence_ships() throws IOException {
    assertThat(shippedPrices())
        .isNotEmpty()
        .noneMatch(row -> (row.source() + row.note()).matches("(?i).*(prices-gr|noncommercial).*"))
        .noneMatch(row -> row.region().equals("GR"));
  }

  @Test
  void the_cards_that_the_guide_names_can_be_bought() throws IOException {
    List<String> offers = new ArrayList<>();
    for (JsonNode offer : offersFile().path("rows")) {
      offers.add(offer.path("itemId").asText() + " " + offer.path("condition").asText());
    }

    assertThat(offers)
        .contains(
            "rtx-3060-12gb used",
            "rtx-3080-ti used",
            "rtx-3090 used",
            "rtx-4070-ti-super new",
            "rtx-4080 new",
            "rtx-4090 new",
            "rtx-4090 used",
            "rtx-6000-ada new",
            "rtx-pro-6000-blackwell new");
  }

  @Test
  void the_guides_own_prices_stand_beside_the_markets() throws IOException {
    assertThat(OfferRule.guidePrices(shippedPrices()))
        .extracting(GuidePrice::claim, GuidePrice::itemId, GuidePrice::lowUsd, GuidePrice::highUsd)
        .containsExactlyInAnyOrder(
            tuple("G003", "rtx-3060-12gb", 200L, 250L),
            tuple("G018", "rtx-4070-ti-super", 800L, 800L),
            tuple("G019", "rtx-4080", 1000L, 1000L),
            tuple("G034", "rtx-4090", 1800L, 2000L),
            tuple("G056", "rtx-6000-ada", 6000L, 6000L),
            tuple("G066", "rtx-3090", 700L, 900L),
            tuple("G075", "rtx-3060-12gb", 200L, 250L),
            tuple("G076", "rtx-3080-ti", 500L, 500L),
            tuple("G077", "rtx-3090", 700L, 900L),
            tuple("G078", "rtx-4070-ti-super", 800L, 800L),
            tuple("G079", "rtx-4090", 1600L, 1600L));
  }

  private static List<PriceObservation> shippedPrices() throws IOException {
    List<PriceObservation> observations = new ArrayList<>();
    for (String file : List.of("gpu-prices.csv", "part-prices.csv")) {
      observations.addAll(OfferRule.readObservations(FACTS.resolve("measurements").resolve(file)));
    }
    return observations;
  }

  private static JsonNode offersFile() throws IOException {
    return new ObjectMapper().readTree(FACTS.resolve("catalog/offers.json").toFile());
  }

  private static Offer only(PriceFor... prices) {
    List<Offer> offers = make(prices);
    assertThat(offers).extracting(Offer::itemId).containsExactly("card");
    return offers.get(0);
  }

  private static List<Offer> make(PriceFor... prices) {
    return OfferRule.make(rows(prices), EURO, List.of(), TODAY);
  }

  private static List<PriceObservation> rows(PriceFor... prices) {
    return List.of(prices).stream().map(PriceFor::row).toList();
  }

  private static RamKit kit(String id, int gib) {
    return new RamKit(id, "ddr5", gib);
  }

  private static PriceFor price(String id, long usd) {
    return new PriceFor(
        new PriceObservation(
            id,
            "card",
            LocalDate.parse("2026-06-01"),
            "US",
            "USD",
            BigDecimal.valueOf(usd),
            BigDecimal.valueOf(usd),
            Kind.STREET,
            Condition.NEW,
            0,
            Confidence.LOW,
            null,
            "",
            "page " + id));
  }

  /** A price observation with the one thing changed that a test is about. */
  private record PriceFor(PriceObservation row) {

    PriceFor of(String item) {
      return with(
          item,
          row.observedOn(),
          row.high(),
          row.kind(),
          row.condition(),
          row.confidence(),
          row.doubt());
    }

    PriceFor on(String day) {
      return with(
          row.itemId(),
          LocalDate.parse(day),
          row.high(),
          row.kind(),
          row.condition(),
          row.confidence(),
          row.doubt());
    }

    PriceFor to(long high) {
      return with(
          row.itemId(),
          row.observedOn(),
          BigDecimal.valueOf(high),
          row.kind(),
          row.condition(),
          row.confidence(),
          row.doubt());
    }

    PriceFor kind(Kind kind) {
      return with(
          row.itemId(),
          row.observedOn(),
          row.high(),
          kind,
          row.condition(),
          row.confidence(),
          row.doubt());
    }

    PriceFor used() {
      return with(
          row.itemId(),
          row.observedOn(),
          row.high(),
          row.kind(),
          Condition.USED,
          row.confidence(),
          row.doubt());
    }

    PriceFor trusted(Confidence confidence) {
      return with(
          row.itemId(),
          row.observedOn(),
          row.high(),
          row.kind(),
          row.condition(),
          confidence,
          row.doubt());
    }

    PriceFor doubted(Doubt doubt) {
      return with(
          row.itemId(),
          row.observedOn(),
          row.high(),
          row.kind(),
          row.condition(),
          row.confidence(),
          doubt);
    }

    PriceFor in(String region, String currency, int vatPercent) {
      return new PriceFor(
          new PriceObservation(
              row.id(),
              row.itemId(),
              row.observedOn(),
              region,
              currency,
              row.low(),
              row.high(),
              row.kind(),
              row.condition(),
              vatPercent,
              row.confidence(),
              row.doubt(),
              row.note(),
              row.source()));
    }

    private PriceFor with(
        String item,
        LocalDate day,
        BigDecimal high,
        Kind kind,
        Condition condition,
        Confidence confidence,
        Doubt doubt) {
      return new PriceFor(
          new PriceObservation(
              row.id(),
              item,
              day,
              row.region(),
              row.currency(),
              row.low(),
              high,
              kind,
              condition,
              row.vatPercent(),
              confidence,
              doubt,
              row.note(),
              row.source()));
    }
  }
}
