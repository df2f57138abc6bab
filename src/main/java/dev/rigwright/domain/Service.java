package dev.rigwright.domain;

import java.util.List;
import java.util.Map;

/**
 * Something that shares the machine with a language model: speech, embeddings, reranking.
 *
 * @param memoryGib memory to plan with, 2^30 bytes; null where nobody published it
 * @param onCpu whether it is usable without a graphics card; null where unknown
 */
public record Service(
    String id,
    String name,
    List<String> aliases,
    String role,
    Double memoryGib,
    String runtime,
    String memoryBasis,
    Boolean onCpu,
    Double paramsM,
    List<Map<String, Object>> variants,
    Confidence confidence,
    String note,
    String source,
    String asOf) {

  public Service {
    Checks.text("id of a service", id);
    Checks.range("memoryGib", memoryGib, id, 0.001, 1024, "Maybe it was entered in MiB.");
    aliases = aliases == null ? List.of() : List.copyOf(aliases);
    variants = variants == null ? List.of() : List.copyOf(variants);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Service service && service.id.equals(id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }
}
