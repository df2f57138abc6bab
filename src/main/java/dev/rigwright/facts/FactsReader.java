package dev.rigwright.facts;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.rigwright.domain.BandwidthRow;
import dev.rigwright.domain.CapacityRow;
import dev.rigwright.domain.CardCount;
import dev.rigwright.domain.Circuit;
import dev.rigwright.domain.Claim;
import dev.rigwright.domain.ClaimSubject;
import dev.rigwright.domain.Condition;
import dev.rigwright.domain.FigureRow;
import dev.rigwright.domain.Fingerprint;
import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.GuideCard;
import dev.rigwright.domain.GuidePrice;
import dev.rigwright.domain.HoldsRow;
import dev.rigwright.domain.LatencyLimit;
import dev.rigwright.domain.Model;
import dev.rigwright.domain.Offer;
import dev.rigwright.domain.OverheadRow;
import dev.rigwright.domain.Part;
import dev.rigwright.domain.PartKind;
import dev.rigwright.domain.PartLine;
import dev.rigwright.domain.Platform;
import dev.rigwright.domain.PolicyFigures;
import dev.rigwright.domain.PricedPart;
import dev.rigwright.domain.PsuRow;
import dev.rigwright.domain.RamRow;
import dev.rigwright.domain.Service;
import dev.rigwright.domain.SizeRow;
import dev.rigwright.domain.SlotRow;
import dev.rigwright.domain.SpecRow;
import dev.rigwright.domain.SpeedRow;
import dev.rigwright.domain.Tier;
import dev.rigwright.domain.TierMachine;
import dev.rigwright.domain.TierOption;
import dev.rigwright.domain.VramRow;
import dev.rigwright.domain.Yardstick;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads a folder of facts, whole or not at all. */
public final class FactsReader {

  /** Rows name each other, and rules compare the names: the same text is one object. */
  private static final JsonMapper MAPPER =
      Json.MAPPER
          .rebuild()
          .addModule(
              new SimpleModule("names")
                  .addDeserializer(
                      String.class,
                      new StdDeserializer<String>(String.class) {
                        private static final long serialVersionUID = 1L;

                        @Override
                        public String deserialize(JsonParser json, DeserializationContext context)
                            throws IOException {
                          String text = StringDeserializer.instance.deserialize(json, context);
                          return text == null ? null : text.intern();
                        }
                      }))
          .build();

  private final Path folder;
  private final Map<String, byte[]> bytes = new LinkedHashMap<>();

  private final Overlay overlay;

  private FactsReader(Path folder, Overlay overlay) {
    this.folder = folder;
    this.overlay = overlay;
  }

  private record Rows<T>(String $schema, List<T> rows) {}

  private record Offers(
      String $schema, String madeOn, List<Offer> rows, List<GuidePrice> guideRows) {}

  private record Tiers(String $schema, List<Tier> tiers, List<TierOption> options) {}

  private record LimitRows(
      String $schema,
      List<VramRow> vram,
      List<RamRow> ram,
      List<PsuRow> psu,
      List<BandwidthRow> bandwidth,
      List<GuideCard> cards,
      List<CapacityRow> capacity,
      List<HoldsRow> holds,
      List<SpeedRow> speeds,
      List<SpecRow> specs,
      List<OverheadRow> overheads,
      List<SlotRow> slots,
      Yardstick yardstick) {

    List<Object> statements() {
      return Stream.<List<?>>of(holds, speeds, specs, overheads, slots)
          .flatMap(List::stream)
          .map(Object.class::cast)
          .toList();
    }

    LimitRows {
      holds = orNone(holds);
      speeds = orNone(speeds);
      specs = orNone(specs);
      overheads = orNone(overheads);
      slots = orNone(slots);
    }

    private static <T> List<T> orNone(List<T> rows) {
      return rows == null ? List.of() : List.copyOf(rows);
    }
  }

  private record Figure(
      String name,
      Double value,
      String unit,
      String meaning,
      String confidence,
      String asOf,
      String source,
      Boolean fitted) {

    private FigureRow row() {
      return new FigureRow(name, value, unit, meaning, confidence, asOf, source);
    }
  }

