package dev.rigwright.estimate;

import dev.rigwright.domain.Engine;
import dev.rigwright.domain.Model;
import dev.rigwright.domain.Quantization;

/**
 * Bytes of a model's weights in a format. Nothing here is fitted: parameters times the bits that
 * the format's definition and its recipe give to each tensor.
 *
 * @param bytes all of them
 * @param embeddingBytes an input embedding beside an output head: one row of it is read for a token
 * @param headBytes the output head, or the embedding that serves as one
 * @param expertBytes routed experts, all of them
 * @param expertShare the share of the routed experts that one token uses; 1 for dense models
 */
public record Weights(
    long bytes, long embeddingBytes, long headBytes, long expertBytes, double expertShare) {

  private static final int SUPERBLOCK = 256;

  /**
   * A model's weights. Where a model's rows do not divide into superblocks, a narrow format falls
   * back to wider blocks; whoever offers it would then offer the wider format, so it never takes
   * more than that.
   *
   * @param engine decides what of an MXFP4 model is stored how
   * @throws IllegalArgumentException if the number of parameters is unknown
   */
  public static Weights of(Model model, Quantization format, Engine engine) {
    Tensors tensors = Tensors.of(model);
    if (engine != Engine.LLAMA_CPP || !format.engines().contains(Engine.LLAMA_CPP)) {
      return grouped(tensors, format);
    }
    Weights weights = gguf(model, tensors, format);
    if (uneven(model.hiddenSize()) || uneven(model.intermediateSize())) {
      for (Quantization wider : Quantization.values()) {
        if (wider.ordinal() < format.ordinal() && comparable(wider, format)) {
          Weights other = gguf(model, tensors, wider);
          weights = other.bytes() < weights.bytes() ? other : weights;
        }
      }
    }
    return weights;
  }

  /** Formats of one kind; and 4-bit blocks, which every row divides into, with all below them. */
  private static boolean comparable(Quantization wider, Quantization format) {
    return wider == Quantization.Q4_0
        || wider.word().contains("_k") && format.word().contains("_k")
        || wider.word().startsWith("iq") && format.word().startsWith("iq");
  }

  private static boolean uneven(Integer rowLength) {
    return rowLength != null && rowLength % SUPERBLOCK != 0;
  }

  /** In the format's own engine where only one runs it, else in llama.cpp. */
  public static Weights of(Model model, Quantization format) {
    return of(
        model,
        format,
        format.engines().contains(Engine.LLAMA_CPP) ? Engine.LLAMA_CPP : Engine.VLLM);
  }

  /** Bytes that one token of each of so many sessions reads: of experts those that any uses. */
  public long readBytes(int sessions) {
    double used = 1 - Math.pow(1 - expertShare, sessions);
    return Math.round(bytes - embeddingBytes - expertBytes * (1 - used));
  }

  private static Weights gguf(Model model, Tensors tensors, Quantization format) {
    Integer hidden = model.hiddenSize();
    int sharing =
        model.attentionHeads() == null || model.kvHeads() == null || model.kvHeads() == 0
            ? 1
            : model.attentionHeads() / model.kvHeads();
    int experts = model.experts() == null ? 0 : model.experts();
    Recipe recipe = new Recipe(format, tensors.layers(), sharing, experts);
    Integer attention =
        model.attentionHeads() == null || model.headDim() == null
            ? null
            : (Integer) (model.attentionHeads() * model.headDim());
    double attentionBits = 0;
    double feedForwardBits = 0;
    for (int layer = 0; layer < tensors.layers(); layer++) {
      attentionBits +=
          tensors.queries()
                  * (recipe.query().forRows(hidden).bits()
                      + recipe.output().forRows(attention).bits())
              + tensors.keys()
                  * (recipe.key().forRows(hidden).bits()
                      + recipe.value(layer).forRows(hidden).bits());
      feedForwardBits +=
          tensors.feedForward()
              / 3
              * (2 * recipe.gate(layer).forRows(hidden).bits()
                  + recipe.down(layer).forRows(model.intermediateSize()).bits());
    }
    double all = tensors.feedForward() * tensors.layers();
    double mean = all == 0 ? 0 : feedForwardBits / all;
    double expertBits = tensors.experts() * expertBits(recipe, mean);
    double embeddingBits =
        tensors.head() == 0 ? 0 : tensors.embedding() * recipe.embedding().forRows(hidden).bits();
    double headBits =
        Math.max(tensors.head(), tensors.embedding()) * recipe.head().forRows(hidden).bits();
    double bits =
        attentionBits + (all - tensors.experts()) * mean + expertBits + embeddingBits + headBits;
    return new Weights(
        bytes(bits),
        bytes(embeddingBits),
        bytes(headBits),
        bytes(expertBits),
        tensors.expertShare());
  }

  private static double expertBits(Recipe recipe, double mean) {
    return recipe.format() == Quantization.MXFP4 ? Block.MXFP4.bits() : mean;
  }

  private static Weights grouped(Tensors tensors, Quantization format) {
    double bitsPerWeight = format.bitsPerWeight();
    double headBitsPerWeight = Math.max(16, bitsPerWeight);
    double rest =
        tensors.layers() * (2 * tensors.queries() + 2 * tensors.keys() + tensors.feedForward())
            - tensors.experts();
    double restBits = rest * (format == Quantization.MXFP4 ? 16 : bitsPerWeight);
    double expertBits = tensors.experts() * bitsPerWeight;
    double embeddingBits = tensors.head() == 0 ? 0 : tensors.embedding() * headBitsPerWeight;
    double headBits = Math.max(tensors.head(), tensors.embedding()) * headBitsPerWeight;
    return new Weights(
        bytes(restBits + expertBits + embeddingBits + headBits),
        bytes(embeddingBits),
        bytes(headBits),
        bytes(expertBits),
        tensors.expertShare());
  }

  private static long bytes(double bits) {
    return Math.round(bits / 8);
  }
}
