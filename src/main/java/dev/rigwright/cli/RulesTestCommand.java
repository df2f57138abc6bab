package dev.rigwright.cli;

import dev.rigwright.authoring.Bench;
import dev.rigwright.authoring.CaseRun;
import dev.rigwright.authoring.FolderWatch;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.rulebook.RulebookException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tries the cases beside the rules. */
@Command(
    name = "test",
    description = "Tries the cases beside the rules; a failure shows what blocked the rule.",
    mixinStandardHelpOptions = true)
final class RulesTestCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private HomeOptions home;

  @Option(
      names = "--rule",
      paramLabel = "ID",
      description = "Only the cases of this rule, or of all rules of this topic.")
  private String rule;

  @Option(names = "--watch", description = "Tries them again on every save, until interrupted.")
  private boolean watch;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private TextOrJson format;

  @Override
  public Integer call() throws IOException {
    if (!watch) {
      return once();
    }
    try (FolderWatch saved = FolderWatch.ofRules(home.rules())) {
      do {
        try {
          once();
        } catch (RulebookException | BadInputException broken) {
          spec.commandLine().getOut().println(broken.getMessage());
        }
        spec.commandLine().getErr().println("Waiting for a save; Ctrl-C ends.");
      } while (saved.changed());
    }
    return ExitCode.DONE;
  }

  private int once() {
    CaseRun run = CaseRun.of(Bench.open(home.rules()), rule);
    spec.commandLine().getOut().println(format == TextOrJson.JSON ? run.json() : run.text());
    return run.passed() ? ExitCode.DONE : ExitCode.NEGATIVE;
  }
}