  private record PolicyFile(
      String $schema,
      List<Figure> figures,
      List<Integer> cardCounts,
      List<LatencyLimit> latency,
      List<Circuit> circuits) {}

  /**
   * Reads the facts below a folder.
   *
   * @throws FactsException if a file is missing, is no JSON, or holds a row that cannot be used
   */
  public static Facts read(Path folder) {
    return read(folder, null);
  }

  /**
   * Reads the facts below a folder, with somebody's own rows laid over them.
   *
   * @param own a folder of the same layout, any part of which may be missing; null for none
   * @throws BadInputException if there is no such folder of own rows
   * @throws FactsException if a file is missing, is no JSON, is not known, or holds a row that
   *     cannot be used
   */
  public static Facts read(Path folder, Path own) {
    return new FactsReader(folder, Overlay.read(folder, own)).read();
  }

  /**
   * Facts from files that were kept: what {@link Facts#files()} gave.
   *
   * @param files content by name; own rows already lie in them
   * @param overlaid which rows those are
   * @throws FactsException if a file is missing or cannot be used
   */
  public static Facts of(Map<String, byte[]> files, List<String> overlaid) {
    Path folder = Path.of("facts");
    FactsReader reader = new FactsReader(folder, Overlay.read(folder, null));
    reader.bytes.putAll(files);
    for (String file : FactList.FILES) {
      if (!files.containsKey(file)) {
        throw new FactsException(
            folder.resolve(file),
            1,
            1,
            "This file of facts was not kept. Maybe it is newer than they are.");
      }
    }
    return reader.facts(overlaid);
  }

  private Facts read() {
    for (String file : FactList.FILES) {
      try {
        bytes.put(file, overlay.merged(file, Files.readAllBytes(folder.resolve(file))));
      } catch (IOException unreadable) {
        throw new FactsException(
            folder.resolve(file),
            1,
            1,
            "This file of facts cannot be read. Maybe the home folder is another one; name it with --home.");
      }
    }
    return facts(overlay.names());
  }

  private Facts facts(List<String> overlaid) {
    PolicyFile policy = file("policy.json", PolicyFile.class);
    List<Gpu> gpus = rows("catalog/gpus.json", Gpu.class);
    List<Model> models = rows("catalog/models.json", Model.class);
    List<Service> services = rows("catalog/services.json", Service.class);
    List<Part> parts = rows("catalog/parts.json", Part.class);
    Offers offers = file("catalog/offers.json", Offers.class);
    List<Platform> platforms = rows("catalog/platforms.json", Platform.class);
    List<Claim> claims = rows("guide/claims.json", Claim.class);
    Tiers tiers = file("guide/tiers.json", Tiers.class);
    LimitRows limits = file("guide/limits.json", LimitRows.class);
    List<SizeRow> sizes = rows("guide/sizes.json", SizeRow.class);

    Map<String, Gpu> gpuById = index("catalog/gpus.json", gpus, Gpu::id);
    Map<String, Model> modelById = index("catalog/models.json", models, Model::id);
    Map<String, Service> serviceById = index("catalog/services.json", services, Service::id);
    Map<String, Part> partById = index("catalog/parts.json", parts, Part::id);
    Map<String, Claim> claimById = index("guide/claims.json", claims, Claim::id);

    List<PricedPart> priced = new ArrayList<>();
    for (Offer offer : offers.rows()) {
      Part part = partById.get(offer.itemId());
      if (part != null) {
        priced.add(new PricedPart(part, offer));
      } else if (!gpuById.containsKey(offer.itemId())) {
        throw wrong("catalog/offers.json", offer.itemId(), "is neither a card nor a part");
      }
    }
    for (Part part : parts) {
      if (gpuById.containsKey(part.id())) {
        throw wrong("catalog/parts.json", part.id(), "has the id of a card");
      }
    }
    for (Service service : services) {
      if (modelById.containsKey(service.id())) {
        throw wrong("catalog/services.json", service.id(), "has the id of a language model");
      }
    }
    for (Platform platform : platforms) {
      for (String part : platformParts(platform)) {
        require(partById, "catalog/platforms.json", part, "is no part of catalog/parts.json");
      }
    }
    for (SizeRow size : sizes) {
      require(modelById, "guide/sizes.json", size.model(), "is no model of catalog/models.json");
    }
    for (GuideCard card : limits.cards()) {
      require(gpuById, "guide/limits.json", card.gpu(), "is no card of catalog/gpus.json");
    }
    return new Facts(
        gpus,
        models,
        services,
        parts,
        offers.rows(),
        offers.guideRows(),
        platforms,
        claims,
        subjects(claims),
        tiers.tiers(),
        tiers.options(),
        machines(tiers, gpuById, partById, priced),
        limits.vram(),
        limits.ram(),
        limits.psu(),
        limits.bandwidth(),
        limits.cards(),
        limits.capacity(),
        limits.statements(),
        limits.yardstick(),
        sizes,
        figures(policy),
        policy.figures().stream().map(Figure::row).toList(),
        policy.cardCounts().stream().map(CardCount::new).toList(),
        policy.latency(),
        policy.circuits(),
        List.copyOf(priced),
        gpuById,
        modelById,
        serviceById,
        claimById,
        List.copyOf(overlaid),
        bytes,
        Fingerprint.ofFiles(bytes));
  }

