package dev.rigwright.cli;

import dev.rigwright.audit.Blocked;
import dev.rigwright.audit.BlockedQuestion;
import dev.rigwright.audit.DecisionLog;
import dev.rigwright.audit.Rederived;
import dev.rigwright.audit.WhyNot;
import dev.rigwright.audit.WhyNotQuestion;
import dev.rigwright.facts.Json;
import dev.rigwright.report.BlockedText;
import dev.rigwright.report.TextReport;
import dev.rigwright.report.WhyNotText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says why a card was not picked, or why a rule did not fire. */
@Command(
    name = "why-not",
    description = "Says why a decision did not pick a card, or why a rule did not fire in it.",
    mixinStandardHelpOptions = true)
final class WhyNotCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private DecisionOptions decision;

  @Parameters(
      index = "1",
      paramLabel = "CARD|RULE",
      description =
          "A card by any of its names, with or without a number before it, or a rule, as fit/too-large.")
  private String asked;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private TextOrJson format;

  @Override
  public Integer call() {
    try (DecisionLog opened = decision.read()) {
      Rederived again = decision.again(opened);
      spec.commandLine().getOut().println(answer(again).stripTrailing());
      return ExitCode.DONE;
    }
  }

  private String answer(Rederived again) {
    TextReport.Style style = TextReport.Style.of(System.console() != null);
    String decision = again.recorded().decisionId();
    if (BlockedQuestion.isRule(again.advisor(), asked)) {
      Blocked blocked = BlockedQuestion.ask(again.advisor(), again.requirement(), decision, asked);
      return format == TextOrJson.JSON
          ? Json.MAPPER.valueToTree(blocked).toPrettyString()
          : BlockedText.of(blocked, style);
    }
    WhyNot whyNot = WhyNotQuestion.ask(again.advisor(), again.requirement(), decision, asked);
    return format == TextOrJson.JSON
        ? Json.MAPPER.valueToTree(whyNot).toPrettyString()
        : WhyNotText.of(whyNot, style);
  }
}
