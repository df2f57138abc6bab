package dev.rigwright.web;

import io.javalin.config.JavalinConfig;
import java.util.Optional;

/** A part of the server: what it answers, and where. */
public interface Routes {

  /**
   * Registers its paths.
   *
   * @param services what its answers are made with
   */
  void add(JavalinConfig config, Services services);

  /** A problem as a page, for who asked for HTML; nothing where this part has no pages. */
  default Optional<String> page(Problem problem) {
    return Optional.empty();
  }
}
