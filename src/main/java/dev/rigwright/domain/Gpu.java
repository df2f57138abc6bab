package dev.rigwright.domain;

import java.time.LocalDate;
import java.util.List;

/**
 * A graphics card as its maker specifies it. What is not known is null, never zero.
 *
 * @param id catalogue id, such as {@code rtx-3090}
 * @param vramGib what the maker calls GB: 2^30 bytes each
 * @param bandwidthGbPerSecond memory bandwidth, 10^9 bytes a second
 * @param fp16TensorTflops dense FP16 rate of the tensor cores, 10^12 operations a second
 * @param tdpWatts board power
 * @param makerPsuWatts power supply that the maker recommends for a machine with one card
 * @param slots width in slots of 20.32 mm
 * @param connectors power sockets, as {@link Connectors#parse} reads them
 * @param confidence how sure the row is; low is marked in answers
 */
public record Gpu(
    String id,
    String name,
    List<String> aliases,
    Vendor vendor,
    Segment segment,
    String series,
    String architecture,
    Integer vramGib,
    Double bandwidthGbPerSecond,
    String memoryType,
    Boolean tensorCores,
    Double fp16TensorTflops,
    Double fp16TensorFp32AccTflops,
    Double fp16VectorTflops,
    Double fp32Tflops,
    Double int8Tops,
    Integer tdpWatts,
    Integer makerPsuWatts,
    Confidence makerPsuConfidence,
    Double slots,
    Integer lengthMm,
    String connectors,
    Double computeCapability,
    String busInterface,
    FormFactor formFactor,
    Boolean passive,
    Integer launchUsd,
    String launchSource,
    LocalDate releasedOn,
    Confidence confidence,
    String note,
    String source,
    String asOf) {

  public Gpu {
    Checks.text("id of a gpu", id);
    Checks.range("vramGib", vramGib, id, 1, 1024, "Maybe it was entered in MiB.");
    Checks.range("tdpWatts", tdpWatts, id, 10, 2000, "Maybe it is another unit.");
    Checks.range("makerPsuWatts", makerPsuWatts, id, 200, 3000, "Maybe it is another unit.");
    Checks.range(
        "bandwidthGbPerSecond", bandwidthGbPerSecond, id, 10, 20000, "Maybe it is in Gbit/s.");
    Checks.range("lengthMm", lengthMm, id, 50, 600, "Maybe it was entered in inches.");
    aliases = aliases == null ? List.of() : List.copyOf(aliases);
    if (connectors != null) {
      Connectors.parse(connectors, id);
    }
  }

  /** The power sockets; null where they are not known. */
  public Connectors sockets() {
    return connectors == null ? null : Connectors.parse(connectors, id);
  }

  /** What stands in answers: the name with its memory, as in {@code RTX 3090 24 GB}. */
  public String label() {
    String plain = name.replace("GeForce ", "").replace("Radeon ", "").replace(" Generation", "");
    return vramGib == null || endsInMemory(plain) ? plain : plain + " " + vramGib + " GB";
  }

  /** Whether a name ends in a number of {@code GB}. */
  private static boolean endsInMemory(String name) {
    if (!name.endsWith(" GB")) {
      return false;
    }
    int end = name.length() - " GB".length();
    int digits = end;
    while (digits > 0 && Character.isDigit(name.charAt(digits - 1))) {
      digits--;
    }
    return digits < end && (digits == 0 || !Character.isLetter(name.charAt(digits - 1)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Gpu gpu && gpu.id.equals(id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }
}
