package dev.rigwright.engine;

import dev.rigwright.domain.Fingerprint;

/** A decision's id: made from its content, what the requirement is called aside. */
public final class DecisionId {

  private DecisionId() {}

  static String of(Decision decision) {
    return of(DecisionJson.content(decision));
  }

  /** The id of a decision of which this is {@link DecisionJson#content}. */
  public static String of(byte[] content) {
    return "d-" + Fingerprint.sha256(content).substring(0, 16);
  }
}
