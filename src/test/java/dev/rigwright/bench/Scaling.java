package dev.rigwright.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.bench.Load.Asked;
import dev.rigwright.bench.Load.Pass;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Scope;
import dev.rigwright.engine.Advisor;
import dev.rigwright.facts.Json;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What a decision costs with more cards in the catalogue, and with more rules. */
final class Scaling {

  private static final Path HOME = Path.of(".");
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 4;

  /** Enough to recommend a card: what is needed, candidates, what fits, budget, scores, picks. */
  private static final List<String> CORE =
      List.of(
          "needs/heat.drl",
          "needs/models.drl",
          "candidates/bought.drl",
          "candidates/sets.drl",
          "candidates/cooling.drl",
          "candidates/owned.drl",
          "candidates/sizing.drl",
          "exclusions/avoid.drl",
          "exclusions/fit.drl",
          "platforms/finalists.drl",
          "platforms/survivors.drl",
          "rejections/budget.drl",
          "scores/comfort.drl",
          "scores/value.drl",
          "picks/pick.drl",
          "picks/verdict.drl");

  private Scaling() {}

  /** Decides the same requirements over catalogues of more and more cards. */
  static void cards(int size) throws IOException {
    Advisor shipped = Advisor.open(HOME);
    RequirementSet set = Tool.set(shipped, 1);
    System.out.println(
        "| cards | offers of cards | CPU ms a decision | passes | of linear | the rules alone, ms |"
            + " of linear |");
    System.out.println("|---:|---:|---:|---:|---:|---:|---:|");
    double[] first = null;
    int least = 0;
    for (int cards : new int[] {0, 250, 500, 1000}) {
      Path own = cards == 0 ? null : catalogue(cards);
      Advisor advisor =
          cards == 0 ? shipped : Advisor.open(HOME.resolve("rules"), HOME.resolve("facts"), own);
      int there = advisor.facts().gpus().size();
      List<Requirement> requirements =
          LongStream.range(0, size).mapToObj(i -> set.requirement(advisor, i)).toList();
      Load load = new Load(advisor, requirements, 1);
      double[] cost = {
        best(size, () -> load.asked().forEach(asked -> advisor.decide(asked.requirement()))),
        best(size, () -> fire(advisor.rulebook(), load.asked()))
      };
      if (first == null) {
        first = cost;
        least = there;
      }
      double linear = (double) there / least;
      System.out.printf(
          Locale.ROOT,
          "| %,d | %,d | %.2f | %.1f | %.2f | %.2f | %.2f |%n",
          there,
          advisor.facts().offers().stream()
              .filter(offer -> advisor.facts().gpuById().containsKey(offer.itemId()))
              .count(),
          cost[0],
          (double) load.passes() / size,
          cost[0] / first[0] / linear,
          cost[1],
          cost[1] / first[1] / linear);
      if (own != null) {
        delete(own);
      }
    }
  }

  /** Fires more and more rules over the same facts. */
  static void rules(int size) {
    Advisor shipped = Advisor.open(HOME);
    RequirementSet set = Tool.set(shipped, 1);
    List<Requirement> requirements =
        LongStream.iterate(0, i -> i + 1)
            .mapToObj(i -> set.requirement(shipped, i))
            .filter(requirement -> requirement.scope() == Scope.GPU)
            .limit(size)
            .toList();
    List<Asked> asked = new Load(shipped, requirements, 1).asked();
    int passes = asked.stream().mapToInt(one -> one.passes().size()).sum();
    Map<String, String> all = new TreeMap<>(RulebookReader.texts(HOME.resolve("rules")));
    Map<String, Map<String, String>> books = new LinkedHashMap<>();
    Map<String, String> core = new TreeMap<>(all);
    core.keySet().retainAll(CORE);
    books.put("enough to recommend a card", core);
    Map<String, String> plain = new TreeMap<>(all);
    plain.keySet().removeIf(path -> path.startsWith("cautions/") || path.startsWith("claims/"));
    books.put("without cautions and claims", plain);
    books.put("as shipped", all);
    books.put("cautions twice", withCopies(all, 1));
    books.put("cautions three times and a half", withCopies(all, 3));
    System.out.println("| rules | | firings a pass | CPU ms a pass | of linear |");
    System.out.println("|---:|---|---:|---:|---:|");
    double first = 0;
    int least = 0;
    for (Map.Entry<String, Map<String, String>> book : books.entrySet()) {
      Rulebook rulebook =
          RulebookReader.compile(RulebookReader.parse(Path.of("rules"), book.getValue()));
      int there = rulebook.rules().size();
      long firings = fire(rulebook, asked);
      double cost = best(passes, () -> fire(rulebook, asked));
      if (first == 0) {
        first = cost;
        least = there;
      }
      System.out.printf(
          Locale.ROOT,
          "| %d | %s | %,d | %.2f | %.2f |%n",
          there,
          book.getKey(),
          firings / passes,
          cost,
          cost / first / ((double) there / least));
    }
  }

