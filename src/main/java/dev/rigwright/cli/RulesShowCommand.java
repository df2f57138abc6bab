package dev.rigwright.cli;

import dev.rigwright.authoring.RuleEntry;
import dev.rigwright.authoring.RuleIndex;
import dev.rigwright.authoring.RuleSheet;
import dev.rigwright.report.RuleReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows all that is known of one rule. */
@Command(
    name = "show",
    description =
        "Shows a rule: its condition, what it says and why, its sources and cases, what feeds it and what it feeds.",
    mixinStandardHelpOptions = true)
final class RulesShowCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private HomeOptions home;

  @Parameters(paramLabel = "ID", description = "The rule: TOPIC/PROBLEM.")
  private String id;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private TextOrJson format;

  @Override
  public Integer call() {
    RuleIndex index = RuleIndex.read(home.rules());
    RuleEntry entry = index.rule(id);
    RulesFolder.Ground ground = RulesFolder.ground(home);
    RuleSheet sheet = RuleSheet.of(index, entry, ground.claims(), ground.rulebook());
    RuleReport report = new RuleReport(RulesFolder.prefix(home.rules()));
    spec.commandLine()
        .getOut()
        .println(
            (format == TextOrJson.JSON ? report.sheetJson(sheet) : report.sheet(sheet))
                .stripTrailing());
    return ExitCode.DONE;
  }
}
