package dev.rigwright.facts;

import java.nio.file.Path;

/** A file of facts on disk cannot be used. The message begins with file, line and column. */
public final class FactsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  FactsException(Path file, int line, int column, String message) {
    super("%s:%d:%d: %s".formatted(file, Math.max(line, 1), Math.max(column, 1), message));
  }
}
