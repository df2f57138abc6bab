package dev.rigwright.rulebook.loops;

import dev.rigwright.rulebook.Rulebook;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The rules of a rulebook, written out as loops when somebody first asks for them. They conclude
 * what the engine concludes, in a third of the time; how a conclusion came about they do not tell.
 *
 * <p>Thread-safe.
 */
public final class LoopRules {

  private final Rulebook rulebook;
  private final List<Class<?>> given;
  private final Supplier<Set<String>> silent;
  private final LoopClasses classes;
  private final boolean early;
  private Set<Class<?>> over = Set.of();
  private volatile RuleLoops written;
  private volatile String cannot;

  /**
   * The rules of a rulebook; nothing is written yet.
   *
   * @param given types of what is asked
   * @param silent names of rules that only speak
   */
  public LoopRules(Rulebook rulebook, Collection<Class<?>> given, Supplier<Set<String>> silent) {
    this(rulebook, given, silent, new LoopClasses(), false);
  }

  private LoopRules(
      Rulebook rulebook,
      Collection<Class<?>> given,
      Supplier<Set<String>> silent,
      LoopClasses classes,
      boolean early) {
    this.rulebook = rulebook;
    this.given = List.copyOf(given);
    this.silent = silent;
    this.classes = classes;
    this.early = early;
  }

  /** Those of the rulebook that comes after this one; what did not change runs on as it is. */
  public LoopRules after(Rulebook next, Supplier<Set<String>> silentThen) {
    return new LoopRules(next, given, silentThen, classes, atHand());
  }

  /** Whether they are written, or those before them were, so that it takes little time. */
  public boolean atHand() {
    return written != null || early;
  }

  /** Why they cannot be written; null where they can, or nobody has tried. */
  public String cannot() {
    return cannot;
  }

  /** What has been written; nothing before. */
  List<RuleLoop> loops() {
    RuleLoops now = written;
    return now == null ? List.of() : now.loops();
  }

  /**
   * The rules over a catalogue; null where they cannot be written, or one of them fails over it.
   *
   * @param longestNanos that what follows from the catalogue alone may take
   */
  public LoopBase over(List<Object> catalogue, long longestNanos) {
    Set<Class<?>> types = new HashSet<>();
    catalogue.forEach(fact -> types.add(fact.getClass()));
    // Rulebooks that follow each other share their classes.
    synchronized (classes) {
      if (cannot == null && (written == null || !over.equals(types))) {
        try {
          written = RuleLoops.of(rulebook, given, types, classes);
          over = types;
        } catch (NoLoop one) {
          cannot = one.getMessage();
        }
      }
      if (cannot != null) {
        return null;
      }
      try {
        return new LoopBase(written, catalogue, silent.get(), System.nanoTime() + longestNanos);
      } catch (RuntimeException | LinkageError failed) {
        cannot = "a rule that fails over the catalogue (" + failed + ")";
        return null;
      }
    }
  }
}
