package dev.rigwright.engine;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A decision's id: made from its content, title and free text aside. */
final class DecisionId {

  private DecisionId() {}

  static String of(Decision decision) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(DecisionJson.fingerprinted(decision));
      return "d-" + HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
