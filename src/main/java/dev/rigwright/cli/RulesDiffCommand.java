package dev.rigwright.cli;

import dev.rigwright.authoring.RuleDiff;
import dev.rigwright.authoring.RuleDiff.Comparison;
import dev.rigwright.authoring.RuleDiffReport;
import dev.rigwright.authoring.RuleRevision;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.Facts;
import dev.rigwright.facts.RequirementReader;
import dev.rigwright.rulebook.Rulebook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
      description = "Requirements: a file with one JSON object a line, or a folder of JSON files.")
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
    List<Requirement> requirements = new ArrayList<>();
    int worst = ExitCode.DONE;
    for (Map.Entry<String, byte[]> entry : entries().entrySet()) {
      try {
        requirements.add(reader.read(entry.getValue(), LocalDate.now()));
      } catch (BadInputException refused) {
        worst = ExitCode.USAGE;
        refused
            .problems()
            .forEach(
                problem -> spec.commandLine().getErr().println(entry.getKey() + ": " + problem));
      }
    }
    Rulebook old = RuleRevision.read(before, home.rules());
    Rulebook now = RuleRevision.read(after, home.rules());
    Comparison comparison =
        new RuleDiff(new Advisor(old, facts, reader), new Advisor(now, facts, reader))
            .on(requirements, Runtime.getRuntime().availableProcessors());
    write(
        switch (format) {
          case TEXT -> RuleDiffReport.text(comparison);
          case JSON -> RuleDiffReport.json(comparison);
          case HTML -> RuleDiffReport.html(comparison);
        });
    return worst;
  }

  /** The requirements' texts by where they stand. */
  private Map<String, byte[]> entries() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    if (Files.isDirectory(set)) {
      try (Stream<Path> paths = Files.list(set)) {
        for (Path path : paths.filter(p -> p.toString().endsWith(".json")).sorted().toList()) {
          entries.put(path.toString(), Files.readAllBytes(path));
        }
      }
    } else if (Files.isRegularFile(set)) {
      int number = 0;
      for (String line : Files.readAllLines(set)) {
        number++;
        if (!line.isBlank()) {
          entries.put(set + ":" + number, line.getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    if (entries.isEmpty()) {
      throw new BadInputException(
          "",
          "%s holds no requirements. Maybe the path is another one; it is a file with one JSON object a line, or a folder of .json files."
              .formatted(set));
    }
    return entries;
  }

  private void write(String report) throws IOException {
    if (out == null) {
      spec.commandLine().getOut().println(report);
    } else {
      Files.writeString(out, report + "\n");
    }
  }
}
