package dev.rigwright.audit;

/**
 * The decision log cannot be read or written: the disk is full, a folder is closed, a file broken.
 */
public final class LogException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean damaged;

  /** What failed, where, and the next step. */
  public LogException(String message) {
    super(message);
    this.damaged = false;
  }

  /** What failed, where, and the next step, with what said so. */
  public LogException(String message, Throwable cause) {
    this(message, cause, false);
  }

  LogException(String message, Throwable cause, boolean damaged) {
    super(message, cause);
    this.damaged = damaged;
  }

  /** Whether the file itself is not as it was written, so that nothing in it is proven. */
  public boolean damaged() {
    return damaged;
  }
}
