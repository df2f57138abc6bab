package dev.rigwright.cli;

import dev.rigwright.audit.DecisionLog;
import dev.rigwright.audit.Filter;
import dev.rigwright.facts.Names;
import dev.rigwright.report.LogReport;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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

  /** Prints the records that are wanted; what else there would be is said on standard error. */
  static void list(
      CommandSpec spec,
      LogOptions options,
      FilterOptions filter,
      List<String> words,
      TextOrJson format) {
    PrintWriter out = spec.commandLine().getOut();
    try (DecisionLog log = options.read()) {
      if (format == TextOrJson.JSON) {
        out.println(LogReport.briefs(filter.filter(words).of(log)).stripTrailing());
        return;
      }
      long[] found = {0};
      filter
          .filter(words)
          .each(
              log,
              recorded -> {
                found[0]++;
                out.println(LogReport.line(recorded));
              });
      if (found[0] == 0) {
        spec.commandLine()
            .getErr()
            .println(
                "None of the %d records in %s is like that. Maybe %s."
                    .formatted(log.size(), log.file(), instead(log, filter.filter(words))));
      }
    }
  }

  /**
   * What to ask for instead: cards and rules that there are, in place of those that there are not.
   */
  private static String instead(DecisionLog log, Filter filter) {
    List<String> near = new ArrayList<>(near(filter.card(), log::cards));
    near.addAll(near(filter.rule(), log::rules));
    return near.isEmpty() ? "ask for less" : String.join(" or ", near) + " was meant";
  }

  private static List<String> near(String asked, Supplier<List<String>> there) {
    List<String> known = asked == null ? List.of() : there.get();
    return known.isEmpty() || known.contains(asked.toLowerCase(Locale.ROOT))
        ? List.of()
        : Names.near(asked, known);
  }
}
