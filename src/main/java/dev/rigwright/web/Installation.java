package dev.rigwright.web;

import dev.rigwright.audit.DecisionLog;
import dev.rigwright.authoring.Check;
import dev.rigwright.authoring.Finding;
import dev.rigwright.authoring.FolderWatch;
import dev.rigwright.authoring.RulebookSource;
import dev.rigwright.domain.Fingerprint;
import dev.rigwright.engine.Advisor;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.Facts;
import dev.rigwright.facts.FactsException;
import dev.rigwright.facts.FactsReader;
import dev.rigwright.facts.Json;
import dev.rigwright.facts.RequirementReader;
import dev.rigwright.rulebook.RuleFile;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookException;
import dev.rigwright.web.InForce.RefusedFacts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Rules and facts of a home folder as they are edited, and the log that decisions are recorded in.
 * A change comes into force whole or not at all; the last good one is kept.
 *
 * <p>Thread-safe. Take {@link #inForce} once for each request.
 */
public final class Installation implements AutoCloseable {

  /**
   * Where everything lies.
   *
   * @param home the folder that sources in rules are relative to
   * @param rulesShown what stands before a rule file's path where it is shown
   * @param own a folder of rows that are laid over the facts; null for none
   * @param log the decision log; null where nothing is recorded
   * @param redacted whether what was written freely stays out of the log
   */
  public record Places(
      Path home, Path rules, String rulesShown, Path facts, Path own, Path log, boolean redacted) {}

  /** Facts as they were read; what they are called in rules is tried with each rulebook. */
  private record Known(Facts facts, RequirementReader reader, Instant since, RefusedFacts refused) {
    Known refusing(RefusedFacts newest) {
      return new Known(facts, reader, since, newest);
    }

    /**
     * An advisor over these facts.
     *
     * @param before the one that it comes after; null for the first
     */
    Advisor advisor(Rulebook rulebook, Advisor before) {
      return before == null
          ? new Advisor(rulebook, facts, reader)
          : before.next(rulebook, facts, reader);
    }
  }

  private static final long LOOK_AGAIN_MILLIS = 5_000;
  private static final long BETWEEN_MILLIS = 25;

  private final Places places;
  private final Clock clock;
  private final DecisionLog log;
  private final RulebookSource source;
  private final FolderWatch watch;
  private final AtomicLong rulesReloads = new AtomicLong();
  private final AtomicLong factsReloads = new AtomicLong();
  private final AtomicLong refusals = new AtomicLong();
  private volatile Known known;
  private volatile InForce inForce;
  private volatile boolean closed;

  private Installation(Places places, Clock clock, DecisionLog log) {
    this.places = places;
    this.clock = clock;
    this.log = log;
    this.known = read(places, clock.instant());
    this.watch = FolderWatch.ofFacts(factFolders());
    try {
      this.source =
          new RulebookSource(
              places.rules(),
              rulebook ->
                  tried(known.advisor(rulebook, inForce == null ? null : inForce.advisor())),
              new Live(),
              clock,
              RulebookSource.FirstCases.WHEN_ASKED);
    } catch (RuntimeException broken) {
      watch.close();
      throw broken;
    }
    source.onChange(state -> rulesChanged(state));
    publish();
    Thread follower = new Thread(this::follow, "facts");
    follower.setDaemon(true);
    follower.start();
  }

  /**
   * Opens an installation and watches it from then on.
   *
   * @param clock for the day of requirements that name none, and for when changes came
   * @param messages gets what is wrong with the log, whose absence stops nobody
   * @throws FactsException if the facts cannot be used
   * @throws RulebookException if the rules cannot be used
   */
  public static Installation open(Places places, Clock clock, PrintWriter messages) {
    DecisionLog log = null;
    if (places.log() != null) {
      try {
        log = DecisionLog.open(places.log());
      } catch (dev.rigwright.audit.LogException unusable) {
        messages.println("NOTHING IS RECORDED. " + unusable.getMessage());
      }
    }
    try {
      return new Installation(places, clock, log);
    } catch (RuntimeException broken) {
      if (log != null) {
        log.close();
      }
      throw broken;
    }
  }

  /** What is in force now. */
  public InForce inForce() {
    return inForce;
  }

  /** Where everything lies. */
  public Places places() {
    return places;
  }

  /** The log of decisions; null where nothing is recorded. */
  public DecisionLog log() {
    return log;
  }

  /** What the time is. */
  public Clock clock() {
    return clock;
  }

  /** The day of requirements that name none. */
  public LocalDate today() {
    return LocalDate.now(clock);
  }

  /** How many changes of the rules came into force since the beginning. */
  public long rulesReloads() {
    return rulesReloads.get();
  }

  /** How many changes of the facts came into force since the beginning. */
  public long factsReloads() {
    return factsReloads.get();
  }

  /** How many cases of the rules in force nobody has run here; those of edited rules are run. */
  public int leftCases() {
    return source.leftCases();
  }

  /** Whether they are being run. */
  public boolean runningLeftCases() {
    return source.runningLeftCases();
  }

  /** Runs them, aside; what fails is told as a change that was refused. */
  public void runLeftCases() {
    source.runLeftCases();
  }

  /** How many changes of rules or facts were refused. */
  public long refusals() {
    return refusals.get();
  }

  /** The lints, over the claims of the facts that are in force. */
  private final class Live implements RulebookSource.Checker {
    private RulebookSource.Checker now() {
      return Check.live(places.home(), known.facts().claims());
    }

    @Override
    public List<Finding> findings(List<RuleFile> files, Map<String, String> cases) {
      return now().findings(files, cases);
    }

    @Override
    public List<Finding> faults(Map<String, String> rules) {
      return now().faults(rules);
    }
  }

  /** Rules or facts with which nothing can be decided do not come into force. */
  private Advisor tried(Advisor advisor) {
    advisor.decide(advisor.reader().read(Json.MAPPER.createObjectNode(), today()));
    return advisor;
  }

  private static Known read(Places places, Instant since) {
    Facts facts = FactsReader.read(places.facts(), places.own());
    return new Known(facts, RequirementReader.of(facts, places.facts()), since, null);
  }

  private List<Path> factFolders() {
    return places.own() == null ? List.of(places.facts()) : List.of(places.facts(), places.own());
  }

  private void rulesChanged(RulebookSource.State state) {
    InForce before = inForce;
    publish();
    // Counted once it is in force: who sees the count finds what was counted.
    if (before != null) {
      boolean other = !state.rulebook().hash().equals(before.rulebook().hash());
      (other ? rulesReloads : refusals).addAndGet(other || state.refused() != null ? 1 : 0);
    }
  }

  /** Brings the newest rules and the newest facts into force together. */
  private void publish() {
    publish(null);
  }

  /**
   * The same.
   *
   * @param opened over the newest facts, for rules that may not be the newest any more; or null
   */
  private synchronized void publish(Advisor opened) {
    RulebookSource.State state = source.state();
    Known facts = known;
    InForce before = inForce;
    Advisor advisor = state.advisor();
    if (advisor.reader() != facts.reader()) {
      // The rules were opened over facts that have changed since.
      advisor =
          Stream.of(before == null ? null : before.advisor(), opened)
              .filter(
                  one ->
                      one != null
                          && one.reader() == facts.reader()
                          && one.rulebook() == state.rulebook())
              .findFirst()
              .orElseGet(() -> facts.advisor(state.rulebook(), state.advisor()));
    }
    inForce =
        new InForce(
            advisor,
            state.since(),
            facts.since(),
            state.warnings(),
            state.refused(),
            facts.refused(),
            places.rules());
    if (before != null && before.advisor() != advisor) {
      before.advisor().retire();
    }
  }

  private void follow() {
    try {
      Map<Path, String> seen = stamps();
      while (!closed) {
        // Looks by itself now and then: not every file system tells of every change.
        watch.await(LOOK_AGAIN_MILLIS);
        Map<Path, String> now = stamps();
        if (!now.equals(seen)) {
          seen = now;
          refreshFacts();
        }
      }
    } catch (InterruptedException | ClosedWatchServiceException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** Size and time of each file of facts. */
  private Map<Path, String> stamps() {
    Map<Path, String> stamps = new TreeMap<>();
    for (Path folder : factFolders()) {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.filter(Files::isRegularFile).toList()) {
          stamps.put(path, Files.size(path) + " " + Files.getLastModifiedTime(path));
        }
      } catch (IOException | UncheckedIOException vanished) {
        stamps.put(folder, "vanished while it was looked at");
      }
    }
    return stamps;
  }

  /** Takes the facts as they are now. */
  private void refreshFacts() throws InterruptedException {
    Known before = known;
    Known next;
    Advisor opened = null;
    try {
      Known read = whole();
      next =
          read.facts().hash().equals(before.facts().hash())
                  && read.reader().schema().equals(before.reader().schema())
              ? before.refusing(null)
              : read;
      if (next == read) {
        opened = tried(next.advisor(source.state().rulebook(), source.state().advisor()));
      }
    } catch (FactsException | BadInputException | RulebookException | UncheckedIOException broken) {
      next =
          before.refusing(new RefusedFacts(clock.instant(), broken.getMessage().lines().toList()));
    }
    if (next.equals(before)) {
      return;
    }
    known = next;
    publish(opened);
    if (next.reader() != before.reader()) {
      factsReloads.incrementAndGet();
    } else if (next.refused() != null) {
      refusals.incrementAndGet();
    }
  }

  /**
   * Reads the facts once their files have stopped changing, so that nothing is taken from the
   * middle of a save.
   */
  private Known whole() throws InterruptedException {
    String before = null;
    while (true) {
      String found = contents();
      if (found.equals(before)) {
        Known read = null;
        RuntimeException broken = null;
        try {
          read = read(places, clock.instant());
        } catch (FactsException | BadInputException | UncheckedIOException failed) {
          broken = failed;
        }
        if (contents().equals(found)) {
          if (broken != null) {
            throw broken;
          }
          return read;
        }
      }
      before = found;
      Thread.sleep(BETWEEN_MILLIS);
    }
  }

  /** Names what the files hold; never the same where one vanishes meanwhile. */
  private String contents() {
    Map<String, byte[]> contents = new TreeMap<>();
    for (Path folder : factFolders()) {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.filter(Files::isRegularFile).toList()) {
          contents.put(path.toString(), Files.readAllBytes(path));
        }
      } catch (IOException | UncheckedIOException vanished) {
        return vanished + " at " + System.nanoTime();
      }
    }
    return Fingerprint.ofFiles(contents);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    source.close();
    watch.close();
    if (log != null) {
      log.close();
    }
  }
}
