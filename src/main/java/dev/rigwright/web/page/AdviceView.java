package dev.rigwright.web.page;

import dev.rigwright.domain.Quantization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The form with its answer.
 *
 * @param problems what is wrong with it, by field; {@code form} for what is wrong with all of it
 * @param answer null where something is wrong
 * @param extra null where something is wrong
 * @param models names that can be typed
 * @param cards names that can be typed
 */
public record AdviceView(
    Form form,
    Map<String, String> problems,
    AnswerView answer,
    AnswerExtra extra,
    List<String> models,
    List<String> cards) {

  /** What can be chosen, and what it is called. */
  public record Choice(String value, String name) {}

  private static final Choice USUAL = new Choice("", "as usual");

  /** What a machine is for. */
  public static final List<Choice> USES =
      List.of(
          new Choice("chat", "chat"),
          new Choice("coding", "coding"),
          new Choice("rag", "my documents"),
          new Choice("voice", "voice"),
          new Choice("batch", "batch"));

  /** New or used. */
  public static final List<Choice> CONDITIONS =
      List.of(
          new Choice("", "either"), new Choice("new", "new only"), new Choice("used", "used only"));

  /** How much of a machine. */
  public static final List<Choice> SCOPES =
      List.of(
          new Choice("", "by what I own"),
          new Choice("build", "a whole machine"),
          new Choice("gpu", "cards alone"),
          new Choice("upgrade", "an upgrade of mine"));

  /** How weights are stored. */
  public static final List<Choice> QUANTIZATIONS = quantizations();

  /** What a model does. */
  public static final List<Choice> ROLES =
      List.of(
          new Choice("", "as is known of it"),
          new Choice("llm", "writes text"),
          new Choice("stt", "hears speech"),
          new Choice("tts", "speaks"),
          new Choice("embedding", "finds (embedding)"),
          new Choice("reranker", "finds (reranker)"));

  /** The rows of cards that are owned, and of models beside the first. */
  public static final List<Integer> ROWS = IntStream.rangeClosed(1, Form.ROWS).boxed().toList();

  /** What runs the model. */
  public static final List<Choice> ENGINES =
      List.of(USUAL, new Choice("llama.cpp", "llama.cpp"), new Choice("vllm", "vLLM"));

  /** How the cache is stored. */
  public static final List<Choice> KV_CACHES =
      List.of(
          USUAL,
          new Choice("f16", "f16"),
          new Choice("bf16", "bf16"),
          new Choice("q8_0", "q8_0"),
          new Choice("q4_0", "q4_0"));

  /** Makers of cards. */
  public static final List<Choice> VENDORS =
      List.of(
          new Choice("nvidia", "NVIDIA"), new Choice("amd", "AMD"), new Choice("intel", "Intel"));

  /** Whether figures or the guide go first. */
  public static final List<Choice> POLICIES =
      List.of(
          new Choice("", "the figures go first"), new Choice("guide", "the guide to the letter"));

  private static final Map<String, String> LABELS = labels();

  public AdviceView {
    problems = Map.copyOf(problems);
    models = List.copyOf(models);
    cards = List.copyOf(cards);
  }

  private static List<Choice> quantizations() {
    List<Choice> choices = new ArrayList<>(List.of(USUAL));
    for (Quantization quantization : Quantization.values()) {
      choices.add(new Choice(quantization.word(), quantization.word()));
    }
    return List.copyOf(choices);
  }

  /** A label of one of several rows: the first goes without a number. */
  public static String numbered(String label, int row) {
    return row == 1 ? label : label + " " + row;
  }

  private static Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("form", "All of it");
    labels.put("budgetUsd", "Budget");
    labels.put("useCases", "What for");
    labels.put("users", "People at once");
    labels.put("model", "Model");
    labels.put("contextTokens", "Context");
    labels.put("condition", "New or used");
    for (int row : ROWS) {
      labels.put(Form.row("gpu", row), numbered("Card that you own", row));
      labels.put(Form.row("gpuCount", row), numbered("How many cards", row));
    }
    labels.put("psuWatts", "Power supply");
    labels.put("ramGib", "System memory");
    labels.put("cpuCores", "Processor cores");
    labels.put("pcieX16Slots", "Long slots");
    labels.put("scope", "What to buy");
    labels.put("sizeB", "Model size");
    labels.put("role", "What the model does");
    labels.put("quantization", "Quantization");
    for (int row : ROWS) {
      labels.put(Form.row("with", row), numbered("Runs beside it", row));
      labels.put(Form.row("withRole", row), numbered("Its role", row));
    }
    labels.put("engine", "Engine");
    labels.put("kvCache", "KV cache");
    labels.put("promptTokens", "Prompt");
    labels.put("answerTokens", "Answer");
    labels.put("maxSystemWatts", "Most at the wall");
    labels.put("minTokensPerSecond", "Least speed");
    labels.put("maxGpus", "Most cards");
    labels.put("maxGpuSlots", "Slots for cards");
    labels.put("maxGpuLengthMm", "Longest card");
    labels.put("vendors", "Only cards by");
    labels.put("quiet", "Quiet");
    labels.put("headless", "No display on the card");
    labels.put("region", "Country");
    labels.put("electricityUsdPerKwh", "Electricity");
    labels.put("hoursPerDay", "Hours a day");
    labels.put("policy", "Guide and figures");
    labels.put("asOf", "As of");
    labels.put("title", "Name");
    return labels;
  }

  /** The fields that have a place for what is wrong with them. */
  public static List<String> names() {
    return List.copyOf(LABELS.keySet());
  }

  /** What a field is called. */
  public static String label(String name) {
    return LABELS.getOrDefault(name, name);
  }
}
