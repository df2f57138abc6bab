package dev.rigwright.web;

import io.javalin.http.Context;

/** Who asks. */
final class Access {

  private static final String CLIENT = "rigwright.client";

  private Access() {}

  /**
   * Whose share of the waiting room a request takes: the name of its token, else the address that
   * it came from; null on loopback, where everybody is behind one address.
   */
  static String client(Context http) {
    return http.attribute(CLIENT);
  }

  /** Remembers who asks. */
  static void client(Context http, String name) {
    http.attribute(CLIENT, name);
  }
}
