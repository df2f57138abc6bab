package dev.rigwright.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The decision log: one small class a subcommand. */
@Command(
    name = "audit",
    description = "Verifies, lists, shows and exports recorded decisions.",
    mixinStandardHelpOptions = true,
    subcommands = {
      AuditVerifyCommand.class,
      AuditHeadCommand.class,
      AuditListCommand.class,
      AuditShowCommand.class,
      AuditSearchCommand.class,
      AuditExportCommand.class
    },
    synopsisSubcommandLabel = "COMMAND")
final class AuditCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Say what to do with the decision log: one of the commands below.");
  }
}
