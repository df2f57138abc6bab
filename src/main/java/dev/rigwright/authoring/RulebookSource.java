package dev.rigwright.authoring;

import dev.rigwright.engine.Advisor;
import dev.rigwright.rulebook.RuleFile;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookException;
import dev.rigwright.rulebook.RulebookException.Problem;
import dev.rigwright.rulebook.RulebookReader;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The rules of a folder as they are edited. Each change is read whole, checked, compiled and tried
 * on all cases aside; then the rulebook in force is replaced at once, or stays as it is and the
 * findings say why. An advisor is immutable: a decision in flight ends with the rules that it began
 * with.
 *
 * <p>Thread-safe. Close it to end the watching.
 */
public final class RulebookSource implements AutoCloseable {

  /** Something to hold rule files against before they are compiled, such as a lint. */
  public interface Checker {
    /** What speaks against them; a rulebook with findings does not come into force. */
    List<Problem> findings(Path folder, List<RuleFile> files);
  }

  /** A checker that lets everything pass: compiler and cases judge alone. */
  public static final Checker NONE = (folder, files) -> List.of();

  /**
   * What is in force.
   *
   * @param since when it came into force
   * @param refused the newest change, where it did not come into force; null where all is well
   */
  public record State(Advisor advisor, Instant since, Refused refused) {

    /** The rules in force. */
    public Rulebook rulebook() {
      return advisor.rulebook();
    }
  }

  /** A change that did not come into force, with the reasons. */
  public record Refused(Instant at, List<Problem> findings) {
    public Refused {
      findings = List.copyOf(findings);
    }
  }

  private static final long LOOK_AGAIN_MILLIS = 5_000;

  private final Path folder;
  private final Function<Rulebook, Advisor> opener;
  private final Checker checker;
  private final InstantSource clock;
  private final CaseRuns caseRuns = new CaseRuns();
  private final List<Consumer<State>> listeners = new CopyOnWriteArrayList<>();
  private final FolderWatch watch;
  private final Thread watcher;
  private RuleSnapshot seen;
  private volatile State state;
  private volatile boolean closed;

  /**
   * Reads a folder of rules and watches it from then on. The first rulebook comes into force as
   * soon as it compiles; its cases run afterwards, aside.
   *
   * @param opener makes the advisor of a rulebook, over the same facts each time; what it throws
   *     keeps the rulebook from coming into force
   * @throws RulebookException if the rules cannot be used as they stand
   */
  public RulebookSource(
      Path folder, Function<Rulebook, Advisor> opener, Checker checker, InstantSource clock) {
    this.folder = folder;
    this.opener = opener;
    this.checker = checker;
    this.clock = clock;
    watch = FolderWatch.ofRules(folder);
    try {
      seen = RuleSnapshot.read(folder);
      List<RuleFile> files = RulebookReader.parse(folder, seen.rules());
      state = new State(opener.apply(RulebookReader.compile(files)), clock.instant(), null);
    } catch (InterruptedException interrupted) {
      watch.close();
      throw interrupted(interrupted);
    } catch (RuntimeException broken) {
      watch.close();
      throw broken;
    }
    watcher = new Thread(this::follow, "rules");
    watcher.setDaemon(true);
    watcher.start();
  }

  /** What is in force now, and what was refused since. */
  public State state() {
    return state;
  }

  /** Who decides by the rules in force; keep it for a whole decision. */
  public Advisor advisor() {
    return state.advisor();
  }

  /** Tells of each change that came into force or was refused, on the watching thread. */
  public void onChange(Consumer<State> listener) {
    listeners.add(listener);
  }

  private void follow() {
    try {
      firstCases();
      while (!closed) {
        // Looks by itself now and then: not every file system tells of every change.
        watch.await(LOOK_AGAIN_MILLIS);
        refresh();
      }
    } catch (InterruptedException | ClosedWatchServiceException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void firstCases() {
    State first = state;
    List<Problem> failing = caseRuns.failing(folder, first.rulebook().files(), seen.cases());
    if (!failing.isEmpty()) {
      tell(new State(first.advisor(), first.since(), new Refused(clock.instant(), failing)));
    }
  }

  /**
   * Takes the folder as it is now, without waiting to be told of a change.
   *
   * @return what is in force afterwards
   */
  public synchronized State refresh() throws InterruptedException {
    State before = state;
    RuleSnapshot now;
    try {
      now = RuleSnapshot.read(folder);
    } catch (RulebookException unreadable) {
      return refused(before, null, unreadable.problems());
    } catch (UncheckedIOException unreadable) {
      return refused(before, null, List.of(problem(unreadable.getMessage())));
    }
    if (now.equals(seen)) {
      return before;
    }
    try {
      List<RuleFile> files = RulebookReader.parse(folder, now.rules(), before.rulebook().files());
      List<Problem> findings = new ArrayList<>(checker.findings(folder, files));
      if (findings.isEmpty()) {
        // Two kinds of work that do not need each other.
        CompletableFuture<Advisor> compiled =
            CompletableFuture.supplyAsync(() -> opened(before, files));
        findings.addAll(caseRuns.failing(folder, files, now.cases()));
        Advisor advisor = compiled.join();
        if (findings.isEmpty()) {
          seen = now;
          boolean same = advisor == before.advisor();
          return tell(new State(advisor, same ? before.since() : clock.instant(), null));
        }
      }
      return refused(before, now, findings);
    } catch (CompletionException failed) {
      return refused(before, now, problems(failed.getCause()));
    } catch (RuntimeException | StackOverflowError | LinkageError broken) {
      return refused(before, now, problems(broken));
    }
  }

  /** Compiles and opens; where an edit was taken back or touched the cases alone, nothing. */
  private Advisor opened(State before, List<RuleFile> files) {
    return files.equals(before.rulebook().files())
        ? before.advisor()
        : opener.apply(RulebookReader.compile(files));
  }

  private State refused(State before, RuleSnapshot read, List<Problem> findings) {
    boolean same =
        read == null && before.refused() != null && before.refused().findings().equals(findings);
    seen = read;
    return same
        ? before
        : tell(new State(before.advisor(), before.since(), new Refused(clock.instant(), findings)));
  }

  private State tell(State next) {
    if (closed) {
      return state;
    }
    state = next;
    listeners.forEach(listener -> listener.accept(next));
    return next;
  }

  private List<Problem> problems(Throwable cause) {
    return cause instanceof RulebookException broken
        ? broken.problems()
        : List.of(problem("No decision can be made with these rules: " + cause.getMessage()));
  }

  private Problem problem(String message) {
    return new Problem(folder.toString(), 1, 1, message);
  }

  private static IllegalStateException interrupted(InterruptedException interrupted) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("Interrupted while the rules were read.", interrupted);
  }

  /** Ends the watching; a change that is being tried is tried to its end and then forgotten. */
  @Override
  public void close() {
    // Never by interruption: the compiler of consequences, interrupted, leaves classes out and
    // says nothing.
    closed = true;
    watch.close();
  }
}
