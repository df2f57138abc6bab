package dev.rigwright.web.page;

import dev.rigwright.domain.Condition;
import dev.rigwright.domain.Confidence;
import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.Model;
import dev.rigwright.domain.Offer;
import dev.rigwright.domain.PricedPart;
import dev.rigwright.domain.Service;
import dev.rigwright.facts.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Rows of the catalogue.
 *
 * @param kind which rows
 * @param columns their names, the first of which names the row
 */
public record CatalogView(
    String kind, String query, List<String> columns, List<Row> rows, int all) {

  /** The kinds of rows. */
  public static final List<AdviceView.Choice> KINDS =
      List.of(
          new AdviceView.Choice("cards", "Cards"),
          new AdviceView.Choice("models", "Models"),
          new AdviceView.Choice("offers", "Prices"),
          new AdviceView.Choice("parts", "Parts"));

  /**
   * A row.
   *
   * @param cells after its name
   * @param grounds where it comes from, a sentence each
   * @param link to what was published; null where no address is known
   */
  public record Row(String id, String name, List<String> cells, List<String> grounds, String link) {

    private boolean holds(List<String> words) {
      String all =
          (id + " " + name + " " + String.join(" ", cells) + " " + String.join(" ", grounds))
              .toLowerCase(Locale.ROOT);
      return words.stream().allMatch(word -> all.contains(word.toLowerCase(Locale.ROOT)));
    }
  }

  /** The rows of a kind that hold all words; of cards where the kind is not known. */
  static CatalogView of(Facts facts, String kind, String query, Numbers numbers) {
    boolean known = KINDS.stream().anyMatch(choice -> choice.value().equals(kind));
    String shown = known ? kind : "cards";
    List<String> columns =
        switch (shown) {
          case "models" ->
              List.of("Model", "Parameters", "Read a token", "Layers", "KV heads", "Context");
          case "offers" -> List.of("Offer", "Low", "Typical", "High", "As of", "Rests on");
          case "parts" -> List.of("Part", "Kind", "Size", "Typical", "As of");
          default ->
              List.of("Card", "Memory", "Bandwidth", "Power", "Slots", "Length", "New", "Used");
        };
    List<Row> rows =
        switch (shown) {
          case "models" -> models(facts, numbers);
          case "offers" -> offers(facts, numbers);
          case "parts" -> parts(facts, numbers);
          default -> cards(facts, numbers);
        };
    List<Row> found = rows.stream().filter(row -> row.holds(Pages.words(query))).toList();
    return new CatalogView(shown, query, columns, found, rows.size());
  }

  private static String with(Numbers numbers, Number value, String unit) {
    return value == null ? "unknown" : numbers.known(value) + unit;
  }

  private static List<String> grounds(
      String id, Confidence confidence, String asOf, String source, String note) {
    List<String> grounds = new ArrayList<>();
    grounds.add("Id " + id + ".");
    grounds.add(
        "Confidence %s, as of %s."
            .formatted(
                confidence == null ? "unknown" : confidence.word(),
                asOf == null ? "unknown" : asOf));
    grounds.add("Source: " + (source == null ? "unknown" : source));
    if (note != null) {
      grounds.add("Note: " + note);
    }
    return grounds;
  }

  private static String link(String source) {
    return source == null ? null : Line.Source.link(source);
  }

  private static List<Row> cards(Facts facts, Numbers numbers) {
    List<Row> rows = new ArrayList<>();
    for (Gpu gpu : facts.gpus()) {
      rows.add(
          new Row(
              gpu.id(),
              gpu.name(),
              List.of(
                  with(numbers, gpu.vramGib(), " GiB"),
                  with(numbers, gpu.bandwidthGbPerSecond(), " GB/s"),
                  with(numbers, gpu.tdpWatts(), " W"),
                  with(numbers, gpu.slots(), ""),
                  with(numbers, gpu.lengthMm(), " mm"),
                  price(facts, gpu.id(), Condition.NEW, numbers),
                  price(facts, gpu.id(), Condition.USED, numbers)),
              grounds(gpu.id(), gpu.confidence(), gpu.asOf(), gpu.source(), gpu.note()),
              link(gpu.source())));
    }
    return rows;
  }

  private static String price(Facts facts, String id, Condition condition, Numbers numbers) {
    return facts.offers().stream()
        .filter(offer -> offer.itemId().equals(id) && offer.condition() == condition)
        .map(offer -> numbers.usd(offer.typicalUsd()))
        .findFirst()
        .orElse("no offer");
  }

  private static List<Row> models(Facts facts, Numbers numbers) {
    List<Row> rows = new ArrayList<>();
    for (Model model : facts.models()) {
      rows.add(
          new Row(
              model.id(),
              model.name(),
              List.of(
                  with(numbers, model.paramsB(), " B"),
                  with(numbers, model.readParamsB(), " B"),
                  with(numbers, model.layers(), ""),
                  model.kvLoraRank() == null ? with(numbers, model.kvHeads(), "") : "latent",
                  with(numbers, model.maxContextTokens(), " tokens")),
              grounds(model.id(), model.confidence(), model.asOf(), model.source(), model.note()),
              link(model.source())));
    }
    for (Service service : facts.services()) {
      rows.add(
          new Row(
              service.id(),
              service.name() + " (" + service.role() + ")",
              List.of(
                  service.paramsM() == null
                      ? "unknown"
                      : numbers.decimal(service.paramsM() / 1000) + " B",
                  "",
                  "",
                  "",
                  service.memoryGib() == null
                      ? "memory unknown"
                      : numbers.decimal(service.memoryGib()) + " GiB of memory"),
              grounds(
                  service.id(),
                  service.confidence(),
                  service.asOf(),
                  service.source(),
                  service.note()),
              link(service.source())));
    }
    return rows;
  }

  private static List<Row> offers(Facts facts, Numbers numbers) {
    List<Row> rows = new ArrayList<>();
    for (Offer offer : facts.offers()) {
      rows.add(
          new Row(
              offer.itemId(),
              offer.itemId() + ", " + offer.condition().word(),
              List.of(
                  numbers.usd(offer.lowUsd()),
                  numbers.usd(offer.typicalUsd()),
                  numbers.usd(offer.highUsd()),
                  offer.asOf().toString(),
                  offer.basis().word()),
              List.of(
                  "Confidence " + offer.confidence().word() + ".",
                  "Observations: "
                      + (offer.observations().isEmpty()
                          ? "none"
                          : String.join(", ", offer.observations()))
                      + ".",
                  "Source: " + offer.source()),
              link(offer.source())));
    }
    return rows;
  }

  private static List<Row> parts(Facts facts, Numbers numbers) {
    List<Row> rows = new ArrayList<>();
    for (PricedPart priced : facts.pricedParts()) {
      var part = priced.part();
      String size =
          part.watts() != null
              ? numbers.whole(part.watts()) + " W"
              : part.capacityGib() != null
                  ? numbers.whole(part.capacityGib()) + " GB"
                  : part.capacityGb() != null
                      ? numbers.whole(part.capacityGb()) + " GB"
                      : part.cores() != null ? numbers.whole(part.cores()) + " cores" : "";
      rows.add(
          new Row(
              part.id(),
              part.name(),
              List.of(
                  part.kind().word(),
                  size,
                  numbers.usd(priced.offer().typicalUsd()),
                  priced.offer().asOf().toString()),
              grounds(part.id(), part.confidence(), part.asOf(), part.source(), part.note()),
              link(part.source())));
    }
    return rows;
  }
}
