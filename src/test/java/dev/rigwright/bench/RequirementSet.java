package dev.rigwright.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.domain.Outcome;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.facts.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * As many requirements as are wanted, like those of the sample set: each is one of its lines with
 * other numbers. Nine of ten come from lines that are answered and ask for no more than those; one
 * of ten comes from a line that nothing meets, and asks for no less. So a tenth has no answer, but
 * for a few that a number moves over an edge. The same seed gives the same lines, whatever part of
 * them is asked for; each has an id of its own.
 */
public final class RequirementSet {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
  private static final int INFEASIBLE_EACH = 10;
  private static final int[] CONTEXTS = {2048, 4096, 8192, 16384, 32768, 65536, 131072};
  private static final int[] USERS = {1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 40, 60};
  private static final double[] TARIFFS = {0.12, 0.15, 0.17, 0.22, 0.27, 0.3, 0.34};
  private static final int[] HOURS = {1, 2, 4, 6, 8, 12, 24};
  private static final String[] WHO = {
    "A novelist", "A physics teacher", "A bookshop", "A translator's office", "A choir", "A farm",
    "A surveyor", "A law student", "A repair shop", "A town library", "A radio club", "A bakery",
  };

  private final List<ObjectNode> met;
  private final List<ObjectNode> unmet;
  private final long seed;

  private RequirementSet(List<ObjectNode> met, List<ObjectNode> unmet, long seed) {
    this.met = met;
    this.unmet = unmet;
    this.seed = seed;
  }

  /**
   * A set of requirements.
   *
   * @param advisor tells which lines of the sample are answered
   * @param sample a file of requirements, one a line
   */
  public RequirementSet(Advisor advisor, Path sample, long seed) {
    this(new ArrayList<>(), new ArrayList<>(), seed);
    try {
      for (String line : Files.readAllLines(sample)) {
        ObjectNode given = (ObjectNode) Json.MAPPER.readTree(line);
        Requirement requirement = advisor.reader().read(given, TODAY);
        boolean answered = advisor.outline(requirement).verdict() != Outcome.INFEASIBLE;
        (answered ? met : unmet).add(given);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A set like this one, of another seed. */
  public RequirementSet with(long otherSeed) {
    return new RequirementSet(met, unmet, otherSeed);
  }

  /** The requirements from one number to another, as JSON on a line each. */
  public Stream<String> lines(long from, long to) {
    return LongStream.range(from, to).mapToObj(this::line);
  }

  /** The requirement of a number. */
  public String line(long number) {
    Random random = new Random(seed * 0x9e3779b97f4a7c15L + number);
    random.nextInt();
    boolean harder = number % INFEASIBLE_EACH == INFEASIBLE_EACH - 1;
    List<ObjectNode> from = harder ? unmet : met;
    ObjectNode line = from.get(random.nextInt(from.size())).deepCopy();
    line.put("id", "g%d-%07d".formatted(seed, number));
    String title = line.path("title").asText();
    line.put(
        "title",
        WHO[random.nextInt(WHO.length)] + title.substring(Math.max(0, title.indexOf(':'))));
    if (line.has("budgetUsd")) {
      double factor = harder ? 1 - 0.4 * random.nextDouble() : 1 + 0.5 * random.nextDouble();
      long budget = Math.round(line.get("budgetUsd").asLong() * factor / 50) * 50;
      line.put("budgetUsd", Math.max(50, budget));
    }
    int users = line.path("users").asInt(1);
    // From one to several the engine would be another.
    int fewest = harder || users == 1 ? users : 2;
    int most = users == 1 ? 1 : harder ? users * 2 : users;
    moved(line, "users", USERS, n -> n >= fewest && n <= most, random);
    int context = line.path("contextTokens").asInt(0);
    moved(line, "contextTokens", CONTEXTS, n -> harder ? n == context : n <= context, random);
    int prompt = line.path("promptTokens").asInt(0);
    moved(
        line,
        "promptTokens",
        new int[] {200, 500, 1000, 2000, 4000},
        n -> harder ? n == prompt : n <= prompt,
        random);
    if (line.has("hoursPerDay")) {
      line.put("hoursPerDay", HOURS[random.nextInt(HOURS.length)]);
    }
    if (line.has("electricityUsdPerKwh")) {
      line.put("electricityUsdPerKwh", TARIFFS[random.nextInt(TARIFFS.length)]);
    }
    return line.toString();
  }

  /** Another value of a field that is there, of those that are allowed. */
  private static void moved(
      ObjectNode line, String field, int[] values, IntPredicate allowed, Random random) {
    int[] possible = IntStream.of(values).filter(allowed).toArray();
    int chosen = random.nextInt(Math.max(1, possible.length));
    if (line.has(field) && possible.length > 0) {
      line.put(field, possible[chosen]);
    }
  }

  /** Reads the requirement of a number. */
  public Requirement requirement(Advisor advisor, long number) {
    return advisor.reader().read(line(number).getBytes(StandardCharsets.UTF_8), TODAY);
  }
}
