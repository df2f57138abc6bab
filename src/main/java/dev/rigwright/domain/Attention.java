package dev.rigwright.domain;

/** Which layers keep a KV cache, and how much of the context. */
public enum Attention implements Word {
  /** Every layer keeps the whole context. */
  FULL("full"),
  /** Every layer keeps a window. */
  SLIDING("sliding"),
  /** Some layers keep a window, the others all. */
  ALTERNATING("alternating"),
  /** Latent attention: one compressed vector a token and layer. */
  MLA("mla"),
  /** Some layers keep no cache. */
  HYBRID("hybrid"),
  /** Not known, therefore not estimated. */
  UNKNOWN("unknown");

  private final String word;

  Attention(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }

  @Override
  public String toString() {
    return word;
  }
}
