package dev.rigwright.cli;

import dev.rigwright.audit.LogException;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.FactsException;
import dev.rigwright.rulebook.RulebookException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The tree of commands. */
@Command(
    name = "rigwright",
    description = "Which hardware to buy for local AI, why, and why not something else.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      AdviseCommand.class,
      BatchCommand.class,
      FitCommand.class,
      ModelsCommand.class,
      GpusCommand.class,
      AccuracyCommand.class,
      PricesCommand.class,
      ClaimsCommand.class,
      RulesCommand.class,
      WhyCommand.class,
      WhyNotCommand.class,
      WhatIfCommand.class,
      ReplayCommand.class,
      WhatWouldCommand.class,
      MarginsCommand.class,
      AuditCommand.class
    },
    synopsisSubcommandLabel = "COMMAND")
public final class Main {

  private Main() {}

  /** Runs a command of this package. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return run(out, err, List.of(), args);
  }

  /**
   * Runs a command.
   *
   * @param others commands that this package does not know
   * @return the exit code
   */
  public static int run(PrintWriter out, PrintWriter err, List<?> others, String... args) {
    CommandLine line = new CommandLine(new Main());
    others.forEach(line::addSubcommand);
    line.setOut(out);
    line.setErr(err);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    line.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
    return args.length == 0 ? usage(line) : line.execute(args);
  }

  private static int usage(CommandLine line) {
    line.usage(line.getErr());
    return ExitCode.USAGE;
  }

  private static int failed(Exception failure, CommandLine command) throws Exception {
    PrintWriter err = command.getErr();
    if (failure instanceof FactsException || failure instanceof RulebookException) {
      err.println(failure.getMessage());
      return ExitCode.BROKEN;
    }
    if (failure instanceof BadInputException) {
      err.println(failure.getMessage());
      return ExitCode.USAGE;
    }
    if (failure instanceof LogException
        || failure instanceof UncheckedIOException
        || failure instanceof IOException) {
      err.println(failure.getMessage());
      return ExitCode.ENVIRONMENT;
    }
    throw failure;
  }
}
