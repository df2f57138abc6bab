package dev.rigwright.cli;

import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/** Says on standard error what a command that takes seconds is at. */
final class Steps {

  private Steps() {}

  static Consumer<String> to(CommandSpec spec) {
    return what -> spec.commandLine().getErr().println("Looking at " + what + " ...");
  }
}
