package dev.rigwright.estimate;

import dev.rigwright.domain.Attention;
import dev.rigwright.domain.Engine;
import dev.rigwright.domain.KvCacheType;
import dev.rigwright.domain.Model;

/**
 * Bytes of a KV cache: two vectors a token, layer and KV head (keys and values), after the model's
 * published shape. Windowed layers stop growing at their window; latent attention keeps one
 * compressed vector instead (DeepSeek-V2, arXiv 2405.04434); layers without attention keep none,
 * and their small state is not counted.
 */
public final class KvCache {

  /** Tokens of a prompt that llama.cpp works on at a time (its default of {@code n_ubatch}). */
  static final int BATCH_TOKENS = 512;

  /** llama.cpp rounds the cells of a windowed cache up to this. */
  private static final int CELL_STEP = 256;

  private KvCache() {}

  /**
   * Cards that a cache can be divided over, head by head; latent attention has one vector for all
   * heads, of which each card keeps a copy. 0 where unknown.
   */
  static int shares(Model model) {
    if (latent(model)) {
      return 1;
    }
    return model.kvHeads() == null ? 0 : model.kvHeads();
  }

  /** Whether one compressed vector stands for all heads: where that is said, or all there is. */
  private static boolean latent(Model model) {
    return model.attention() == Attention.MLA
        || model.kvLoraRank() != null && model.kvHeads() == null;
  }

  /**
   * Bytes of one session's cache.
   *
   * @param tokens how many tokens it holds
   * @param engine llama.cpp keeps a batch more than the window, in steps of 256
   * @throws IllegalArgumentException if the architecture is not known
   */
  public static long bytes(Model model, KvCacheType type, int tokens, Engine engine) {
    double bytesPerValue = bytesPerValue(type);
    if (latent(model)) {
      double values =
          Known.value(model, model.kvLoraRank(), "kvLoraRank") + Known.orZero(model.ropeHeadDim());
      double layers = Known.first(model, "layers", model.fullAttentionLayers(), model.layers());
      return Math.round(values * layers * tokens * bytesPerValue);
    }
    Attention attention = model.attention();
    if (attention == null || attention == Attention.UNKNOWN) {
      throw new IllegalArgumentException(
          "The attention of model (%s) is not known, so its KV cache cannot be computed. Maybe its config.json can be added to the catalogue."
              .formatted(model.id()));
    }
    double local =
        2
            * Known.value(model, model.kvHeads(), "kvHeads")
            * Known.value(model, model.headDim(), "headDim");
    double global =
        model.globalKvHeads() == null
            ? local
            : 2.0
                * model.globalKvHeads()
                * Known.value(model, model.globalHeadDim(), "globalHeadDim");
    double slidingLayers =
        attention == Attention.SLIDING
            ? Known.first(model, "slidingLayers", model.slidingLayers(), model.layers())
            : Known.orZero(model.slidingLayers());
    double fullLayers =
        attention == Attention.SLIDING
            ? 0
            : Known.first(
                model, "fullAttentionLayers", model.fullAttentionLayers(), model.layers());
    double windowed = slidingLayers == 0 ? 0 : cells(model, tokens, engine);
    return Math.round(
        (fullLayers * global * tokens + slidingLayers * local * windowed) * bytesPerValue);
  }

  private static double cells(Model model, int tokens, Engine engine) {
    int window = (int) Known.value(model, model.slidingWindowTokens(), "slidingWindowTokens");
    int kept =
        engine == Engine.LLAMA_CPP
            ? (window + BATCH_TOKENS + CELL_STEP - 1) / CELL_STEP * CELL_STEP
            : window;
    return Math.min(tokens, kept);
  }

  /** Bytes of one value: ggml's q8_0 holds 32 values in 34 bytes, q4_0 in 18. */
  private static double bytesPerValue(KvCacheType type) {
    return switch (type) {
      case F16, BF16 -> 2;
      case Q8_0 -> Block.Q8_0.bits() / 8;
      case Q4_0 -> Block.Q4_0.bits() / 8;
    };
  }
}
