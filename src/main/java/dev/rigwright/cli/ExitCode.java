package dev.rigwright.cli;

/** The exit codes of all commands. */
final class ExitCode {

  /** Done. */
  static final int DONE = 0;

  /** Done, with a negative result. */
  static final int NEGATIVE = 1;

  /** Wrong usage or bad input. */
  static final int USAGE = 2;

  /** Rules or facts on disk are broken. */
  static final int BROKEN = 3;

  /** The environment failed. */
  static final int ENVIRONMENT = 4;

  private ExitCode() {}
}
