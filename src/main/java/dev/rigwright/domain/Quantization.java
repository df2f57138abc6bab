package dev.rigwright.domain;

import java.util.Set;

/**
 * A number format for a model's weights.
 *
 * <p>{@link #blockBitsPerWeight} is what the format's definition fixes: the bits of its values with
 * the scales of their blocks (llama.cpp, ggml block layouts; AWQ and GPTQ: 4 bits in groups of 128
 * with a 16-bit scale and a 4-bit zero; MXFP4: 4 bits in groups of 32 with an 8-bit scale). For the
 * mixed recipes of llama.cpp (q2_k to q6_k) it is the mean of the recipe over a dense transformer's
 * layers. Embeddings and output head stay at {@link #headBitsPerWeight}.
 */
public enum Quantization implements Word {
  /** Half precision. */
  FP16("fp16", 16, 16, Engine.LLAMA_CPP, Engine.VLLM),
  /** Brain float. */
  BF16("bf16", 16, 16, Engine.LLAMA_CPP, Engine.VLLM),
  /** 8-bit float, head in 16 bits. */
  FP8("fp8", 8, 16, Engine.VLLM),
  /** 8-bit blocks of 32: 34 bytes for 32 values. */
  Q8_0("q8_0", 8.5, 8.5, Engine.LLAMA_CPP),
  /** 6-bit superblocks of 256: 210 bytes. */
  Q6_K("q6_k", 6.5625, 6.5625, Engine.LLAMA_CPP),
  /** Mostly 5-bit superblocks (176 bytes of 256), half of two tensors in 6 bits. */
  Q5_K_M("q5_k_m", 5.65, 6.03, Engine.LLAMA_CPP),
  /** Mostly 4-bit superblocks (144 bytes of 256), half of two tensors in 6 bits. */
  Q4_K_M("q4_k_m", 4.80, 5.53, Engine.LLAMA_CPP),
  /** 4-bit blocks of 32: 18 bytes. */
  Q4_0("q4_0", 4.5, 5.53, Engine.LLAMA_CPP),
  /** Mostly 3-bit superblocks (110 bytes of 256). */
  Q3_K_M("q3_k_m", 3.85, 5.0, Engine.LLAMA_CPP),
  /** Mostly 2-bit superblocks (84 bytes of 256), some tensors in 3 and 4 bits. */
  Q2_K("q2_k", 2.94, 4.6, Engine.LLAMA_CPP),
  /** 2-bit importance superblocks (74 bytes of 256). */
  IQ2_XS("iq2_xs", 2.35, 4.06, Engine.LLAMA_CPP),
  /** 4 bits in groups of 128, head in 16 bits. */
  AWQ("awq", 4.15625, 16, Engine.VLLM),
  /** 4 bits in groups of 128, head in 16 bits. */
  GPTQ_INT4("gptq-int4", 4.15625, 16, Engine.VLLM),
  /** 8 bits in groups of 128, head in 16 bits. */
  GPTQ_INT8("gptq-int8", 8.1875, 16, Engine.VLLM),
  /** 4-bit float in groups of 32; attention and head in 16 bits. */
  MXFP4("mxfp4", 4.25, 16, Engine.LLAMA_CPP, Engine.VLLM);

  private final String word;
  private final double blockBitsPerWeight;
  private final double headBitsPerWeight;
  private final Set<Engine> engines;

  Quantization(
      String word, double blockBitsPerWeight, double headBitsPerWeight, Engine... engines) {
    this.word = word;
    this.blockBitsPerWeight = blockBitsPerWeight;
    this.headBitsPerWeight = headBitsPerWeight;
    this.engines = Set.of(engines);
  }

  @Override
  public String word() {
    return word;
  }

  /** Bits per weight of the transformer layers. */
  public double blockBitsPerWeight() {
    return blockBitsPerWeight;
  }

  /** Bits per weight of embeddings and output head. */
  public double headBitsPerWeight() {
    return headBitsPerWeight;
  }

  /** The engines that run this format. */
  public Set<Engine> engines() {
    return engines;
  }

  @Override
  public String toString() {
    return word;
  }
}
