package dev.rigwright.engine;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A decision's id: made from its content, what the requirement is called aside. */
public final class DecisionId {

  private DecisionId() {}

  static String of(Decision decision) {
    return of(DecisionJson.content(decision));
  }

  /** The id of a decision of which this is {@link DecisionJson#content}. */
  public static String of(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return "d-" + HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
