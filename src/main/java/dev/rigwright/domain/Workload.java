package dev.rigwright.domain;

import java.util.Comparator;
import java.util.List;

/**
 * All that the machine must hold at once.
 *
 * @param models the largest first
 * @param users sessions that share the memory
 */
public record Workload(List<ModelNeed> models, int users) {

  public Workload {
    models =
        models.stream()
            .sorted(
                Comparator.comparingDouble(ModelNeed::paramsB)
                    .reversed()
                    .thenComparing(ModelNeed::modelId)
                    .thenComparing(ModelNeed::weightsBytes))
            .toList();
  }

  /** Weights of all models on the cards. */
  public long weightsBytes() {
    long bytes = 0;
    for (ModelNeed model : models) {
      bytes += model.onCpu() ? 0 : model.weightsBytes();
    }
    return bytes;
  }

  /** KV cache of all models and sessions. */
  public long kvCacheBytes() {
    long bytes = 0;
    for (ModelNeed model : models) {
      bytes += model.kvCacheBytes();
    }
    return bytes;
  }

  /** Bytes of all models' files, whichever memory they go into. */
  public long fileBytes() {
    return models.stream().mapToLong(ModelNeed::weightsBytes).sum();
  }

  /** The language model with the most parameters; null where there is none. */
  public ModelNeed largest() {
    ModelNeed largest = null;
    for (ModelNeed model : models) {
      if (model.role() == Role.LLM && (largest == null || model.paramsB() > largest.paramsB())) {
        largest = model;
      }
    }
    return largest;
  }

  /** Parameters of the largest language model, 10^9; 0 where there is none. */
  public double sizeB() {
    return largest() == null ? 0 : largest().paramsB();
  }
}
