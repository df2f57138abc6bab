package dev.rigwright.cli;

import dev.rigwright.audit.DecisionLog;
import dev.rigwright.audit.LogPlace;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which decision log is meant. */
public final class LogOptions {

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description =
          "The decision log. Default: RIGWRIGHT_LOG, else decisions.sqlite in your data folder.")
  private Path file;

  /** Where the log lies. */
  public Path file() {
    return file != null ? file : usual();
  }

  /** Where the log lies unless somebody says otherwise. */
  static Path usual() {
    return LogPlace.of(
        System.getenv(), System.getProperty("os.name"), Path.of(System.getProperty("user.home")));
  }

  /**
   * The log, to read.
   *
   * @throws dev.rigwright.facts.BadInputException if there is none
   * @throws dev.rigwright.audit.LogException if it cannot be read
   */
  DecisionLog read() {
    return DecisionLog.read(file());
  }
}
