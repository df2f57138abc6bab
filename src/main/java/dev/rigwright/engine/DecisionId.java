package dev.rigwright.engine;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A decision's id: made from its content, title and free text aside. */
final class DecisionId {

  private DecisionId() {}

  static Decision with(Decision d) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(DecisionJson.fingerprinted(d));
      return new Decision(
          "d-" + HexFormat.of().formatHex(digest, 0, 8),
          d.requirementId(),
          d.title(),
          d.asOf(),
          d.policy(),
          d.rulebook(),
          d.facts(),
          d.verdict(),
          d.tier(),
          d.guidePick(),
          d.recommendation(),
          d.alternatives(),
          d.warnings(),
          d.exclusions(),
          d.conflicts(),
          d.relaxations(),
          d.advice(),
          d.assumptions(),
          d.requirement(),
          d.proof());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