  private List<TierMachine> machines(
      Tiers tiers, Map<String, Gpu> gpuById, Map<String, Part> partById, List<PricedPart> priced) {
    Map<String, PricedPart> byId = new HashMap<>();
    for (PricedPart part : priced) {
      if (part.offer().condition() == Condition.NEW) {
        byId.put(part.id(), part);
      }
    }
    Map<String, Integer> order = new HashMap<>();
    List<TierMachine> machines = new ArrayList<>();
    for (TierOption option : tiers.options()) {
      require(gpuById, "guide/tiers.json", option.gpu(), "is no card of catalog/gpus.json");
      List<PartLine> lines = new ArrayList<>();
      int cpuMaxWatts = 0;
      for (TierOption.NamedPart named : option.parts()) {
        require(partById, "guide/tiers.json", named.part(), "is no part of catalog/parts.json");
        PricedPart part = byId.get(named.part());
        if (part == null) {
          throw wrong("guide/tiers.json", named.part(), "has no offer in catalog/offers.json");
        }
        List<String> cited =
            named.ours()
                ? List.of("facts/guide/tiers.json#ours")
                : named.claims().stream().map(claim -> "guide#" + claim).toList();
        lines.add(part.line().citing(cited));
        if (part.kind() == PartKind.CPU && part.part().maxWatts() != null) {
          cpuMaxWatts = part.part().maxWatts();
        }
      }
      machines.add(
          new TierMachine(
              option.id(),
              option.tier(),
              option.rank(),
              option.gpu(),
              option.count(),
              option.condition(),
              option.psuWatts(),
              option.ramGib(),
              option.cooling(),
              cpuMaxWatts,
              option.claims().stream().map(claim -> "guide#" + claim).toList(),
              lines));
    }
    return machines;
  }

  private static List<String> platformParts(Platform platform) {
    return Stream.of(
            platform.cpu(),
            platform.board(),
            platform.coolerAir(),
            platform.coolerAio(),
            platform.coolerChassis())
        .filter(Objects::nonNull)
        .toList();
  }

  private static List<ClaimSubject> subjects(List<Claim> claims) {
    List<ClaimSubject> subjects = new ArrayList<>();
    for (Claim claim : claims) {
      for (Map<String, Object> about : claim.about()) {
        about.forEach((kind, key) -> subjects.add(new ClaimSubject(claim.id(), kind, key(key))));
      }
    }
    return subjects;
  }

  private static String key(Object key) {
    return key instanceof Map<?, ?> cards ? cards.get("count") + "x " + cards.get("id") : "" + key;
  }

  private PolicyFigures figures(PolicyFile policy) {
    Map<String, Double> byName = new LinkedHashMap<>();
    for (Figure figure : policy.figures()) {
      if (figure.value() == null || figure.source() == null || figure.asOf() == null) {
        throw wrong("policy.json", figure.name(), "needs a value, a source and a date (asOf)");
      }
      byName.put(figure.name(), figure.value());
    }
    try {
      return Json.MAPPER.convertValue(whole(byName), PolicyFigures.class);
    } catch (IllegalArgumentException unusable) {
      throw new FactsException(place("policy.json"), 1, 1, firstLine(unusable));
    }
  }

