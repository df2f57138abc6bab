package dev.rigwright.engine;

import dev.rigwright.domain.CardLoad;
import dev.rigwright.domain.Engine;
import dev.rigwright.domain.Fit;
import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.Model;
import dev.rigwright.domain.ModelNeed;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Sizing;
import dev.rigwright.domain.Split;
import dev.rigwright.domain.Vendor;
import dev.rigwright.domain.Workload;
import dev.rigwright.engine.Decision.MemoryView;
import dev.rigwright.engine.Decision.PerCard;
import dev.rigwright.engine.Decision.SpeedView;
import dev.rigwright.facts.Facts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** What was estimated of a workload on cards, as answers show it. Rounds, and judges nothing. */
final class Estimates {

  private static final double GIB = 0x1p30;
  private static final int DIGITS = 4;

  private final Facts facts;
  private final Requirement requirement;
  private final Workload workload;
  private final Sizing sizing;
  private final Gpu gpu;

  Estimates(Facts facts, Requirement requirement, Workload workload, Sizing sizing) {
    this.facts = facts;
    this.requirement = requirement;
    this.workload = workload;
    this.sizing = sizing;
    this.gpu = facts.gpuById().get(sizing.gpu());
  }

  /**
   * The memory.
   *
   * @param verdict what the rules make of it; null where they say nothing
   */
  MemoryView memory(Fit verdict) {
    Integer context = null;
    Integer users = null;
    Integer inTime = null;
    if (workload.largest() != null) {
      Room room = new Room(facts, requirement, workload, sizing);
      context = room.largestContext();
      users = room.mostUsers();
      inTime = room.mostUsersInTime();
    }
    List<PerCard> perCard = new ArrayList<>();
    for (CardLoad card : sizing.onCards()) {
      perCard.add(
          new PerCard(
              card.gpu(), gib(card.needBytes()), gib(card.availableBytes()), card.models()));
    }
    List<String> onCpu =
        workload.models().stream().filter(ModelNeed::onCpu).map(ModelNeed::modelId).toList();
    return new MemoryView(
        verdict,
        gib(sizing.needBytes()),
        gib(sizing.weightsBytes()),
        gib(sizing.kvCacheBytes()),
        gib(sizing.overheadBytes()),
        gib(sizing.availableBytes()),
        rounded(sizing.marginPercent(), 1),
        context,
        users,
        perCard,
        inTime,
        sizing.split(),
        sizing.missingBytes() == 0 ? null : (Double) gib(sizing.missingBytes()),
        onCpu.isEmpty() ? null : onCpu);
  }

  /**
   * The speed; null where there is no language model.
   *
   * @param verdict what the rules make of the memory; null where they say nothing
   */
  SpeedView speed(Fit verdict) {
    if (workload.largest() == null) {
      return null;
    }
    if (sizing.tokensPerSecond() == null || verdict == Fit.NO) {
      String why =
          sizing.missingBytes() > 0
              ? "not estimated: the models do not fit, and " + rest()
              : "not estimated: the memory bandwidth of %s is not known".formatted(gpu.label());
      return new SpeedView(null, null, null, null, null, null, why, null, null);
    }
    double band = facts.figures().speedBandShare();
    double one = sizing.tokensPerSecond();
    return new SpeedView(
        tokensPerSecond(one),
        tokensPerSecond(one * (1 - band)),
        tokensPerSecond(one * (1 + band)),
        sizing.promptTokensPerSecond() == null ? null : rounded(sizing.promptTokensPerSecond(), 0),
        tokensPerSecond(sizing.totalTokensPerSecond()),
        sizing.firstTokenSeconds() == null ? null : rounded(sizing.firstTokenSeconds(), 1),
        String.join("; ", basis()),
        sizing.fullContextTokensPerSecond() == null
            ? null
            : tokensPerSecond(sizing.fullContextTokensPerSecond()),
        confident() ? "medium" : "low");
  }

  private String rest() {
    return requirement.engine() == Engine.VLLM
        ? "vLLM runs nothing from system memory"
        : "no system memory is known that would hold the rest";
  }

  private List<String> basis() {
    List<String> basis = new ArrayList<>();
    if (sizing.missingBytes() > 0) {
      basis.add(
          "partly from system memory at %s GB/s, which is read for every token"
              .formatted(
                  BigDecimal.valueOf(facts.figures().systemMemoryGbPerSecond())
                      .stripTrailingZeros()
                      .toPlainString()));
    }
    basis.add("from memory bandwidth, fitted to llama.cpp measurements of NVIDIA cards");
    if (experts()) {
      basis.add("a mixture of experts, for which there was nothing to fit");
    }
    if (gpu.vendor() != Vendor.NVIDIA) {
      basis.add("without CUDA by two measurements of one card");
    }
    if (sizing.split() == Split.LAYERS) {
      basis.add("split by layers, which adds no speed");
    }
    if (sizing.split() == Split.TENSOR) {
      basis.add("tensor parallel, whose time between cards is our choice");
    }
    if (requirement.engine() == Engine.VLLM) {
      basis.add("vLLM's buffers and sessions were compared with measurements, not fitted to them");
    } else if (requirement.users() > 1) {
      basis.add("several sessions in llama.cpp were not fitted");
    }
    return basis;
  }

  private boolean experts() {
    Model model = facts.modelById().get(workload.largest().modelId());
    return model != null && model.activeParamsB() != null;
  }

  private boolean confident() {
    return !experts()
        && gpu.vendor() == Vendor.NVIDIA
        && sizing.split() != Split.TENSOR
        && sizing.missingBytes() == 0;
  }

  /** A speed as answers show it. */
  static double tokensPerSecond(double value) {
    return rounded(value, 2);
  }

  static double gib(long bytes) {
    return rounded(bytes / GIB, DIGITS);
  }

  static double rounded(double value, int digits) {
    return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).doubleValue();
  }
}
