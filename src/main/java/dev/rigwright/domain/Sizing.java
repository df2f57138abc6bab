package dev.rigwright.domain;

/**
 * What the estimates say of a workload on a set of cards. Bytes, seconds and watts, no verdict.
 *
 * @param cards {@code rtx-4090} or {@code 2x rtx-4090}
 * @param needBytes weights, KV cache and overhead
 * @param availableBytes memory of the cards less what a display and an engine leave free
 * @param tokensPerSecond decoding for one session; null where the bandwidth is unknown
 * @param totalTokensPerSecond decoding for all sessions together
 * @param promptTokensPerSecond prompt processing; null where the compute rate is unknown
 * @param firstTokenSeconds until one session sees its first token
 * @param lastFirstTokenSeconds the same for the last of all sessions that start at once
 */
public record Sizing(
    String cards,
    String gpu,
    int count,
    long weightsBytes,
    long kvCacheBytes,
    long overheadBytes,
    long needBytes,
    long availableBytes,
    Double tokensPerSecond,
    Double totalTokensPerSecond,
    Double promptTokensPerSecond,
    Double firstTokenSeconds,
    Double lastFirstTokenSeconds) {

  /** Need in 2^30 bytes. */
  public double needGib() {
    return needBytes / 0x1p30;
  }

  /** Available memory in 2^30 bytes. */
  public double availableGib() {
    return availableBytes / 0x1p30;
  }

  /** What is left over, in percent of what is available; negative where it does not fit. */
  public double marginPercent() {
    return 100.0 * (availableBytes - needBytes) / availableBytes;
  }

  /** Memory left over; negative where it does not fit. */
  public long leftBytes() {
    return availableBytes - needBytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sizing sizing
        && sizing.cards.equals(cards)
        && sizing.needBytes == needBytes
        && sizing.availableBytes == availableBytes;
  }

  @Override
  public int hashCode() {
    return cards.hashCode();
  }
}
