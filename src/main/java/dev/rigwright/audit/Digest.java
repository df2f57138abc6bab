package dev.rigwright.audit;

import dev.rigwright.domain.Fingerprint;

/** Hashes as the log writes them. */
final class Digest {

  /** What stands where the record before the first would. */
  static final String NONE = "sha256:" + "0".repeat(64);

  private Digest() {}

  /** The SHA-256 of some bytes, as {@code sha256:} and 64 digits. */
  static String of(byte[] bytes) {
    return Fingerprint.of(bytes);
  }

  /** The same for the 64 digits of a SHA-256. */
  static String ofHash(String sha256) {
    return "sha256:" + sha256;
  }
}
