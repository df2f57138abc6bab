package dev.rigwright.web;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** Registers what is answered at a path. */
public final class Paths {

  private final JavalinConfig config;

  /** Paths of a server that is being made. */
  public Paths(JavalinConfig config) {
    this.config = config;
  }

  /** Answers GET, and HEAD with the same headers. */
  public void get(String path, Handler handler) {
    config.routes.get(path, handler);
    config.routes.head(path, handler);
  }

  /** Answers POST. */
  public void post(String path, Handler handler) {
    config.routes.post(path, handler);
  }

  /**
   * Says what names the content of an answer, and ends it if whoever asks has that already.
   *
   * @param fingerprint another one for other content
   * @return whether they have it
   */
  public static boolean known(Context http, String fingerprint) {
    // Weak, as the bytes on the wire may be packed or not.
    String tag = "W/\"" + fingerprint.replace("sha256:", "") + "\"";
    http.header("ETag", tag);
    http.header("Cache-Control", "private, no-cache");
    String asked = http.header("If-None-Match");
    if (asked == null) {
      return false;
    }
    for (String one : asked.split(",")) {
      String plain = one.strip();
      if (plain.equals("*") || plain.equals(tag) || ("W/" + plain).equals(tag)) {
        http.status(304);
        return true;
      }
    }
    return false;
  }
}
