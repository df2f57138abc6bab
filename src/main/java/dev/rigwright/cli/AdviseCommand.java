package dev.rigwright.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.audit.Entry;
import dev.rigwright.domain.Outcome;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Decision;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.Facts;
import dev.rigwright.facts.RequirementReader;
import dev.rigwright.report.JsonReport;
import dev.rigwright.report.MarkdownReport;
import dev.rigwright.report.TextReport;
import dev.rigwright.rulebook.Rulebook;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Answers requirements, one decision each. */
@Command(
    name = "advise",
    description = "Answers a requirement: what to buy, why, and why not something else.",
    mixinStandardHelpOptions = true)
final class AdviseCommand implements Callable<Integer> {

  /** So many decisions are recorded at once: waiting for the disk is what recording costs most. */
  private static final int TOGETHER = 32;

  /** How an answer is printed. */
  enum Format {
    /** Advice to read. */
    TEXT,
    /** The contract's decision. */
    JSON,
    /** Advice to paste. */
    MARKDOWN
  }

  /** Which policy overrides the requirements' own. */
  enum PolicyChoice {
    /** Figures go before the guide. */
    CHECKED,
    /** The guide to the letter. */
    GUIDE
  }

  @Spec private CommandSpec spec;
  @Mixin private HomeOptions home;
  @Mixin private RecordingOptions recording;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Requirements, a JSON object each; - for standard input.")
  private List<String> files;

  @Option(names = "--policy", description = "Override the policy: ${COMPLETION-CANDIDATES}.")
  private PolicyChoice policy;

  @Option(names = "--as-of", paramLabel = "DATE", description = "Override the day, yyyy-MM-dd.")
  private String asOf;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private Format format;

  @Option(
      names = "--watch",
      description = "Decide again at each change of the rules or of a FILE; Ctrl-C ends.")
  private boolean watch;

  @Override
  public Integer call() {
    if (watch) {
      if (files.contains("-")) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "Standard input cannot be watched. Name a FILE.");
      }
      PrintWriter err = spec.commandLine().getErr();
      try (Recorder recorder = recording.recorder(err)) {
        AdviseWatch.Deciding deciding = (advisor, asked) -> advise(advisor, recorder, asked);
        return new AdviseWatch(home, files, this::asked, deciding).run(err);
      }
    }
    // Compiling the rules takes longest; it needs nothing that is read here.
    CompletableFuture<Rulebook> rulebook = CompletableFuture.supplyAsync(home::readRules);
    Facts facts = home.readFacts();
    RequirementReader reader = RequirementReader.of(facts, home.facts());
    List<Asked> requirements = new ArrayList<>();
    int worst = ExitCode.DONE;
    for (String file : files) {
      Asked asked = asked(reader, file);
      if (asked == null) {
        worst = ExitCode.USAGE;
      } else {
        requirements.add(asked);
      }
    }
    if (!requirements.isEmpty()) {
      try (Recorder recorder = recording.recorder(spec.commandLine().getErr())) {
        Advisor advisor = new Advisor(compiled(rulebook), facts, reader);
        for (int from = 0; from < requirements.size(); from += TOGETHER) {
          int to = Math.min(from + TOGETHER, requirements.size());
          worst = Math.max(worst, advise(advisor, recorder, requirements.subList(from, to)));
        }
      }
    }
    return worst;
  }

  private static Rulebook compiled(CompletableFuture<Rulebook> rulebook) {
    try {
      return rulebook.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  /** The requirement of a file; null where it was refused, which has been said then. */
  private Asked asked(RequirementReader reader, String file) {
    try {
      JsonNode given = overridden(reader.parse(read(file)));
      LocalDate today = LocalDate.now();
      return new Asked(given, today, reader.read(given, today));
    } catch (BadInputException refused) {
      refused
          .problems()
          .forEach(problem -> spec.commandLine().getErr().println(named(file) + ": " + problem));
      return null;
    }
  }

  private int advise(Advisor advisor, Recorder recorder, List<Asked> requirements) {
    List<Entry> entries = new ArrayList<>();
    for (Asked asked : requirements) {
      Decision decision = advisor.decide(asked.read());
      entries.add(
          new Entry(decision, asked.given(), asked.on(), Instant.now(), recording.redacted()));
    }
    recorder.record(advisor, entries);
    int worst = ExitCode.DONE;
    for (Entry entry : entries) {
      spec.commandLine().getOut().println(shown(advisor, entry.decision()).stripTrailing());
      boolean infeasible = entry.decision().verdict() == Outcome.INFEASIBLE;
      worst = Math.max(worst, infeasible ? ExitCode.NEGATIVE : ExitCode.DONE);
    }
    return worst;
  }

  private String shown(Advisor advisor, Decision decision) {
    return switch (format) {
      case TEXT ->
          TextReport.of(
              decision,
              advisor.facts(),
              advisor.rulebook(),
              TextReport.Style.of(System.console() != null));
      case MARKDOWN -> MarkdownReport.of(decision, advisor.facts(), advisor.rulebook());
      case JSON -> JsonReport.of(decision);
    };
  }

  private static String named(String file) {
    return file.equals("-") ? "standard input" : file;
  }

  private static byte[] read(String file) {
    try {
      return file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
    } catch (NoSuchFileException missing) {
      throw new BadInputException("", "There is no such file. Maybe the path is another one.");
    } catch (IOException unreadable) {
      throw new BadInputException("", "This cannot be read: " + unreadable.getMessage() + ".");
    }
  }

  private JsonNode overridden(JsonNode node) {
    if (node instanceof ObjectNode requirement) {
      if (policy != null) {
        requirement.put("policy", policy.name().toLowerCase(java.util.Locale.ROOT));
      }
      if (asOf != null) {
        requirement.put("asOf", asOf);
      }
    }
    return node;
  }
}
