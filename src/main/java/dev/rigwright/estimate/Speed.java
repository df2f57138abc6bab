package dev.rigwright.estimate;

import dev.rigwright.domain.Candidate;
import dev.rigwright.domain.CardLoad;
import dev.rigwright.domain.Engine;
import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.ModelNeed;
import dev.rigwright.domain.PolicyFigures;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Sizing;
import dev.rigwright.domain.Split;
import dev.rigwright.domain.Vendor;
import dev.rigwright.domain.Workload;

/**
 * How fast models answer. Tokens a second and seconds; whether that is too slow is a rule's
 * judgement.
 *
 * <p>Decoding reads the weights and the session's KV cache once a token: their bytes over the
 * bandwidth that is reached, and a fixed time a layer. Prompt processing multiplies matrices: two
 * operations a parameter and token, four a token before it and attention width, over the rates that
 * are reached. A split by layers decodes no faster, and reads prompts of several batches faster;
 * tensor parallelism divides the bytes and adds the time that the cards take to agree; what stands
 * in system memory is read at its bandwidth, so that the times add up. Every share is a row of
 * {@code facts/policy.json}, fitted to published measurements.
 */
public final class Speed {

  private Speed() {}

  /** Memory and speed of a workload on so many cards. */
  public static Sizing size(
      String cards,
      Gpu gpu,
      int count,
      Workload workload,
      Requirement requirement,
      PolicyFigures figures) {
    long[] available =
        Memory.availableBytes(
            gpu.vramGib(), count, requirement.engine(), requirement.headless(), figures);
    Placement placement =
        Placement.of(workload, gpu.id(), available, requirement.engine(), figures);
    long weights = workload.weightsBytes();
    long kvCache = workload.kvCacheBytes();
    long need = placement.needBytes();
    long all = 0;
    long missing = 0;
    for (CardLoad card : placement.cards()) {
      all += card.availableBytes();
      missing += card.missingBytes();
    }
    Rates rates =
        workload.largest() == null
            ? Rates.UNKNOWN
            : rates(gpu, count, workload.largest(), requirement, placement, missing, figures);
    return new Sizing(
        cards,
        gpu.id(),
        count,
        weights,
        kvCache,
        need - weights - kvCache,
        need,
        all,
        rates.one(),
        rates.all(),
        rates.prompt(),
        rates.first(),
        rates.last(),
        placement.split(),
        rates.full(),
        placement.cards());
  }

  /** The same, named as answers name cards. */
  public static Sizing size(
      Gpu gpu, int count, Workload workload, Requirement requirement, PolicyFigures figures) {
    return size(Candidate.cards(gpu.id(), count), gpu, count, workload, requirement, figures);
  }

  private record Rates(
      Double one, Double all, Double prompt, Double first, Double last, Double full) {
    static final Rates UNKNOWN = new Rates(null, null, null, null, null, null);
  }

  private static Rates rates(
      Gpu gpu,
      int count,
      ModelNeed model,
      Requirement requirement,
      Placement placement,
      long missing,
      PolicyFigures figures) {
    Double bandwidth = usableBandwidth(gpu, figures);
    if (missing > 0) {
      Double mixed =
          bandwidth == null || requirement.engine() != Engine.LLAMA_CPP
              ? null
              : (Double) (1 / offloadedSeconds(model, missing, bandwidth, figures));
      return new Rates(mixed, mixed, null, null, null, null);
    }
    double parallel =
        switch (placement.split()) {
          case NONE -> 1;
          case LAYERS -> pipelined(count, requirement.promptTokens(), figures);
          case TENSOR -> count;
        };
    Double prompt =
        tensorTflops(gpu) == null
            ? null
            : (Double)
                (parallel
                    * promptTokensPerSecond(
                        model, tensorTflops(gpu), requirement.promptTokens(), figures));
    if (bandwidth == null) {
      return new Rates(null, null, prompt, null, null, null);
    }
    Steps steps = new Steps(model, gpu, bandwidth, requirement, placement, figures);
    int users = requirement.users();
    double one = steps.seconds(1, model.readBytes(), model.kvReadBytes());
    double together = steps.seconds(users, model.allReadBytes(), model.kvReadBytes());
    double full = steps.seconds(1, model.readBytes(), model.kvFullReadBytes());
    if (prompt == null) {
      return new Rates(1 / one, users / together, null, null, null, 1 / full);
    }
    double own = users == 1 ? 0 : users * multiplied(requirement) / prompt;
    double prompts = requirement.promptTokens() / prompt;
    return new Rates(
        1 / one, users / (together + own), prompt, prompts + one, users * prompts + one, 1 / full);
  }

