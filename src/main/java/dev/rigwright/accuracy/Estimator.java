package dev.rigwright.accuracy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.accuracy.Measurements.CacheRow;
import dev.rigwright.accuracy.Measurements.FitRow;
import dev.rigwright.accuracy.Measurements.SpeedRow;
import dev.rigwright.accuracy.Measurements.ThroughputRow;
import dev.rigwright.accuracy.Measurements.WeightRow;
import dev.rigwright.domain.Engine;
import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.KvCacheType;
import dev.rigwright.domain.Model;
import dev.rigwright.domain.PolicyFigures;
import dev.rigwright.domain.Quantization;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Sizing;
import dev.rigwright.domain.Word;
import dev.rigwright.domain.Workload;
import dev.rigwright.estimate.KvCache;
import dev.rigwright.estimate.Memory;
import dev.rigwright.estimate.Speed;
import dev.rigwright.estimate.Weights;
import dev.rigwright.facts.Facts;
import dev.rigwright.facts.Json;
import dev.rigwright.facts.RequirementReader;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the product estimates for a row of the measurements. */
final class Estimator {

  private static final double GIB = 0x1p30;

  /** Tokens that the published runs of HF transformers generated after their input. */
  private static final int TRANSFORMERS_ANSWER_TOKENS = 2048;

  private final Facts facts;
  private final RequirementReader reader;
  private final Map<Object, Requirement> asked = new HashMap<>();
  private final Map<String, Gpu> roomy = new HashMap<>();

  Estimator(Facts facts, RequirementReader reader) {
    this.facts = facts;
    this.reader = reader;
  }

  double weightBytes(WeightRow row) {
    return Weights.of(model(row.model()), Quantization.of(row.format())).bytes();
  }

  /** Size of the cache in 2^20 bytes; of its windowed layers alone where those were published. */
  double cacheMib(CacheRow row) {
    Model model = model(row.model());
    KvCacheType type = Word.of(KvCacheType.class, row.type());
    double bytes = KvCache.bytes(model, type, row.tokens(), Engine.LLAMA_CPP);
    if (row.part().equals("windowed layers")) {
      int far = 65536;
      double grown =
          KvCache.bytes(model, type, 2 * far, Engine.LLAMA_CPP)
              - (double) KvCache.bytes(model, type, far, Engine.LLAMA_CPP);
      bytes -= grown / far * row.tokens();
    }
    return bytes / 0x1p20;
  }

  /**
   * What a run leaves of its cards' memory, in percent of it; negative where it does not fit.
   *
   * @throws IllegalArgumentException if something that it needs is not known
   * @throws dev.rigwright.facts.BadInputException if the product would refuse the question
   */
  double marginPercent(FitRow row, PolicyFigures figures) {
    Integer vramGib = card(row.gpu()).vramGib();
    if (vramGib == null) {
      throw new IllegalArgumentException(
          "The vramGib of gpu (%s) is not known.".formatted(row.gpu()));
    }
    if (row.usedGib() == null) {
      return sizing(row, figures).marginPercent();
    }
    double haveGib = (double) vramGib * row.count();
    return 100 * (haveGib - transformersGib(row, figures)) / haveGib;
  }

  /** Memory and speed of a run of llama.cpp without a display. */
  private Sizing sizing(FitRow row, PolicyFigures figures) {
    Requirement requirement =
        asked.computeIfAbsent(
            row, key -> requirement(row.model(), row.format(), row.contextTokens(), 1, 1, 1, null));
    return size(requirement, card(row.gpu()), row.count(), figures);
  }

  /** Memory of a run of HF transformers, 2^30 bytes. */
  double transformersGib(FitRow row, PolicyFigures figures) {
    Model model = model(row.model());
    int tokens = row.contextTokens() + TRANSFORMERS_ANSWER_TOKENS;
    double bytes =
        Weights.of(model, Quantization.of(row.format())).bytes()
            + (double) KvCache.bytes(model, KvCacheType.BF16, tokens, Engine.VLLM)
            + Memory.activationBytesPerToken(model.intermediateSize(), figures)
                * row.contextTokens();
    return bytes / GIB;
  }

  double tokensPerSecond(SpeedRow row, PolicyFigures figures) {
    Requirement requirement =
        asked.computeIfAbsent(
            row,
            key ->
                requirement(
                    row.model(),
                    row.format(),
                    row.tokens(),
                    row.decode() ? 1 : row.tokens(),
                    row.decode() ? row.tokens() : 1,
                    1,
                    null));
    Sizing sizing = size(requirement, roomy(row.gpu()), row.count(), figures);
    Double speed = row.decode() ? sizing.tokensPerSecond() : sizing.promptTokensPerSecond();
    if (speed == null) {
      throw new IllegalStateException("There is no estimate for %s.".formatted(row));
    }
    return speed;
  }

  /** All sessions together; a prompt whose length was not published counts as one token. */
  Double totalTokensPerSecond(ThroughputRow row, PolicyFigures figures) {
    int prompt = row.promptTokens() == null ? 1 : row.promptTokens();
    Requirement requirement =
        asked.computeIfAbsent(
            row,
            key ->
                requirement(
                    row.model(),
                    row.format(),
                    prompt + row.answerTokens(),
                    prompt,
                    row.answerTokens(),
                    row.sessions(),
                    Engine.VLLM));
    return size(requirement, card(row.gpu()), row.count(), figures).totalTokensPerSecond();
  }

  /**
   * The card with twice its memory: what ran is measured for its speed, also where the estimate of
   * its memory is on the safe side.
   */
  private Gpu roomy(String gpu) {
    return roomy.computeIfAbsent(
        gpu,
        id -> {
          ObjectNode card = Json.MAPPER.valueToTree(card(id));
          card.remove("label");
          return Json.MAPPER.convertValue(card.put("vramGib", 2 * card(id).vramGib()), Gpu.class);
        });
  }

  private Gpu card(String id) {
    Gpu card = facts.gpuById().get(id);
    if (card == null) {
      throw new IllegalArgumentException("The gpu (%s) is not in the catalogue.".formatted(id));
    }
    return card;
  }

  private Sizing size(Requirement requirement, Gpu card, int count, PolicyFigures figures) {
    Model model = facts.modelById().get(requirement.models().get(0).id());
    Workload workload =
        new Workload(
            List.of(Memory.need(model, requirement.models().get(0), requirement, figures)),
            requirement.users());
    return Speed.size(card, count, workload, requirement, figures);
  }

  private Requirement requirement(
      String model,
      String format,
      Integer contextTokens,
      int promptTokens,
      int answerTokens,
      int users,
      Engine engine) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("scope", "gpu");
    json.put("headless", true);
    json.put("users", users);
    json.put("promptTokens", promptTokens);
    json.put("answerTokens", answerTokens);
    Quantization quantization = Quantization.of(format);
    boolean llama = engine == null && quantization.engines().contains(Engine.LLAMA_CPP);
    json.put("engine", (llama ? Engine.LLAMA_CPP : Engine.VLLM).word());
    if (contextTokens != null) {
      json.put("contextTokens", contextTokens);
    }
    json.putArray("models").addObject().put("id", model).put("quantization", quantization.word());
    return reader.read(json, LocalDate.EPOCH);
  }

  private Model model(String id) {
    Model model = facts.modelById().get(id);
    if (model == null) {
      throw new IllegalArgumentException("The model (%s) is not in the catalogue.".formatted(id));
    }
    return model;
  }
}
