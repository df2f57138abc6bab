package dev.rigwright.estimate;

import dev.rigwright.domain.Attention;
import dev.rigwright.domain.Engine;
import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.KvCacheType;
import dev.rigwright.domain.Model;
import dev.rigwright.domain.ModelNeed;
import dev.rigwright.domain.PolicyFigures;
import dev.rigwright.domain.Quantization;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Service;
import dev.rigwright.domain.WantedModel;
import dev.rigwright.domain.Workload;

/**
 * How much memory models take. Bytes only; whether that is too much is a rule's judgement.
 *
 * <p>Weights: parameters times the bits of their format, embeddings and output head kept at their
 * own precision. KV cache: two vectors a token, layer and KV head (keys and values), after the
 * models' published shapes; latent attention keeps one compressed vector instead (DeepSeek-V2,
 * arXiv 2405.04434).
 */
public final class Memory {

  private static final double GIB = 0x1p30;

  private Memory() {}

  /**
   * Bytes of a model's weights.
   *
   * @throws IllegalArgumentException if the number of parameters is unknown
   */
  public static long weightsBytes(Model model, Quantization quantization) {
    double params = known(model, model.paramsB(), "paramsB") * 1e9;
    return bytes(params, headParams(model), quantization);
  }

  /**
   * Bytes of the weights that one token reads: all of a dense model, the active ones of experts.
   */
  public static long readBytes(Model model, Quantization quantization) {
    double params = known(model, model.readParamsB(), "paramsB") * 1e9;
    return bytes(params, Math.min(headParams(model), params), quantization);
  }

  private static long bytes(double params, double headParams, Quantization quantization) {
    double bits =
        (params - headParams) * quantization.blockBitsPerWeight()
            + headParams * quantization.headBitsPerWeight();
    return Math.round(bits / 8);
  }

  private static double headParams(Model model) {
    if (model.vocabSize() == null || model.hiddenSize() == null) {
      return 0;
    }
    boolean tied = Boolean.TRUE.equals(model.tiedEmbeddings());
    return (double) model.vocabSize() * model.hiddenSize() * (tied ? 1 : 2);
  }

  /**
   * Bytes of one session's KV cache.
   *
   * @param tokens how many tokens it holds
   * @throws IllegalArgumentException if the architecture is not known
   */
  public static long kvCacheBytes(Model model, KvCacheType type, int tokens) {
    double bytesPerValue = bytesPerValue(type);
    Attention attention = model.attention();
    if (attention == Attention.MLA || model.kvLoraRank() != null && model.kvHeads() == null) {
      double values = known(model, model.kvLoraRank(), "kvLoraRank") + orZero(model.ropeHeadDim());
      double layers = firstKnown(model, "layers", model.fullAttentionLayers(), model.layers());
      return Math.round(values * layers * tokens * bytesPerValue);
    }
    if (attention == null || attention == Attention.UNKNOWN) {
      throw new IllegalArgumentException(
          "The attention of model (%s) is not known, so its KV cache cannot be computed. Maybe its config.json can be added to the catalogue."
              .formatted(model.id()));
    }
    double local =
        2 * known(model, model.kvHeads(), "kvHeads") * known(model, model.headDim(), "headDim");
    double global =
        model.globalKvHeads() == null
            ? local
            : 2.0 * model.globalKvHeads() * known(model, model.globalHeadDim(), "globalHeadDim");
    double slidingLayers =
        attention == Attention.SLIDING
            ? firstKnown(model, "slidingLayers", model.slidingLayers(), model.layers())
            : orZero(model.slidingLayers());
    double fullLayers =
        attention == Attention.SLIDING
            ? 0
            : firstKnown(model, "fullAttentionLayers", model.fullAttentionLayers(), model.layers());
    double windowed =
        slidingLayers == 0
            ? 0
            : Math.min(tokens, known(model, model.slidingWindowTokens(), "slidingWindowTokens"));
    return Math.round(
        (fullLayers * global * tokens + slidingLayers * local * windowed) * bytesPerValue);
  }

  /** Bytes of one value: ggml's q8_0 holds 32 values in 34 bytes, q4_0 in 18. */
  private static double bytesPerValue(KvCacheType type) {
    return switch (type) {
      case F16, BF16 -> 2;
      case Q8_0 -> 34.0 / 32;
      case Q4_0 -> 18.0 / 32;
    };
  }

