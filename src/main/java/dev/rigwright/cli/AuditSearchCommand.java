package dev.rigwright.cli;

import dev.rigwright.audit.DecisionLog;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds records by what was asked and answered. */
@Command(
    name = "search",
    description = "Lists recorded decisions in which words occur: in requirement or decision.",
    mixinStandardHelpOptions = true)
final class AuditSearchCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private LogOptions options;
  @Mixin private FilterOptions filter;

  @Parameters(
      arity = "1..*",
      paramLabel = "TEXT",
      description = "Words, ids, parts of them; all have to occur, capitals do not matter.")
  private List<String> words;

  @Option(names = "--anew", description = "Make the index for searching anew from the records.")
  private boolean anew;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private TextOrJson format;

  @Override
  public Integer call() {
    if (anew) {
      try (DecisionLog log = options.read()) {
        log.reindex();
      }
    }
    AuditListCommand.list(spec, options, filter, words, format);
    return ExitCode.DONE;
  }
}