  private Map<String, Number> whole(Map<String, Double> byName) {
    Map<String, Number> numbers = new LinkedHashMap<>();
    for (var component : PolicyFigures.class.getRecordComponents()) {
      Double value = byName.remove(component.getName());
      if (value == null) {
        throw wrong("policy.json", component.getName(), "is missing among the figures");
      }
      if (component.getType() == int.class) {
        numbers.put(component.getName(), value.intValue());
      } else {
        numbers.put(component.getName(), value);
      }
    }
    if (!byName.isEmpty()) {
      throw wrong(
          "policy.json",
          byName.keySet().iterator().next(),
          "is no figure that anything reads. Maybe it is misspelt");
    }
    return numbers;
  }

  private <T> List<T> rows(String file, Class<T> type) {
    Rows<T> rows =
        convert(file, Json.MAPPER.getTypeFactory().constructParametricType(Rows.class, type));
    return List.copyOf(rows.rows());
  }

  private <T> T file(String file, Class<T> type) {
    return convert(file, Json.MAPPER.constructType(type));
  }

  /** Own rows are read alone first, so that what is wrong with one is said where it stands. */
  private <T> T convert(String file, JavaType type) {
    if (overlay.own(file) != null) {
      convert(overlay.place(file), overlay.own(file), type);
    }
    return convert(folder.resolve(file), bytes.get(file), type);
  }

  private static <T> T convert(Path file, byte[] json, JavaType type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException unusable) {
      JsonLocation at = unusable.getLocation();
      String where = "";
      if (unusable instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
        StringBuilder pointer = new StringBuilder();
        mapping
            .getPath()
            .forEach(
                step ->
                    pointer
                        .append('/')
                        .append(
                            step.getFieldName() == null ? step.getIndex() : step.getFieldName()));
        where = pointer + ": ";
      }
      Throwable cause =
          unusable.getCause() instanceof IllegalArgumentException own ? own : unusable;
      String message = cause == unusable ? unusable.getOriginalMessage() : firstLine(cause);
      throw new FactsException(
          file,
          at == null ? 1 : at.getLineNr(),
          at == null ? 1 : at.getColumnNr(),
          where + message);
    } catch (IOException impossible) {
      throw new FactsException(file, 1, 1, firstLine(impossible));
    }
  }

  private static String firstLine(Throwable problem) {
    return String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
  }

  private <T> Map<String, T> index(String file, List<T> rows, Function<T, String> id) {
    Map<String, T> byId = new LinkedHashMap<>();
    for (T row : rows) {
      if (byId.put(id.apply(row), row) != null) {
        throw wrong(file, id.apply(row), "stands there twice");
      }
    }
    return java.util.Collections.unmodifiableMap(byId);
  }

  private void require(Map<String, ?> known, String file, String id, String problem) {
    if (!known.containsKey(id)) {
      throw wrong(file, id, problem);
    }
  }

  /** Where somebody reads a file of facts: their own, where they have one. */
  private Path place(String file) {
    return overlay.own(file) == null ? folder.resolve(file) : overlay.place(file);
  }

  private FactsException wrong(String file, String id, String problem) {
    String message = "The entry (" + id + ") " + problem + ".";
    if (overlay.own(file) != null) {
      FactsException own = wrong(overlay.place(file), overlay.own(file), id, message);
      if (own != null) {
        return own;
      }
    }
    FactsException known = wrong(folder.resolve(file), shipped(file), id, message);
    return known == null ? new FactsException(place(file), 1, 1, message) : known;
  }

  private byte[] shipped(String file) {
    try {
      return Files.readAllBytes(folder.resolve(file));
    } catch (IOException gone) {
      return bytes.get(file);
    }
  }

  private static FactsException wrong(Path file, byte[] content, String id, String message) {
    String[] lines = new String(content, StandardCharsets.UTF_8).split("\n", -1);
    for (int line = 0; line < lines.length; line++) {
      int column = lines[line].indexOf('"' + id + '"');
      if (column >= 0) {
        return new FactsException(file, line + 1, column + 2, message);
      }
    }
    return null;
  }
}
