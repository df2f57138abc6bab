package dev.rigwright.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether and where decisions are recorded. */
public final class RecordingOptions {

  @Mixin private LogOptions log;

  @Option(names = "--no-log", description = "Do not record the decisions.")
  private boolean none;

  @Option(
      names = "--redact",
      description =
          "Keep out of the log what was written freely: the requirement's title and id, and the words used for models and cards.")
  private boolean redacted;

  /** Whether what was written freely stays out of the log. */
  public boolean redacted() {
    return redacted;
  }

  /** Where decisions are recorded; null where they are not. */
  public Path file() {
    return none ? null : log.file();
  }

  /** A recorder as the options want it. */
  Recorder recorder(PrintWriter err) {
    return new Recorder(file(), err);
  }
}