  /** What a language model of the requirement takes. */
  public static ModelNeed need(Model model, WantedModel wanted, Requirement requirement) {
    int used =
        Math.min(
            requirement.contextTokens(), requirement.promptTokens() + requirement.answerTokens());
    return new ModelNeed(
        model.id(),
        wanted.role(),
        wanted.quantization(),
        weightsBytes(model, wanted.quantization()),
        readBytes(model, wanted.quantization()),
        requirement.users()
            * kvCacheBytes(model, requirement.kvCache(), requirement.contextTokens()),
        kvCacheBytes(model, requirement.kvCache(), used),
        model.paramsB(),
        model.readParamsB(),
        (int) firstKnown(model, "layers", model.layers()),
        false);
  }

  /**
   * What a service of the requirement takes: its published memory, or none where the CPU runs it.
   */
  public static ModelNeed need(Service service, WantedModel wanted) {
    boolean onCpu = service.memoryGib() == null;
    long bytes = onCpu ? 0 : Math.round(service.memoryGib() * GIB);
    double paramsB = service.paramsM() == null ? 0 : service.paramsM() / 1000;
    return new ModelNeed(
        service.id(),
        wanted.role(),
        wanted.quantization(),
        bytes,
        bytes,
        0,
        0,
        paramsB,
        paramsB,
        0,
        onCpu);
  }

  /** Bytes that the driver and an engine's compute buffers take, on every card. */
  public static long overheadBytes(int cards, PolicyFigures figures) {
    return Math.round(cards * (figures.computeBufferGib() + figures.cudaContextGib()) * GIB);
  }

  /** Bytes of the cards that models may use: what the engine takes, less what a display keeps. */
  public static long availableBytes(
      int vramGib, int cards, Engine engine, boolean headless, PolicyFigures figures) {
    double share = engine == Engine.VLLM ? figures.vllmUtilisation() : 1;
    double display = headless ? 0 : figures.displayReserveGib();
    return Math.round((vramGib * share * cards - display) * GIB);
  }

  /** Share of the memory of so many cards that a workload needs; above 1 it does not fit. */
  public static double share(
      Gpu gpu, int cards, Workload workload, Requirement requirement, PolicyFigures figures) {
    if (cards == 0 || gpu.vramGib() == null) {
      return Double.POSITIVE_INFINITY;
    }
    double need = workload.weightsBytes() + workload.kvCacheBytes() + overheadBytes(cards, figures);
    return need
        / availableBytes(
            gpu.vramGib(), cards, requirement.engine(), requirement.headless(), figures);
  }

  /** The largest context for all users of a requirement that the bytes left over allow. */
  public static int largestContext(Model model, Requirement requirement, long leftBytes) {
    int low = requirement.contextTokens();
    int high = model.maxContextTokens() == null ? low : model.maxContextTokens();
    long base = kvCacheBytes(model, requirement.kvCache(), low) * requirement.users();
    if (leftBytes < 0) {
      high = low;
      low = 0;
    }
    while (low < high) {
      int middle = (int) (((long) low + high + 1) / 2);
      long more = kvCacheBytes(model, requirement.kvCache(), middle) * requirement.users() - base;
      if (more <= leftBytes) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** How many users, each with the requirement's context, the bytes left over allow. */
  public static int mostUsers(Model model, Requirement requirement, long leftBytes) {
    long each = kvCacheBytes(model, requirement.kvCache(), requirement.contextTokens());
    if (each == 0) {
      return requirement.users();
    }
    return (int) Math.max(0, Math.floorDiv(leftBytes + each * requirement.users(), each));
  }

  /** Whether a model's memory can be computed from its row. */
  public static boolean computable(Model model) {
    try {
      kvCacheBytes(model, KvCacheType.F16, 1);
      weightsBytes(model, Quantization.FP16);
      firstKnown(model, "layers", model.layers());
      return true;
    } catch (IllegalArgumentException incomplete) {
      return false;
    }
  }

  private static double firstKnown(Model model, String what, Number... values) {
    for (Number value : values) {
      if (value != null) {
        return value.doubleValue();
      }
    }
    return known(model, null, what);
  }

  private static double orZero(Number value) {
    return value == null ? 0 : value.doubleValue();
  }

  private static double known(Model model, Number value, String what) {
    if (value == null) {
      throw new IllegalArgumentException(
          "The %s of model (%s) is not known. Maybe its config.json can be added to the catalogue."
              .formatted(what, model.id()));
    }
    return value.doubleValue();
  }
}