  private static long fire(Rulebook rulebook, List<Asked> asked) {
    long firings = 0;
    for (Asked one : asked) {
      for (Pass pass : one.passes()) {
        firings += Load.fire(rulebook.base(), pass);
      }
    }
    return firings;
  }

  /** CPU milliseconds of one of so many, in the best of some rounds; the first warms up. */
  private static double best(int count, Runnable round) {
    double best = Double.MAX_VALUE;
    for (int i = 0; i <= ROUNDS; i++) {
      long before = THREADS.getCurrentThreadCpuTime();
      round.run();
      double took = (THREADS.getCurrentThreadCpuTime() - before) / 1e6 / count;
      best = i == 0 ? best : Math.min(best, took);
      System.err.printf(Locale.ROOT, "  %.2f ms%n", took);
    }
    return best;
  }

  /** The rules with their cautions once more, under other names, up to half a thousand. */
  private static Map<String, String> withCopies(Map<String, String> all, int copies) {
    Map<String, String> more = new TreeMap<>(all);
    int rules = more.values().stream().mapToInt(Scaling::rules).sum();
    for (int copy = 1; copy <= copies; copy++) {
      for (Map.Entry<String, String> file : all.entrySet()) {
        String text = file.getValue();
        // A type can be declared once.
        if (file.getKey().startsWith("cautions/") && !text.contains("\ndeclare ") && rules < 500) {
          String topic = file.getKey().replaceFirst(".*/", "").replace(".drl", "");
          String other = topic + "-copy-" + copy;
          more.put(
              "cautions/" + other + ".drl",
              text.replace("rule \"" + topic + "/", "rule \"" + other + "/")
                  .replaceAll("\n *@formerly\\([^\n]*", ""));
          rules += rules(text);
        }
      }
    }
    return more;
  }

  private static int rules(String text) {
    return (int) text.lines().filter(line -> line.startsWith("rule ")).count();
  }

  /** A folder of own rows: the shipped cards again and again, a little different each time. */
  private static Path catalogue(int cards) throws IOException {
    Path folder = Files.createTempDirectory("rigwright-cards");
    JsonNode gpus = Json.MAPPER.readTree(HOME.resolve("facts/catalog/gpus.json").toFile());
    JsonNode offers = Json.MAPPER.readTree(HOME.resolve("facts/catalog/offers.json").toFile());
    Map<String, List<ObjectNode>> byCard = new HashMap<>();
    offers
        .get("rows")
        .forEach(
            offer ->
                byCard
                    .computeIfAbsent(offer.get("itemId").asText(), id -> new ArrayList<>())
                    .add((ObjectNode) offer));
    ObjectNode moreGpus = ((ObjectNode) gpus).deepCopy();
    ObjectNode moreOffers = ((ObjectNode) offers).deepCopy();
    moreOffers.putArray("guideRows");
    var gpuRows = moreGpus.putArray("rows");
    var offerRows = moreOffers.putArray("rows");
    int shipped = gpus.get("rows").size();
    Random random = new Random(1);
    for (int i = 0; shipped + i < cards; i++) {
      int round = i / shipped + 1;
      ObjectNode card = gpus.get("rows").get(i % shipped).deepCopy();
      String id = card.get("id").asText();
      String other = "model-%d-of-%s".formatted(round, id);
      card.put("id", other);
      card.put("name", "Model %d of %s".formatted(round, card.get("name").asText()));
      card.putArray("aliases").add("M%d %s".formatted(round, card.get("name").asText()));
      if (card.path("bandwidthGbPerSecond").isNumber()) {
        card.put(
            "bandwidthGbPerSecond",
            Math.round(
                card.get("bandwidthGbPerSecond").asDouble() * (0.9 + 0.2 * random.nextDouble())));
      }
      gpuRows.add(card);
      for (ObjectNode offer : byCard.getOrDefault(id, List.of())) {
        ObjectNode copy = offer.deepCopy();
        copy.put("itemId", other);
        double factor = 0.85 + 0.5 * random.nextDouble();
        for (String field : List.of("lowUsd", "typicalUsd", "highUsd")) {
          copy.put(field, Math.max(1, Math.round(offer.get(field).asLong() * factor)));
        }
        offerRows.add(copy);
      }
    }
    Files.createDirectories(folder.resolve("catalog"));
    Json.MAPPER.writeValue(folder.resolve("catalog/gpus.json").toFile(), moreGpus);
    Json.MAPPER.writeValue(folder.resolve("catalog/offers.json").toFile(), moreOffers);
    return folder;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
