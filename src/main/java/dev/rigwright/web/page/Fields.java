package dev.rigwright.web.page;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the fields of the form are called, in its order. For each field of a requirement there is
 * one; cards and models come in rows, as many as a requirement may hold.
 */
public final class Fields {

  /** So many kinds of cards can be owned. */
  public static final int CARDS = 16;

  /** So many models can run at once, the first among them. */
  public static final int MODELS = 16;

  private Fields() {}

  /** The fields of one kind of card that is owned. */
  public record Card(String id, String count) {

    /**
     * The fields of a row.
     *
     * @param row from 1
     */
    public static Card at(int row) {
      return new Card(row("gpu", row), row("gpuCount", row));
    }

    static Stream<Card> all() {
      return IntStream.rangeClosed(1, CARDS).mapToObj(Card::at);
    }

    List<String> names() {
      return List.of(id, count);
    }
  }

  /** The fields of one model: its name or its size, and what is said of it. */
  public record Model(String id, String sizeB, String quantization, String role) {

    /**
     * The fields of a model.
     *
     * @param number from 1; the others run beside the first
     */
    public static Model at(int number) {
      int row = number - 1;
      return row == 0
          ? new Model("model", "sizeB", "quantization", "role")
          : new Model(
              row("with", row),
              row("withSizeB", row),
              row("withQuantization", row),
              row("withRole", row));
    }

    static Stream<Model> all() {
      return IntStream.rangeClosed(1, MODELS).mapToObj(Model::at);
    }

    List<String> names() {
      return List.of(id, sizeB, quantization, role);
    }
  }

  private static String row(String name, int row) {
    return row == 1 ? name : name + row;
  }

  static final List<String> OWNED = List.of("psuWatts", "ramGib", "cpuCores", "pcieX16Slots");

  static final List<String> LIMITS =
      List.of("maxSystemWatts", "maxGpus", "maxGpuSlots", "maxGpuLengthMm", "minTokensPerSecond");

  /** Limits that need not be whole. */
  static final Set<String> FRACTIONS = Set.of("maxGpuSlots", "minTokensPerSecond");

  static final List<String> TEXT =
      List.of("title", "asOf", "scope", "condition", "region", "engine", "kvCache", "policy");

  static final List<String> WHOLE =
      List.of("budgetUsd", "users", "contextTokens", "promptTokens", "answerTokens");

  static final List<String> DECIMAL = List.of("electricityUsdPerKwh", "hoursPerDay");

  /** What is ticked or not; a requirement may say that it is not. */
  static final Set<String> FLAGS = Set.of("headless", "quiet");

  /**
   * A form may not have a field of the name {@code id}: scripts would take it for the form's own.
   */
  public static final String ID = "requirementId";

  private static final List<String> FIRST =
      List.of("budgetUsd", "useCases", "users", "model", "contextTokens", "condition");

  /** Behind "What I own". */
  private static final List<String> MINE =
      Stream.concat(Card.all().flatMap(card -> card.names().stream()), OWNED.stream()).toList();

  /** Behind "The models". */
  private static final List<String> ABOUT_MODELS =
      Stream.of(
              Stream.of("sizeB", "role", "quantization"),
              Model.all().skip(1).flatMap(model -> model.names().stream()),
              Stream.of("engine", "kvCache", "promptTokens", "answerTokens"))
          .flatMap(names -> names)
          .toList();

  /** Behind "More". */
  private static final List<String> FURTHER =
      List.of(
          "scope",
          "headless",
          "region",
          "electricityUsdPerKwh",
          "hoursPerDay",
          "maxSystemWatts",
          "maxGpus",
          "maxGpuSlots",
          "maxGpuLengthMm",
          "minTokensPerSecond",
          "vendors",
          "quiet",
          "policy",
          "asOf",
          "title",
          ID);

  /** All of them; {@code on} is the day of the link, and no field that somebody fills in. */
  static final Set<String> ALL =
      Collections.unmodifiableSet(
          new LinkedHashSet<>(
              Stream.of(FIRST, MINE, ABOUT_MODELS, FURTHER, List.of("on"))
                  .flatMap(List::stream)
                  .toList()));

  /** Parts of the form that can be closed: where one of its fields has a value it is open. */
  public enum Part {
    /** What is owned. */
    OWNED(MINE),
    /** All models but the name of the first. */
    MODELS(ABOUT_MODELS),
    /** Limits, place and power. */
    MORE(FURTHER);

    private final List<String> fields;

    Part(List<String> fields) {
      this.fields = fields;
    }

    List<String> fields() {
      return fields;
    }
  }
}
