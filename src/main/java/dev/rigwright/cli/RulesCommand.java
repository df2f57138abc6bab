package dev.rigwright.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The rule author's bench. */
@Command(
    name = "rules",
    description = "The rule author's bench.",
    mixinStandardHelpOptions = true,
    subcommands = RulesCheckCommand.class,
    synopsisSubcommandLabel = "COMMAND")
final class RulesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
