package dev.rigwright.cli;

import dev.rigwright.authoring.RuleEntry;
import dev.rigwright.authoring.RuleIndex;
import dev.rigwright.authoring.RuleSearch;
import dev.rigwright.report.RuleReport;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists rules: where they stand and what they say. */
@Command(
    name = "list",
    description = "Lists rules: id, file and line, stratum, severity, what they say.",
    mixinStandardHelpOptions = true)
final class RulesListCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private HomeOptions home;

  @Parameters(
      arity = "0..*",
      paramLabel = "TEXT",
      description =
          "A part of an id, a topic, a folder, a fact type, a claim (G083), or words; all of them have to match.")
  private List<String> texts = List.of();

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private TextOrJson format;

  @Override
  public Integer call() {
    List<RuleEntry> found = RuleSearch.of(RuleIndex.read(home.rules()), texts);
    RuleReport report = new RuleReport(RulesFolder.prefix(home.rules()));
    spec.commandLine()
        .getOut()
        .println(
            (format == TextOrJson.JSON ? report.listJson(found) : report.list(found))
                .stripTrailing());
    return ExitCode.DONE;
  }
}
