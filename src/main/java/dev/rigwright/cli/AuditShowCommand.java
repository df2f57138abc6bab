package dev.rigwright.cli;

import dev.rigwright.audit.DecisionLog;
import dev.rigwright.audit.Recorded;
import dev.rigwright.report.LogReport;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows a record: what was asked, answered, and with what. */
@Command(
    name = "show",
    description = "Shows a recorded decision: what was asked, answered, and with which rules.",
    mixinStandardHelpOptions = true)
final class AuditShowCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private DecisionOptions asked;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private TextOrJson format;

  @Override
  public Integer call() {
    try (DecisionLog log = asked.read()) {
      List<Recorded> found = asked.in(log);
      Recorded last = found.get(found.size() - 1);
      long times = found.stream().filter(one -> one.decisionId().equals(last.decisionId())).count();
      spec.commandLine()
          .getOut()
          .println(
              (format == TextOrJson.JSON ? LogReport.json(last) : LogReport.text(last, (int) times))
                  .stripTrailing());
    }
    return ExitCode.DONE;
  }
}
