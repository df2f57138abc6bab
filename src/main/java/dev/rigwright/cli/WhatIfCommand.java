package dev.rigwright.cli;

import dev.rigwright.audit.DecisionLog;
import dev.rigwright.audit.Settings.Setting;
import dev.rigwright.audit.WhatIf;
import dev.rigwright.audit.WhatIfQuestion;
import dev.rigwright.domain.Outcome;
import dev.rigwright.facts.Json;
import dev.rigwright.report.TextReport;
import dev.rigwright.report.WhatIfText;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Decides again with other values in the requirement. */
@Command(
    name = "what-if",
    description =
        "Decides again with other values in the requirement, and shows both decisions side by side.",
    mixinStandardHelpOptions = true)
final class WhatIfCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private DecisionOptions asked;

  @Option(
      names = "--set",
      required = true,
      arity = "1..*",
      paramLabel = "FIELD=VALUE",
      description =
          "A field and its other value, as budgetUsd=3500 or models.0.quantization=q5_k_m; without a value the field is left open.")
  private List<String> settings;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private TextOrJson format;

  @Override
  public Integer call() {
    List<Setting> set = settings.stream().map(Setting::of).toList();
    try (DecisionLog opened = asked.read()) {
      WhatIf whatIf = WhatIfQuestion.ask(asked.again(opened), set);
      spec.commandLine()
          .getOut()
          .println(
              (format == TextOrJson.JSON
                      ? Json.MAPPER.valueToTree(whatIf).toPrettyString()
                      : WhatIfText.of(whatIf, TextReport.Style.of(System.console() != null)))
                  .stripTrailing());
      return whatIf.then().path("verdict").asText().equals(Outcome.INFEASIBLE.word())
          ? ExitCode.NEGATIVE
          : ExitCode.DONE;
    }
  }
}
