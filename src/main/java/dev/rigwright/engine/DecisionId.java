package dev.rigwright.engine;

import dev.rigwright.domain.Fingerprint;

/** A decision's id: made from its content, title and free text aside. */
final class DecisionId {

  private DecisionId() {}

  static String of(Decision decision) {
    return "d-" + Fingerprint.sha256(DecisionJson.fingerprinted(decision)).substring(0, 16);
  }
}
