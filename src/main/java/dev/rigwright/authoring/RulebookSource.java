package dev.rigwright.authoring;

import dev.rigwright.engine.Advisor;
import dev.rigwright.rulebook.Recompiler;
import dev.rigwright.rulebook.RuleFile;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookException;
import dev.rigwright.rulebook.RulebookException.Problem;
import dev.rigwright.rulebook.RulebookReader;
import dev.rigwright.rulebook.Span;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The rules of a folder as they are edited. Each change is read whole, checked, compiled and tried
 * on all cases aside; then the rulebook in force is replaced at once, or stays as it is and the
 * findings say why. An advisor is immutable: a decision in flight ends with the rules that it began
 * with.
 *
 * <p>Thread-safe. Close it to end the watching.
 */
public final class RulebookSource implements AutoCloseable {

  /** What rules are held against besides the compiler and their cases. */
  @FunctionalInterface
  public interface Checker {
    /**
     * What speaks against rules that can be read, and against the files of cases. Errors keep them
     * from coming into force, warnings do not.
     *
     * @param cases the files of cases, by path
     */
    List<Finding> findings(List<RuleFile> files, Map<String, String> cases);

    /**
     * What is wrong with rules that cannot be read or compiled, more exactly than parser and
     * compiler say it; nothing where that is all that can be said.
     *
     * @param rules the rule files, by path
     */
    default List<Finding> faults(Map<String, String> rules) {
      return List.of();
    }
  }

  /** When the cases run that the first rulebook comes with. */
  public enum FirstCases {
    /** Aside, as soon as it is in force. */
    AT_ONCE,
    /**
     * When {@link #runLeftCases} is called; those of a rule that is edited run with its edit.
     * Running them all takes longer than many a reload together.
     */
    WHEN_ASKED
  }

  /** A checker that lets everything pass: compiler and cases judge alone. */
  public static final Checker NONE = (files, cases) -> List.of();

  /**
   * What is in force.
   *
   * @param since when it came into force
   * @param warnings what was found in it and did not keep it out
   * @param refused the newest change, where it did not come into force; null where all is well
   */
  public record State(Advisor advisor, Instant since, List<Finding> warnings, Refused refused) {
    public State {
      warnings = List.copyOf(warnings);
    }

    /** The rules in force. */
    public Rulebook rulebook() {
      return advisor.rulebook();
    }
  }

  /**
   * A change that did not come into force, with the reasons.
   *
   * @param texts what was found, by path; empty where it could not be read
   */
  public record Refused(Instant at, List<Finding> findings, Map<String, String> texts) {
    public Refused {
      findings = List.copyOf(findings);
      texts = Map.copyOf(texts);
    }
  }

  private static final long LOOK_AGAIN_MILLIS = 5_000;

