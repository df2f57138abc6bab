package dev.rigwright.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.audit.DecisionLog;
import dev.rigwright.audit.Filter;
import dev.rigwright.audit.Recorded;
import dev.rigwright.audit.Replayed;
import dev.rigwright.audit.Today;
import dev.rigwright.engine.Advisor;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.report.LogReport;
import dev.rigwright.rulebook.RulebookReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Decides recorded requirements again, from what the log holds alone, or with today's rules. */
@Command(
    name = "replay",
    description =
        "Decides again from the recorded rules and facts: identical, or what differs. With --against: what would be said now.",
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private LogOptions options;

  @ArgGroup(multiplicity = "1")
  private Which which;

  /** Which records. */
  private static final class Which {
    @Parameters(
        arity = "1",
        paramLabel = "ID",
        description =
            "A decision's id or its beginning, a record's number (12), or a requirement's id; all its records.")
    private String id;

    @Option(names = "--all", description = "All records.")
    private boolean all;

    @Option(
        names = "--since",
        paramLabel = "TIME",
        description =
            "All records from this day (2026-11-23) or moment (2026-11-23T09:30:00Z) on, UTC.")
    private String since;
  }

  @Option(
      names = "--against",
      paramLabel = "DIR",
      description =
          "What would be said now: a folder of rules, over the recorded facts; or a home folder (rules/ and facts/), with its facts too.")
  private Path against;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}. JSON: an object a line.")
  private TextOrJson format;

  /** So many records are in memory at once. */
  private static final int TOGETHER = 64;

  private long done;
  private long different;

  @Override
  public Integer call() {
    try (DecisionLog log = options.read()) {
      Today today = against == null ? null : today(log);
      if (which.id != null) {
        replay(log, today, new ArrayList<>(log.find(which.id)));
      } else {
        List<Recorded> together = new ArrayList<>();
        Filter wanted = Filter.since(FilterOptions.moment("--since", which.since, 0));
        wanted.each(
            log,
            recorded -> {
              together.add(recorded);
              if (together.size() == TOGETHER) {
                replay(log, today, together);
              }
            });
        replay(log, today, together);
        if (done == 0) {
          NothingFound.say(
              spec, log, wanted, which.all ? List.of() : List.of("--since", which.since));
          return ExitCode.DONE;
        }
      }
    }
    if (done != 1 && format == TextOrJson.TEXT) {
      spec.commandLine()
          .getOut()
          .println(
              (against == null
                      ? "%,d decided again: %,d identical, %,d not."
                      : "%,d decided now: of %,d the same is said, of %,d not.")
                  .formatted(done, done - different, different));
    }
    return different == 0 ? ExitCode.DONE : ExitCode.NEGATIVE;
  }

  /** Decides some again, several at a time where only their own rules are asked; in their order. */
  private void replay(DecisionLog log, Today today, List<Recorded> together) {
    if (today == null) {
      together.parallelStream()
          .map(recorded -> Replayed.of(log, recorded))
          .toList()
          .forEach(this::print);
    } else {
      together.stream().map(today::answer).forEach(this::print);
    }
    together.clear();
  }

  private void print(Replayed replayed) {
    print(
        replayed.identical(),
        format == TextOrJson.TEXT ? LogReport.text(replayed) : null,
        format == TextOrJson.JSON ? LogReport.tree(replayed) : null);
  }

  private void print(Today.Answer answer) {
    print(
        answer.same(),
        format == TextOrJson.TEXT ? LogReport.text(answer) : null,
        format == TextOrJson.JSON ? LogReport.tree(answer) : null);
  }

  private void print(boolean same, String text, ObjectNode tree) {
    done++;
    different += same ? 0 : 1;
    if (same && text != null && which.id == null) {
      return; // Of many the sum is said at the end.
    }
    spec.commandLine().getOut().println(text == null ? tree.toString() : text);
  }

  private Today today(DecisionLog log) {
    if (!Files.isDirectory(against)) {
      throw new BadInputException(
          "", "There is no folder (%s). Maybe rules/ was meant.".formatted(against));
    }
    return Files.isDirectory(against.resolve("facts"))
        ? Today.rulesAndFacts(log, Advisor.open(against))
        : Today.rules(log, RulebookReader.read(against));
  }
}
