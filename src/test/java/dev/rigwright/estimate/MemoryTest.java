package dev.rigwright.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rigwright.Home;
import dev.rigwright.domain.KvCacheType;
import dev.rigwright.domain.Model;
import dev.rigwright.domain.Quantization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against sizes that others published or logged. */
class MemoryTest {

  private static Model model(String id) {
    return Home.advisor().facts().modelById().get(id);
  }

  @ParameterizedTest
  @CsvSource({
    // llama.cpp, tensor bytes by llama-bench
    "llama-3-8b, Q4_K_M, 4.58",
    "llama-3-8b, FP16, 14.96",
    "llama-3-70b, Q4_K_M, 39.59",
    "llama-3-70b, FP16, 131.42",
    // llama.cpp's table of quantisations
    "llama-3.1-8b, Q8_0, 7.95",
    "llama-3.1-8b, Q6_K, 6.14",
    "llama-3.1-8b, Q5_K_M, 5.33",
    "llama-3-70b, Q3_K_M, 31.91",
    "llama-3-70b, Q2_K, 24.56",
    "llama-3-70b, IQ2_XS, 19.69",
    // file listings
    "qwen2.5-32b, AWQ, 18.00",
    "qwen2.5-72b, AWQ, 38.75",
    "qwen2.5-7b, AWQ, 5.19",
  })
  void weights_are_the_published_sizes_within_two_percent(
      String id, Quantization quantization, double gib) {
    double estimated = Memory.weightsBytes(model(id), quantization) / 0x1p30;
    assertThat(estimated).isCloseTo(gib, within(0.02 * gib));
  }

  @ParameterizedTest
  @CsvSource({
    "llama-3-8b, F16, 8192, 1024",
    "llama-3.2-1b, F16, 4096, 128",
    "llama-2-7b, F16, 512, 256",
    "llama-2-13b, F16, 512, 400",
    "llama-3-70b, F16, 2048, 640",
    "qwen2.5-coder-32b, Q8_0, 32768, 4352",
  })
  void the_kv_cache_is_the_logged_size(String id, KvCacheType type, int tokens, double mib) {
    assertThat(Memory.kvCacheBytes(model(id), type, tokens) / 0x1p20)
        .isCloseTo(mib, within(0.01 * mib));
  }

  @Test
  void a_window_caps_the_cache_and_experts_do_not_change_what_has_to_be_loaded() {
    Model gemma = model("gemma-2-9b");
    long half = Memory.kvCacheBytes(gemma, KvCacheType.F16, 4096);
    long whole = Memory.kvCacheBytes(gemma, KvCacheType.F16, 8192);
    assertThat(whole).isLessThan(2 * half).isGreaterThan(half);
    Model experts = model("qwen3-30b-a3b");
    assertThat(Memory.readBytes(experts, Quantization.Q4_K_M))
        .isLessThan(Memory.weightsBytes(experts, Quantization.Q4_K_M) / 4);
  }

  @Test
  void an_architecture_that_is_not_known_is_refused() {
    Model unknown = model("deepseek-v4-pro");
    assertThat(Memory.computable(unknown)).isFalse();
    assertThatThrownBy(() -> Memory.kvCacheBytes(unknown, KvCacheType.F16, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("deepseek-v4-pro");
  }

  @Test
  void more_context_never_needs_less_and_a_lower_quantization_never_more() {
    for (Model model : Home.advisor().facts().models()) {
      if (!Memory.computable(model)) {
        continue;
      }
      long before = 0;
      for (int tokens = 256; tokens <= 65536; tokens *= 2) {
        long bytes = Memory.kvCacheBytes(model, KvCacheType.F16, tokens);
        assertThat(bytes).as(model.id()).isGreaterThanOrEqualTo(before);
        before = bytes;
      }
      Quantization[] falling = {
        Quantization.FP16, Quantization.Q8_0, Quantization.Q6_K, Quantization.Q5_K_M,
        Quantization.Q4_K_M, Quantization.Q4_0, Quantization.Q3_K_M, Quantization.Q2_K,
        Quantization.IQ2_XS
      };
      for (int i = 1; i < falling.length; i++) {
        assertThat(Memory.weightsBytes(model, falling[i]))
            .as("%s at %s", model.id(), falling[i])
            .isLessThanOrEqualTo(Memory.weightsBytes(model, falling[i - 1]));
      }
    }
  }
}
