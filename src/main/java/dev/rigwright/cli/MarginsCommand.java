package dev.rigwright.cli;

import dev.rigwright.audit.DecisionLog;
import dev.rigwright.audit.Margins;
import dev.rigwright.facts.Json;
import dev.rigwright.report.DeskText;
import dev.rigwright.report.TextReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How far each number of a requirement may move before something else is said. */
@Command(
    name = "margins",
    description =
        "For each number of a requirement, from where to where it may move alone while the same is recommended, to the unit.",
    mixinStandardHelpOptions = true)
final class MarginsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private DecisionOptions asked;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private TextOrJson format;

  @Option(
      names = "--decide",
      paramLabel = "N",
      defaultValue = "" + Margins.MOST_DECIDED,
      description =
          "Decide for so many values on each side of a number where the rules leave no other way to prove an interval; default: ${DEFAULT-VALUE}.")
  private int decide;

  @Override
  public Integer call() {
    try (DecisionLog opened = asked.read()) {
      Margins margins = Margins.of(asked.again(opened), decide, Steps.to(spec));
      spec.commandLine()
          .getOut()
          .println(
              (format == TextOrJson.JSON
                      ? Json.MAPPER.valueToTree(margins).toPrettyString()
                      : DeskText.of(margins, TextReport.Style.of(System.console() != null)))
                  .stripTrailing());
    }
    return ExitCode.DONE;
  }
}
