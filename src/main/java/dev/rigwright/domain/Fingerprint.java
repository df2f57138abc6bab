package dev.rigwright.domain;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** SHA-256 (FIPS 180-4) of contents, so that equal names mean equal contents. */
public final class Fingerprint {

  private Fingerprint() {}

  /** The 64 hexadecimal digits of a content. */
  public static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      // Every Java platform has to have it.
      throw new IllegalStateException(impossible);
    }
  }

  /** The fingerprint of a content: {@code sha256:} and its digits. */
  public static String of(byte[] content) {
    return "sha256:" + sha256(content);
  }

  /**
   * One fingerprint of several files, {@code sha256:} before its digits: of each name and content
   * with a zero byte behind it, so that nothing moves from one to the next unseen.
   *
   * @param contents by their names, in an order that is always the same
   */
  public static String ofFiles(Map<String, byte[]> contents) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    contents.forEach(
        (name, content) -> {
          all.writeBytes(name.getBytes(StandardCharsets.UTF_8));
          all.write(0);
          all.writeBytes(content);
          all.write(0);
        });
    return of(all.toByteArray());
  }
}