  private final Path folder;
  private final Function<Rulebook, Advisor> opener;
  private final Checker checker;
  private final InstantSource clock;
  private final Recompiler compiler = new Recompiler();
  private final CaseRuns caseRuns = new CaseRuns(() -> this.closed);
  private final List<Consumer<State>> listeners = new CopyOnWriteArrayList<>();
  private final FolderWatch watch;
  private final Thread watcher;
  private volatile boolean running;
  private RuleSnapshot seen;
  private volatile Good good;
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
    this(folder, opener, checker, clock, FirstCases.AT_ONCE);
  }

  /** The same, with the cases of the first rulebook run when it is said. */
  public RulebookSource(
      Path folder,
      Function<Rulebook, Advisor> opener,
      Checker checker,
      InstantSource clock,
      FirstCases firstCases) {
    this.folder = folder;
    this.opener = opener;
    this.checker = checker;
    this.clock = clock;
    watch = FolderWatch.ofRules(folder);
    try {
      seen = RuleSnapshot.read(folder);
      List<RuleFile> files = RulebookReader.parse(folder, seen.rules());
      state = new State(opener.apply(compiler.compile(files)), clock.instant(), List.of(), null);
      good = new Good(files, seen.cases());
      if (firstCases == FirstCases.WHEN_ASKED) {
        caseRuns.leave(good.files(), good.cases());
      }
    } catch (RulebookException broken) {
      watch.close();
      throw seen == null ? broken : RulebookReader.exact(folder, seen.rules(), broken);
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

  /** How many cases of the rules in force were left for later and not run yet. */
  public int leftCases() {
    return caseRuns.left();
  }

  /** Whether cases that were left are being run. */
  public boolean runningLeftCases() {
    return running;
  }

  /**
   * Runs the cases that were left, aside, one rule after the other; what fails is told as a change
   * that was refused. Edits come into force meanwhile, and the rules that stand then are run.
   */
  public void runLeftCases() {
    synchronized (caseRuns) {
      if (running || closed) {
        return;
      }
      running = true;
    }
    Thread thread = new Thread(this::runLeft, "cases");
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    thread.start();
  }

  private void runLeft() {
    try {
      boolean over = false;
      while (!over && !closed) {
        Good now = good;
        List<Finding> failing =
            caseRuns.failingOfLeft(folder, now.files(), now.cases(), () -> good != now);
        over = toldOf(now, failing);
      }
    } finally {
      running = false;
    }
  }

  /** Whether these are the rules in force still; what fails in them is told then. */
  private synchronized boolean toldOf(Good of, List<Finding> failing) {
    if (good != of) {
      return false;
    }
    State now = state;
    if (!failing.isEmpty() && now.refused() == null) {
      tell(
          new State(
              now.advisor(),
              now.since(),
              now.warnings(),
              new Refused(clock.instant(), failing, of.cases())));
    }
    return true;
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

  /** The texts in force. */
  private record Good(List<RuleFile> files, Map<String, String> cases) {}

  /** What a change was found to be: an advisor, or the findings that keep it out. */
  private record Tried(Advisor advisor, List<Finding> warnings, List<Finding> errors) {}

  private synchronized void firstCases() {
    State first = state;
    Tried tried = tried(seen, () -> first.rulebook().files(), files -> first.advisor());
    if (!tried.errors().isEmpty() || !tried.warnings().isEmpty()) {
      Refused refused =
          tried.errors().isEmpty()
              ? null
              : new Refused(clock.instant(), tried.errors(), texts(seen));
      tell(new State(first.advisor(), first.since(), tried.warnings(), refused));
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
      return refused(before, null, findings(unreadable.problems(), Map.of()));
    } catch (UncheckedIOException unreadable) {
      return refused(before, null, List.of(unplaced(unreadable.getMessage())));
    }
    if (now.equals(seen)) {
      return before;
    }
    Tried tried =
        tried(
            now,
            () -> RulebookReader.parse(folder, now.rules(), before.rulebook().files()),
            files -> opened(before, files));
    if (!tried.errors().isEmpty()) {
      return refused(before, now, tried.errors());
    }
    seen = now;
    good = new Good(tried.advisor().rulebook().files(), now.cases());
    boolean same = tried.advisor() == before.advisor();
    Instant since = same ? before.since() : clock.instant();
    return tell(new State(tried.advisor(), since, tried.warnings(), null));
  }

  /**
   * Compiles, lints and runs the cases, none of which needs another. Whatever is thrown is a
   * finding: whoever edits rules must be told, and the watching goes on.
   */
  private Tried tried(
      RuleSnapshot now, Supplier<List<RuleFile>> parsed, Function<List<RuleFile>, Advisor> opened) {
    List<Finding> errors = new ArrayList<>();
    List<Finding> warnings = new ArrayList<>();
    CompletableFuture<Advisor> compiled = null;
    Throwable broken = null;
    try {
      List<RuleFile> files = parsed.get();
      compiled = CompletableFuture.supplyAsync(() -> opened.apply(files));
      for (Finding finding : checker.findings(files, now.cases())) {
        (finding.severity() == Finding.Severity.ERROR ? errors : warnings).add(finding);
      }
      for (Finding failing : caseRuns.failing(folder, files, now.cases())) {
        if (errors.stream().noneMatch(error -> error.place().equals(failing.place()))) {
          errors.add(failing);
        }
      }
    } catch (Throwable thrown) {
      broken = thrown;
    }
    Advisor advisor = null;
    try {
      // To its end in any case: two compilations never run at once.
      advisor = compiled == null ? null : compiled.join();
    } catch (CompletionException failed) {
      broken = failed.getCause();
    }
    if (broken != null && !explained(broken, errors)) {
      List<Finding> faults = faults(now, broken);
      faults.stream().filter(fault -> !errors.contains(fault)).forEach(errors::add);
    }
    return new Tried(advisor, warnings, errors);
  }

  /** Whether each file that the compiler stumbled over has an error of its own already. */
  private boolean explained(Throwable broken, List<Finding> errors) {
    return broken instanceof RulebookException rules
        && rules.problems().stream()
            .map(problem -> relative(problem.file()))
            .allMatch(file -> errors.stream().anyMatch(error -> error.place().file().equals(file)));
  }

  /** What is wrong where parser or compiler stopped, or anything else failed. */
  private List<Finding> faults(RuleSnapshot now, Throwable broken) {
    if (!(broken instanceof RulebookException rules)) {
      return List.of(unplaced("No decision can be made with these rules: " + broken));
    }
    try {
      List<Finding> exact = checker.faults(now.rules());
      if (!exact.isEmpty()) {
        return exact;
      }
    } catch (RuntimeException | LinkageError | StackOverflowError unexplained) {
      return findings(rules.problems(), now.rules());
    }
    return findings(rules.problems(), now.rules());
  }

  /** Compiles and opens; where an edit was taken back or touched the cases alone, nothing. */
  private Advisor opened(State before, List<RuleFile> files) {
    return files.equals(before.rulebook().files())
        ? before.advisor()
        : opener.apply(compiler.compile(files));
  }

  private State refused(State before, RuleSnapshot read, List<Finding> findings) {
    boolean same =
        read == null && before.refused() != null && before.refused().findings().equals(findings);
    seen = read;
    return same
        ? before
        : tell(
            new State(
                before.advisor(),
                before.since(),
                before.warnings(),
                new Refused(clock.instant(), findings, texts(read))));
  }

  private static Map<String, String> texts(RuleSnapshot read) {
    Map<String, String> texts = new HashMap<>();
    if (read != null) {
      texts.putAll(read.rules());
      texts.putAll(read.cases());
    }
    return texts;
  }

  private State tell(State next) {
    if (closed) {
      return state;
    }
    state = next;
    listeners.forEach(listener -> listener.accept(next));
    return next;
  }

  /** What parser, compiler or engine said, at the line that they name. */
  private List<Finding> findings(List<Problem> problems, Map<String, String> rules) {
    List<Finding> findings = new ArrayList<>();
    for (Problem problem : problems) {
      String file = relative(problem.file());
      if (rules.containsKey(file)) {
        findings.add(
            Finding.error(
                CaseLint.place(rules, file, problem.line(), problem.column()),
                "compile",
                problem.message()));
      } else {
        findings.add(unplaced(problem.message()));
      }
    }
    return findings;
  }

  private String relative(String file) {
    for (String before : List.of(folder + "/", "rules/")) {
      if (file.startsWith(before)) {
        return file.substring(before.length());
      }
    }
    return file;
  }

  /** A finding about the folder as a whole. */
  private Finding unplaced(String message) {
    return Finding.error(
        new Span(".", 1, 1, 1, 1, 0, 0),
        "rules",
        message.contains("Maybe ")
            ? message
            : message + " Maybe the change before this one can be taken back.");
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
