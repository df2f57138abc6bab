package dev.rigwright.cli;

/** The exit codes of all commands. */
public final class ExitCode {

  /** Done. */
  public static final int DONE = 0;

  /** Done, with a negative result. */
  public static final int NEGATIVE = 1;

  /** Wrong usage or bad input. */
  public static final int USAGE = 2;

  /** Rules or facts on disk are broken. */
  public static final int BROKEN = 3;

  /** The environment failed. */
  public static final int ENVIRONMENT = 4;

  private ExitCode() {}
}
