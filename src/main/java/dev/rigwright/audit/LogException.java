package dev.rigwright.audit;

/**
 * The decision log cannot be read or written: the disk is full, a folder is closed, a file broken.
 */
public final class LogException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What failed, where, and the next step. */
  public LogException(String message) {
    super(message);
  }

  /** What failed, where, and the next step, with what said so. */
  public LogException(String message, Throwable cause) {
    super(message, cause);
  }
}
