package dev.rigwright.web.page;

import dev.rigwright.domain.Quantization;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The form with its answer.
 *
 * @param problems what is wrong with it, by field, in the order of the form; {@code form} for what
 *     is wrong with all of it
 * @param answer null where something is wrong
 * @param extra null where something is wrong
 * @param rows how many rows of cards and models stand open
 * @param names what can be typed
 */
public record AdviceView(
    Form form,
    Map<String, String> problems,
    AnswerView answer,
    AnswerExtra extra,
    Rows rows,
    Names names) {

  /** What the page is called by. */
  public String title() {
    return answer == null ? "Advice" : answer.announcement();
  }

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
          new Choice("", "as known"),
          new Choice("llm", "writes text"),
          new Choice("stt", "hears"),
          new Choice("tts", "speaks"),
          new Choice("embedding", "embedding"),
          new Choice("reranker", "reranker"));

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

  /** What would be done anyhow, said by who writes a requirement. */
  private static final Map<String, String> SAID =
      Map.of("any", "either (as said)", "checked", "the figures go first (as said)");

  private static final Map<String, String> LABELS = labels();

  public AdviceView {
    Map<String, String> ordered = new LinkedHashMap<>();
    for (String field : LABELS.keySet()) {
      if (problems.containsKey(field)) {
        ordered.put(field, problems.get(field));
      }
    }
    ordered.putAll(problems);
    problems = Collections.unmodifiableMap(ordered);
  }

  /** A row that was asked for, and nothing around it. */
  static AdviceView row(Rows rows) {
    return new AdviceView(Form.EMPTY, Map.of(), null, null, rows, Names.NONE);
  }

  /** Whether a part of the form that can be closed is open. */
  public boolean open(Fields.Part part) {
    return form.saysIn(part) || rows.asked(part);
  }

  /** The choices of a field, and what a link said in it where that is none of them. */
  public List<Choice> choices(String field, List<Choice> choices) {
    String said = form.value(field);
    if (choices.stream().anyMatch(choice -> choice.value().equals(said))) {
      return choices;
    }
    List<Choice> all = new ArrayList<>(choices);
    all.add(new Choice(said, SAID.getOrDefault(said, said)));
    return all;
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
    for (int row = 1; row <= Fields.CARDS; row++) {
      Fields.Card card = Fields.Card.at(row);
      labels.put(card.id(), numbered("Card that you own", row));
      labels.put(card.count(), numbered("How many cards", row));
    }
    labels.put("psuWatts", "Power supply");
    labels.put("ramGib", "System memory");
    labels.put("cpuCores", "Processor cores");
    labels.put("pcieX16Slots", "Long slots");
    labels.put("sizeB", "Model size");
    labels.put("role", "What the model does");
    labels.put("quantization", "Quantization");
    for (int number = 2; number <= Fields.MODELS; number++) {
      Fields.Model model = Fields.Model.at(number);
      labels.put(model.id(), "Model " + number);
      labels.put(model.sizeB(), "Size of model " + number);
      labels.put(model.quantization(), "Quantization of model " + number);
      labels.put(model.role(), "What model " + number + " does");
    }
    labels.put("engine", "Engine");
    labels.put("kvCache", "KV cache");
    labels.put("promptTokens", "Prompt");
    labels.put("answerTokens", "Answer");
    labels.put("scope", "What to buy");
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
    labels.put(Fields.ID, "Your id for it");
    return labels;
  }

  /** What a field is called. */
  public static String label(String name) {
    return LABELS.getOrDefault(name, name);
  }
}
