package dev.rigwright.engine;

import dev.rigwright.domain.Fingerprint;

/** A decision's id: made from its content, what the requirement is called aside. */
public final class DecisionId {

  private DecisionId() {}

  /** The id of a decision of which this is {@link DecisionJson#content}. */
  public static String of(byte[] content) {
    return ofHash(Fingerprint.sha256(content));
  }

  /** The id of a decision whose content has this SHA-256, in hexadecimal digits. */
  static String ofHash(String sha256) {
    return "d-" + sha256.substring(0, 16);
  }
}
