package dev.rigwright.web.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Documents that carry their style in themselves. */
final class Inline {

  private static final Pattern STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);

  private Inline() {}

  /** A policy that lets a document have its own style, named by its hash, and nothing else. */
  static String policy(String document) {
    StringBuilder styles = new StringBuilder();
    Matcher style = STYLE.matcher(document);
    while (style.find()) {
      styles.append(" 'sha256-").append(hash(style.group(1))).append('\'');
    }
    return "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src"
        + (styles.isEmpty() ? " 'none'" : styles);
  }

  private static String hash(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
