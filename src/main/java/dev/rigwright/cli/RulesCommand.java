package dev.rigwright.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The rule author's bench: one small class a subcommand. */
@Command(
    name = "rules",
    description = "Checks, tries, compares and shows the rules.",
    mixinStandardHelpOptions = true,
    subcommands = {
      RulesCheckCommand.class,
      RulesCoverageCommand.class,
      RulesDiffCommand.class,
      RulesDocsCommand.class,
      RulesFmtCommand.class,
      RulesGraphCommand.class,
      RulesListCommand.class,
      RulesMutateCommand.class,
      RulesNewCommand.class,
      RulesShowCommand.class,
      RulesTestCommand.class,
    },
    synopsisSubcommandLabel = "COMMAND")
final class RulesCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Say what to do with the rules: one of the commands below.");
  }
}
