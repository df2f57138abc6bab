package dev.rigwright.cli;

import dev.rigwright.authoring.FolderWatch;
import dev.rigwright.authoring.RulebookSource;
import dev.rigwright.authoring.RulebookSource.State;
import dev.rigwright.engine.Advisor;
import dev.rigwright.facts.Facts;
import dev.rigwright.facts.RequirementReader;
import dev.rigwright.rulebook.Rulebook;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Decides again at each change of the rules or of the requirements, until it is interrupted. */
final class AdviseWatch {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final int HASH_SHOWN = "sha256:".length() + 12;
  private static final long HOUR_MILLIS = 3_600_000;

  /** Reads the requirement of a file; null where it was refused, which has been said then. */
  interface Reading {
    Asked requirement(RequirementReader reader, String file);
  }

  /** Decides and prints. */
  interface Deciding {
    int advise(Advisor advisor, List<Asked> requirements);
  }

  private final HomeOptions home;
  private final List<String> files;
  private final Reading reading;
  private final Deciding deciding;
  private volatile List<Asked> asked = List.of();

  AdviseWatch(HomeOptions home, List<String> files, Reading reading, Deciding deciding) {
    this.home = home;
    this.files = List.copyOf(files);
    this.reading = reading;
    this.deciding = deciding;
  }

  int run(PrintWriter err) {
    Facts facts = home.readFacts();
    RequirementReader reader = RequirementReader.of(facts, home.facts());
    asked = requirements(reader);
    BlockingQueue<Boolean> changes = new LinkedBlockingQueue<>();
    try (FolderWatch watch = FolderWatch.ofFiles(files.stream().map(Path::of).toList());
        RulebookSource source =
            new RulebookSource(
                home.rules(),
                rulebook -> tried(new Advisor(rulebook, facts, reader)),
                RulebookSource.NONE,
                Clock.systemUTC())) {
      source.onChange(state -> changes.add(true));
      Thread ofFiles = new Thread(() -> follow(watch, reader, changes), "requirements");
      ofFiles.setDaemon(true);
      ofFiles.start();
      Rulebook decidedBy = null;
      List<Asked> decided = null;
      while (true) {
        State state = source.state();
        List<Asked> now = asked;
        if (state.rulebook() != decidedBy || now != decided) {
          deciding.advise(state.advisor(), now);
          decidedBy = state.rulebook();
          decided = now;
        }
        err.println(line(state));
        changes.take();
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return ExitCode.DONE;
    }
  }

  /** Rules under which what is asked cannot be decided do not come into force. */
  private Advisor tried(Advisor advisor) {
    asked.forEach(one -> advisor.decide(one.read()));
    return advisor;
  }

  private List<Asked> requirements(RequirementReader reader) {
    List<Asked> requirements = new ArrayList<>();
    for (String file : files) {
      Asked requirement = reading.requirement(reader, file);
      if (requirement != null) {
        requirements.add(requirement);
      }
    }
    return List.copyOf(requirements);
  }

  private void follow(FolderWatch watch, RequirementReader reader, BlockingQueue<Boolean> changes) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        if (watch.await(HOUR_MILLIS)) {
          asked = requirements(reader);
          changes.add(true);
        }
      }
    } catch (InterruptedException | java.nio.file.ClosedWatchServiceException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private static String line(State state) {
    Rulebook rules = state.rulebook();
    String inForce =
        "Rules in force since %s: %s, %d rules."
            .formatted(
                time(state.since()), rules.hash().substring(0, HASH_SHOWN), rules.rules().size());
    if (state.refused() == null) {
      return inForce;
    }
    StringBuilder lines = new StringBuilder();
    lines.append("The change of ").append(time(state.refused().at())).append(" is refused:\n");
    state.refused().findings().forEach(finding -> lines.append("  ").append(finding).append('\n'));
    return lines.append(inForce).toString();
  }

  private static String time(Instant instant) {
    return TIME.format(instant.atZone(ZoneId.systemDefault()));
  }
}
