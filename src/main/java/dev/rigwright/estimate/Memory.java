package dev.rigwright.estimate;

import dev.rigwright.domain.Engine;
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
 * How much memory models take, and how much there is. Bytes only; whether that is too much is a
 * rule's judgement.
 */
public final class Memory {

  private static final double GIB = 0x1p30;

  /** Tokens that vLLM works on at a time (its default of {@code max_num_batched_tokens}). */
  private static final int VLLM_BATCH_TOKENS = 2048;

  /** Sessions that vLLM samples at a time (its default of {@code max_num_seqs}). */
  private static final int VLLM_SESSIONS = 256;

  private Memory() {}

  /**
   * What a language model of the requirement takes.
   *
   * @throws IllegalArgumentException if the model's shape is not known
   */
  public static ModelNeed need(
      Model model, WantedModel wanted, Requirement requirement, PolicyFigures figures) {
    int context = requirement.contextTokens();
    int used = Math.min(context, requirement.promptTokens() + requirement.answerTokens() / 2);
    Engine engine = requirement.engine();
    KvCacheType type = requirement.kvCache();
    Weights weights = Weights.of(model, wanted.quantization(), engine);
    long cache = KvCache.bytes(model, type, context, engine);
    double width =
        model.attentionHeads() == null || model.headDim() == null
            ? 0
            : (double) model.attentionHeads() * model.headDim() * Known.orZero(model.layers());
    return new ModelNeed(
        model.id(),
        wanted.role(),
        wanted.quantization(),
        weights.bytes(),
        weights.readBytes(1),
        requirement.users() * cache,
        KvCache.bytes(model, type, used, engine),
        model.paramsB(),
        model.readParamsB(),
        (int) Known.first(model, "layers", model.layers()),
        false,
        weights.readBytes(requirement.users()),
        cache,
        weights.headBytes(),
        bufferBytes(model, engine, figures),
        width,
        model.attentionHeads(),
        KvCache.shares(model));
  }

  /**
   * What a service of the requirement takes: its published memory.
   *
   * @param onCpu whether it runs on the processor, where a memory that nobody published counts none
   * @throws IllegalArgumentException if it is to have room on a card and its memory is not known
   */
  public static ModelNeed need(Service service, WantedModel wanted, boolean onCpu) {
    if (service.memoryGib() == null && !onCpu) {
      throw new IllegalArgumentException(
          "The memory of service (%s) is not known, so it cannot be given room on a card."
              .formatted(service.id()));
    }
    long bytes = service.memoryGib() == null ? 0 : Math.round(service.memoryGib() * GIB);
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
        onCpu,
        bytes,
        0,
        0,
        0,
        0,
        null,
        0);
  }

  /**
   * Bytes that an engine computes in. llama.cpp with flash attention: the logits and the hidden
   * state of a batch of 512 tokens in 32 bits (its logs: 258 MiB for a vocabulary of 128,256).
   * vLLM: the feed-forward activations of a batch of 2,048 tokens in 16 bits, so many copies at
   * once, and the logits of 256 sessions in 32 bits.
   */
  static long bufferBytes(Model model, Engine engine, PolicyFigures figures) {
    double vocabulary = Known.orZero(model.vocabSize());
    double hidden = Known.orZero(model.hiddenSize());
    if (engine == Engine.LLAMA_CPP) {
      return Math.round(4 * KvCache.BATCH_TOKENS * (vocabulary + hidden));
    }
    double width = model.intermediateSize() == null ? 4 * hidden : model.intermediateSize();
    return Math.round(
        activationBytesPerToken(width, figures) * VLLM_BATCH_TOKENS
            + 4 * VLLM_SESSIONS * vocabulary);
  }

  /** Bytes that the feed-forward network holds for one token, in 16 bits. */
  public static double activationBytesPerToken(double intermediateSize, PolicyFigures figures) {
    return 2 * intermediateSize * figures.activationCopies();
  }

  /** Bytes that the driver and the engines' buffers take, on every card that holds anything. */
  public static long overheadBytes(Workload workload, PolicyFigures figures) {
    long buffers = 0;
    for (ModelNeed model : workload.models()) {
      buffers = Math.max(buffers, model.bufferBytes());
    }
    return Math.round(figures.cudaContextGib() * GIB) + buffers;
  }

  /**
   * Bytes of each card that models may use: what the engine takes of it, and on the first no more
   * than a display leaves.
   */
  public static long[] availableBytes(
      int vramGib, int cards, Engine engine, boolean headless, PolicyFigures figures) {
    double share = engine == Engine.VLLM ? figures.vllmUtilisation() : 1;
    long[] available = new long[cards];
    for (int card = 0; card < cards; card++) {
      double display = headless || card > 0 ? 0 : figures.displayReserveGib();
      available[card] = Math.round(Math.min(vramGib * share, vramGib - display) * GIB);
    }
    return available;
  }

  /** Share of the memory of so many cards that a workload needs; above 1 it does not fit. */
  public static double share(
      int vramGib, int cards, Workload workload, Requirement requirement, PolicyFigures figures) {
    if (cards == 0) {
      return Double.POSITIVE_INFINITY;
    }
    long available = 0;
    for (long card :
        availableBytes(vramGib, cards, requirement.engine(), requirement.headless(), figures)) {
      available += card;
    }
    double need =
        workload.weightsBytes()
            + workload.kvCacheBytes()
            + (double) cards * overheadBytes(workload, figures);
    return need / available;
  }

  /** Whether a model's memory can be computed from its row. */
  public static boolean computable(Model model) {
    try {
      KvCache.bytes(model, KvCacheType.F16, 1, Engine.LLAMA_CPP);
      Weights.of(model, Quantization.FP16);
      Known.first(model, "layers", model.layers());
      return true;
    } catch (IllegalArgumentException incomplete) {
      return false;
    }
  }
}
