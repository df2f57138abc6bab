package dev.rigwright.cli;

import dev.rigwright.authoring.Bench;
import dev.rigwright.authoring.Coverage;
import dev.rigwright.batch.RequirementSet;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.Facts;
import dev.rigwright.facts.RequirementReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which rules and constraints were seen true and seen false. */
@Command(
    name = "coverage",
    description =
        "Shows which rules and constraints were never seen true or never seen false, over the cases and over requirements.",
    mixinStandardHelpOptions = true)
final class RulesCoverageCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private HomeOptions home;

  @Option(
      names = "--rule",
      paramLabel = "ID",
      description = "Only this rule, or all rules of this topic.")
  private String rule;

  @Option(
      names = "--on",
      paramLabel = "SET",
      description =
          "Requirements: a file as batch takes it (JSON lines, a JSON array, CSV; packed by gzip or not), or a folder of JSON files. Default: requirements/sample.jsonl of the facts.")
  private Path set;

  @Option(names = "--cases-only", description = "Look at the cases, and decide nothing.")
  private boolean casesOnly;

  @Option(
      names = "--threshold",
      paramLabel = "PERCENT",
      defaultValue = "0",
      description =
          "The exit code is 1 where less than this is seen in the cases; default: ${DEFAULT-VALUE}.")
  private double threshold;

  @Option(
      names = "--set-threshold",
      paramLabel = "PERCENT",
      defaultValue = "0",
      description =
          "The exit code is 1 where less than this is seen over the requirements; default: ${DEFAULT-VALUE}.")
  private double setThreshold;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private TextOrJson format;

  @Override
  public Integer call() throws IOException {
    Bench bench = Bench.open(home.rules());
    bench.rules(rule);
    Advisor advisor = null;
    List<Requirement> requirements = List.of();
    if (!casesOnly) {
      Facts facts = home.readFacts();
      advisor = new Advisor(bench.rulebook(), facts, RequirementReader.of(facts, home.facts()));
      requirements = requirements(advisor);
    }
    Coverage coverage =
        Coverage.of(
            bench, rule, advisor, requirements, line -> spec.commandLine().getErr().println(line));
    spec.commandLine()
        .getOut()
        .println(format == TextOrJson.JSON ? coverage.json() : coverage.text());
    boolean below = coverage.casesPercent() < threshold || coverage.setPercent() < setThreshold;
    return below ? ExitCode.NEGATIVE : ExitCode.DONE;
  }

  private List<Requirement> requirements(Advisor advisor) throws IOException {
    Path file = set == null ? home.facts().resolve("requirements/sample.jsonl") : set;
    RequirementSet read = RequirementSet.read(file, advisor.reader(), LocalDate.now());
    if (!read.refused().isEmpty()) {
      RequirementSet.Refused refused = read.refused().get(0);
      throw new BadInputException(
          "", "%s: %s".formatted(refused.place(), refused.why().getMessage()));
    }
    return read.requirements();
  }
}
