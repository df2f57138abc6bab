package dev.rigwright.cli;

import dev.rigwright.authoring.Bench;
import dev.rigwright.authoring.Mutation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shifts thresholds and flips operators, to see whether the cases notice. */
@Command(
    name = "mutate",
    description =
        "Shifts each threshold and flips each operator; shows what no case notices, and the case that would.",
    mixinStandardHelpOptions = true)
final class RulesMutateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private HomeOptions home;

  @Option(
      names = "--rule",
      paramLabel = "ID",
      description = "Only this rule, or all rules of this topic.")
  private String rule;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private TextOrJson format;

  @Override
  public Integer call() {
    Mutation mutation =
        Mutation.of(
            Bench.open(home.rules()), rule, line -> spec.commandLine().getErr().println(line));
    spec.commandLine()
        .getOut()
        .println(format == TextOrJson.JSON ? mutation.json() : mutation.text());
    return mutation.survivors().isEmpty() ? ExitCode.DONE : ExitCode.NEGATIVE;
  }
}
