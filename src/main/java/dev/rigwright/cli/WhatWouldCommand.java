package dev.rigwright.cli;

import dev.rigwright.audit.DecisionLog;
import dev.rigwright.audit.Margins;
import dev.rigwright.audit.WhatWould;
import dev.rigwright.facts.Json;
import dev.rigwright.report.DeskText;
import dev.rigwright.report.TextReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What would have made a decision end otherwise. */
@Command(
    name = "what-would",
    description =
        "The smallest change of each field, on its own, that would bring about a card or a verdict; each proven by deciding again.",
    mixinStandardHelpOptions = true)
final class WhatWouldCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private DecisionOptions asked;

  @Option(
      names = "--for",
      required = true,
      paramLabel = "CARD|VERDICT",
      description =
          "A card as people name it, several with their count before; or recommended, keep or infeasible.")
  private String wanted;

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
          "Decide for so many values on each side of a number where the rules leave no other way to prove that none is nearer; default: ${DEFAULT-VALUE}.")
  private int decide;

  @Override
  public Integer call() {
    try (DecisionLog opened = asked.read()) {
      WhatWould what = WhatWould.of(asked.again(opened), wanted, decide, Steps.to(spec));
      spec.commandLine()
          .getOut()
          .println(
              (format == TextOrJson.JSON
                      ? Json.MAPPER.valueToTree(what).toPrettyString()
                      : DeskText.of(what, TextReport.Style.of(System.console() != null)))
                  .stripTrailing());
      return what.possible() ? ExitCode.DONE : ExitCode.NEGATIVE;
    }
  }
}
