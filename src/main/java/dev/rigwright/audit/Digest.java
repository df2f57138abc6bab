package dev.rigwright.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Fingerprints of bytes. */
final class Digest {

  /** What stands where the record before the first would. */
  static final String NONE = "sha256:" + "0".repeat(64);

  private Digest() {}

  /** The SHA-256 of some bytes, as {@code sha256:} and 64 digits. */
  static String of(byte[] bytes) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