  /**
   * Tokens that are multiplied for each token of an answer: itself, and its share of the prompt.
   */
  private static double multiplied(Requirement requirement) {
    return 1 + (double) requirement.promptTokens() / requirement.answerTokens();
  }

  /** The bandwidth that decoding reaches, 10^9 bytes a second; null where none is known. */
  public static Double usableBandwidth(Gpu gpu, PolicyFigures figures) {
    if (gpu.bandwidthGbPerSecond() == null) {
      return null;
    }
    double share =
        stacked(gpu) ? figures.decodeStackedMemoryShare() : figures.decodeBandwidthShare();
    double cuda = gpu.vendor() == Vendor.NVIDIA ? 1 : figures.decodeShareWithoutCuda();
    return gpu.bandwidthGbPerSecond() * share * cuda;
  }

  /** High-bandwidth memory: stacks beside the processor, wider and slower than GDDR. */
  private static boolean stacked(Gpu gpu) {
    return gpu.memoryType() != null && gpu.memoryType().startsWith("HBM");
  }

  private static Double tensorTflops(Gpu gpu) {
    return gpu.fp16TensorTflops() != null ? gpu.fp16TensorTflops() : gpu.fp32Tflops();
  }

  /** What one token of each session takes. */
  private record Steps(
      ModelNeed model,
      Gpu gpu,
      double usableGbPerSecond,
      Requirement requirement,
      Placement placement,
      PolicyFigures figures) {

    double seconds(int sessions, long weightsBytes, long kvBytes) {
      int cards = placement.cards().size();
      boolean tensor = placement.split() == Split.TENSOR;
      double layer =
          figures.decodeSecondsPerLayer() + (tensor ? figures.tensorParallelSecondsPerLayer() : 0);
      double crossings =
          placement.split() == Split.LAYERS ? (cards - 1) * figures.layerSplitSecondsPerCard() : 0;
      double perSecond = 1e9 * (tensor ? cards : 1);
      double kvPerSecond =
          requirement.engine() == Engine.VLLM
              ? usableGbPerSecond
              : Math.min(
                  usableGbPerSecond, gpu.bandwidthGbPerSecond() * figures.decodeKvBandwidthShare());
      return weightsBytes / (usableGbPerSecond * perSecond)
          + sessions * kvBytes / (kvPerSecond * perSecond)
          + model.layers() * layer
          + crossings;
    }
  }

  /** Seconds for one token where so many bytes of the model are read from system memory. */
  static double offloadedSeconds(
      ModelNeed model, long missingBytes, double usableGbPerSecond, PolicyFigures figures) {
    double outside = Math.min(1, (double) missingBytes / model.bytes());
    double bytes = model.readBytes() + (double) model.kvReadBytes();
    double system = figures.systemMemoryGbPerSecond() * figures.decodeBandwidthShare();
    return bytes * (1 - outside) / (usableGbPerSecond * 1e9)
        + bytes * outside / (system * 1e9)
        + model.layers() * figures.decodeSecondsPerLayer();
  }

  /**
   * How much faster cards that hold layers read a prompt than one would: while one works on a
   * batch, the next works on the batch before, as far as the prompt has batches. A share of that is
   * reached.
   */
  private static double pipelined(int cards, int promptTokens, PolicyFigures figures) {
    double batches = Math.max(1, promptTokens / (double) KvCache.BATCH_TOKENS);
    double ideal = cards * batches / (batches + cards - 1);
    return 1 + figures.prefillPipelineShare() * (ideal - 1);
  }

  /** Prompt tokens a second, for prompts of so many tokens. */
  static double promptTokensPerSecond(
      ModelNeed model, double tflops, int promptTokens, PolicyFigures figures) {
    double matrices = 2 * model.readParamsB() * 1e9 / figures.prefillTensorShare();
    double attention =
        4 * model.attentionWidth() * promptTokens / 2.0 / figures.prefillAttentionShare();
    return tflops * 1e12 / (matrices + attention);
  }
}
