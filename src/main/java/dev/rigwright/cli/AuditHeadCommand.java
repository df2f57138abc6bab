package dev.rigwright.cli;

import dev.rigwright.audit.DecisionLog;
import dev.rigwright.audit.Recorded;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.report.LogReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the hash of the newest record, to be kept where the log is not. */
@Command(
    name = "head",
    description = "Prints the newest record's hash, to keep elsewhere for audit verify --head.",
    mixinStandardHelpOptions = true)
final class AuditHeadCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private LogOptions options;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private TextOrJson format;

  @Override
  public Integer call() {
    try (DecisionLog log = options.read()) {
      Recorded head =
          log.head()
              .orElseThrow(
                  () ->
                      new BadInputException(
                          "",
                          "Nothing is recorded in %s yet. Maybe another log was meant; name it with --log."
                              .formatted(log.file())));
      spec.commandLine()
          .getOut()
          .println(format == TextOrJson.JSON ? LogReport.brief(head).toString() : head.hash());
    }
    return ExitCode.DONE;
  }
}
