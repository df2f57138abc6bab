package dev.rigwright.cli;

import dev.rigwright.audit.DecisionLog;
import dev.rigwright.audit.Filter;
import dev.rigwright.audit.Recorded;
import dev.rigwright.report.LogReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists records, the oldest first. */
@Command(
    name = "list",
    description = "Lists recorded decisions: number, time, id, outcome, requirement.",
    mixinStandardHelpOptions = true)
final class AuditListCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private LogOptions options;
  @Mixin private FilterOptions filter;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private TextOrJson format;

  @Override
  public Integer call() {
    list(spec, options, filter, List.of(), format);
    return ExitCode.DONE;
  }

  /** Prints the records that are wanted; that there is none is said on standard error. */
  static void list(
      CommandSpec spec,
      LogOptions options,
      FilterOptions asked,
      List<String> words,
      TextOrJson format) {
    PrintWriter out = spec.commandLine().getOut();
    Filter filter = asked.filter(words);
    try (DecisionLog log = options.read()) {
      long[] found = {0};
      if (format == TextOrJson.JSON) {
        List<Recorded> records = filter.of(log);
        found[0] = records.size();
        out.println(LogReport.briefs(records).stripTrailing());
      } else {
        filter.each(
            log,
            recorded -> {
              found[0]++;
              out.println(LogReport.line(recorded));
            });
      }
      if (found[0] == 0) {
        NothingFound.say(spec, log, filter, asked.written(words));
      }
    }
  }
}
