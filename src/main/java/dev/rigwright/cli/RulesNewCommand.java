package dev.rigwright.cli;

import dev.rigwright.authoring.NewRule;
import dev.rigwright.authoring.NewRule.Written;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a rule and its cases for the author to fill in. */
@Command(
    name = "new",
    description = "Writes a rule and two cases that fail until they are filled in.",
    mixinStandardHelpOptions = true)
final class RulesNewCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private HomeOptions home;

  @Parameters(
      paramLabel = "TOPIC/PROBLEM",
      description =
          "The rule's name: the file's topic, and what is wrong, such as cooling/hot-card.")
  private String id;

  @Option(
      names = "--in",
      paramLabel = "FOLDER",
      description =
          "The stratum. Default: where the topic stands already; for a new topic "
              + NewRule.USUAL
              + ".")
  private String folder;

  @Override
  public Integer call() {
    Written written = NewRule.write(home.rules(), id, folder, LocalDate.now());
    String prefix = RulesFolder.prefix(home.rules());
    spec.commandLine()
        .getOut()
        .println(
            """
            %s %s%s and two cases in %s%s.
            Both cases fail until you replace every TODO. Then try them:
              scripts/rigwright rules test --rule %s"""
                .formatted(
                    written.created() ? "Began" : "Added the rule at",
                    prefix,
                    written.place(),
                    prefix,
                    written.cases(),
                    written.id()));
    return ExitCode.DONE;
  }
}
