package dev.rigwright.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.facts.Canonical;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A decision's id: made from its content, title and free text aside. */
final class DecisionId {

  private DecisionId() {}

  static Decision with(Decision d) {
    ObjectNode content = (ObjectNode) DecisionJson.tree(d);
    content.remove("decisionId");
    content.remove("title");
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Canonical.bytes(content));
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
