package dev.rigwright.cli;

import dev.rigwright.authoring.RuleDiff;
import dev.rigwright.authoring.RuleDiff.Comparison;
import dev.rigwright.authoring.RuleDiffReport;
import dev.rigwright.authoring.RuleRevision;
import dev.rigwright.batch.RequirementSet;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.facts.Facts;
import dev.rigwright.facts.RequirementReader;
import dev.rigwright.rulebook.Rulebook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Says which decisions two rulebooks make differently. Differences are a result, not a finding: the
 * exit code is 0 with them and without.
 */
@Command(
    name = "diff",
    description =
        "Which decisions change between two rulebooks, from what to what, and because of which rules.",
    mixinStandardHelpOptions = true)
final class RulesDiffCommand implements Callable<Integer> {

  /** How the comparison is written. */
  enum Format {
    /** To read. */
    TEXT,
    /** To process. */
    JSON,
    /** One page that needs nothing beside it. */
    HTML
  }

  @Spec private CommandSpec spec;
  @Mixin private HomeOptions home;

  @Parameters(
      index = "0",
      paramLabel = "OLD",
      description = "A folder of rules, or a git revision of the rules.")
  private String before;

  @Parameters(index = "1", paramLabel = "NEW", description = "The same.")
  private String after;

  @Option(
      names = "--on",
      required = true,
      paramLabel = "SET",
      description =
          "Requirements: a file as batch takes it (JSON lines, a JSON array, CSV; packed by gzip or not), or a folder of JSON files.")
  private Path set;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private Format format;

  @Option(names = "--out", paramLabel = "FILE", description = "Write there instead.")
  private Path out;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Facts facts = home.readFacts();
    RequirementReader reader = RequirementReader.of(facts, home.facts());
    RequirementSet read = RequirementSet.read(set, reader, LocalDate.now());
    for (RequirementSet.Refused refused : read.refused()) {
      refused
          .why()
          .problems()
          .forEach(
              problem -> spec.commandLine().getErr().println(refused.place() + ": " + problem));
    }
    List<Requirement> requirements = read.requirements();
    Rulebook old = RuleRevision.read(before, home.rules());
    Rulebook now = RuleRevision.read(after, home.rules());
    Comparison comparison;
    try (Progress progress = Progress.of("Decisions", requirements.size())) {
      comparison =
          new RuleDiff(new Advisor(old, facts, reader), new Advisor(now, facts, reader))
              .on(requirements, Runtime.getRuntime().availableProcessors(), progress::done);
    }
    write(
        switch (format) {
          case TEXT -> RuleDiffReport.text(comparison);
          case JSON -> RuleDiffReport.json(comparison);
          case HTML -> RuleDiffReport.html(comparison);
        });
    return read.refused().isEmpty() ? ExitCode.DONE : ExitCode.USAGE;
  }

  private void write(String report) throws IOException {
    if (out == null) {
      spec.commandLine().getOut().println(report);
    } else {
      Files.writeString(out, report + "\n");
    }
  }
}
