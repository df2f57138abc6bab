package dev.rigwright;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The application: the command line, and the server beside it, which know nothing of each other.
 */
public final class Main {

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    int code =
        dev.rigwright.cli.Main.run(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            List.of(new ServeCommand()),
            args);
    System.exit(code);
  }
}
