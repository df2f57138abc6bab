package dev.rigwright.engine;

import dev.rigwright.domain.Fingerprint;
import java.util.Arrays;

/**
 * What a decision's id is made from, as {@link DecisionJson#content} says, written and hashed once:
 * who records the decision takes it from here.
 */
public final class DecisionContent {

  private final byte[] json;
  private final String sha256;

  DecisionContent(byte[] json) {
    this.json = json;
    this.sha256 = Fingerprint.sha256(json);
  }

  /** The canonical JSON; it is not to be changed. */
  byte[] json() {
    return json;
  }

  /** The 64 hexadecimal digits of its SHA-256. */
  public String sha256() {
    return sha256;
  }

  String decisionId() {
    return DecisionId.ofHash(sha256);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DecisionContent content && Arrays.equals(json, content.json);
  }

  @Override
  public int hashCode() {
    return sha256.hashCode();
  }

  @Override
  public String toString() {
    return decisionId();
  }
}
