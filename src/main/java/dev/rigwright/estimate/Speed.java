package dev.rigwright.estimate;

import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.ModelNeed;
import dev.rigwright.domain.PolicyFigures;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Sizing;
import dev.rigwright.domain.Vendor;
import dev.rigwright.domain.Workload;

/**
 * How fast models answer. Tokens a second and seconds; whether that is too slow is a rule's
 * judgement.
 *
 * <p>Decoding reads all active weights and the session's KV cache once a token, so it takes their
 * bytes over the usable memory bandwidth, and a fixed time a layer. Prompt processing multiplies
 * matrices: two operations a parameter and token over the usable tensor rate. The constants are
 * fitted to published llama.cpp measurements; see {@code facts/policy.json}. A model split over
 * cards by layers decodes no faster than on one, and that is what is assumed of every split.
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
    long weights = workload.weightsBytes();
    long kvCache = workload.kvCacheBytes();
    long overhead = Memory.overheadBytes(count, figures);
    Double one = null;
    Double all = null;
    Double prompt = null;
    Double first = null;
    Double last = null;
    ModelNeed model = workload.largest();
    if (model != null) {
      Double bandwidth = usableBandwidth(gpu, figures);
      Double tflops = gpu.fp16TensorTflops() != null ? gpu.fp16TensorTflops() : gpu.fp32Tflops();
      prompt = tflops == null ? null : promptTokensPerSecond(model, tflops, figures);
      if (bandwidth != null) {
        one = 1 / secondsPerStep(model, 1, bandwidth, figures);
        double step = secondsPerStep(model, requirement.users(), bandwidth, figures);
        double compute = prompt == null ? 0 : requirement.users() / prompt;
        all = requirement.users() / Math.max(step, compute);
      }
      if (one != null && prompt != null) {
        first = requirement.promptTokens() / prompt + 1 / one;
        last = (double) requirement.users() * requirement.promptTokens() / prompt + 1 / one;
      }
    }
    return new Sizing(
        cards,
        gpu.id(),
        count,
        weights,
        kvCache,
        overhead,
        weights + kvCache + overhead,
        Memory.availableBytes(
            gpu.vramGib(), count, requirement.engine(), requirement.headless(), figures),
        one,
        all,
        prompt,
        first,
        last);
  }

  /** The bandwidth that decoding reaches, 10^9 bytes a second; null where none is known. */
  static Double usableBandwidth(Gpu gpu, PolicyFigures figures) {
    if (gpu.bandwidthGbPerSecond() == null) {
      return null;
    }
    double cuda = gpu.vendor() == Vendor.NVIDIA ? 1 : figures.decodeShareWithoutCuda();
    return gpu.bandwidthGbPerSecond() * figures.decodeBandwidthShare() * cuda;
  }

  /** Seconds for one token of each of so many sessions. */
  static double secondsPerStep(
      ModelNeed model, int sessions, double usableGbPerSecond, PolicyFigures figures) {
    double bytes = model.readBytes() + (double) sessions * model.kvReadBytes();
    return bytes / (usableGbPerSecond * 1e9) + model.layers() * figures.decodeSecondsPerLayer();
  }

  /** Prompt tokens a second. */
  static double promptTokensPerSecond(ModelNeed model, double tflops, PolicyFigures figures) {
    return tflops * 1e12 * figures.prefillTensorShare() / (2 * model.readParamsB() * 1e9);
  }
}
