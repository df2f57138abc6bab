package dev.rigwright.authoring;

import dev.rigwright.domain.Outcome;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Outline;
import dev.rigwright.engine.Outline.Picked;
import dev.rigwright.engine.Trace;
import dev.rigwright.rulebook.RuleChange;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookReader;
import dev.rigwright.rulebook.Strata;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** What two rulebooks answer differently to the same requirements over the same facts, and why. */
public final class RuleDiff {

  /** In what an answer can differ. */
  public enum Kind {
    /** There is an answer where there was none, or none where there was one. */
    FEASIBLE("feasible or not"),
    /** Recommended before and kept now, or the other way round. */
    VERDICT("buy or keep"),
    PICK("pick"),
    PICK_EXCLUDED("exclusion of the pick"),
    TOTAL("total"),
    WARNING_ADDED("warning added"),
    WARNING_GONE("warning gone"),
    WARNING_CHANGED("warning worded differently"),
    CONFLICT("conflict with the guide");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** The kind in words. */
    public String word() {
      return word;
    }
  }

  /**
   * One difference.
   *
   * @param subject the rule and what it speaks of, for warnings and conflicts; else empty
   * @param from null where there was nothing
   * @param to null where there is nothing
   */
  public record Change(Kind kind, String subject, String from, String to) {}

  /**
   * A decision that differs.
   *
   * @param rules the changed rules that either decision rests on; empty where none does
   */
  public record Changed(
      String requirement, String title, List<Change> changes, List<String> rules) {
    public Changed {
      changes = List.copyOf(changes);
      rules = List.copyOf(rules);
    }
  }

  /**
   * The comparison.
   *
   * @param rules what became of rules that differ: added, removed or changed
   * @param counts decisions by kind of change
   * @param causes decisions by changed rule that they rest on
   */
  public record Comparison(
      String oldHash,
      String newHash,
      SortedMap<String, String> rules,
      int requirements,
      Map<Kind, Integer> counts,
      SortedMap<String, Integer> causes,
      List<Changed> changed) {
    public Comparison {
      rules = Collections.unmodifiableSortedMap(rules);
      counts = Collections.unmodifiableMap(counts);
      causes = Collections.unmodifiableSortedMap(causes);
      changed = List.copyOf(changed);
    }
  }

  /**
   * Ends the name of a rule's new version where it stands beside the old one; no rule's ends so.
   */
  private static final String NEW_VERSION = " (new)";

  private final Advisor before;
  private final Advisor after;
  private final SortedMap<String, String> rules;

  /** The old rules, and what of the new ones differs beside them; null where that cannot be had. */
  private final Advisor both;

  /** Compares two advisors over the same facts. */
  public RuleDiff(Advisor before, Advisor after) {
    this(before, after, true);
  }

  /**
   * Compares two advisors.
   *
   * @param shortcut whether to leave out the new rules where nothing that differs can matter; the
   *     result is the same
   */
  RuleDiff(Advisor before, Advisor after, boolean shortcut) {
    this.before = before;
    this.after = after;
    this.rules = new TreeMap<>();
    RuleChange.between(before.rulebook(), after.rulebook())
        .forEach(change -> rules.put(change.rule(), change.how().word()));
    this.both = shortcut ? both() : null;
  }

  /**
   * One session can tell that two rulebooks decide alike: the old rules fire, the new versions of
   * those that differ stand beside them and are kept from firing. Where none of them would have
   * fired, and no old version did, both decisions rest on the common rules alone.
   */
  private Advisor both() {
    boolean types = RuleChange.types(before.rulebook()).equals(RuleChange.types(after.rulebook()));
    boolean claims =
        rules.keySet().stream()
            .anyMatch(rule -> judges(before.rulebook(), rule) || judges(after.rulebook(), rule));
    if (rules.isEmpty() || !types || claims) {
      // Claims are judged once, before anybody asks, so what differs there is not seen in a
      // session.
      return null;
    }
    SortedSet<String> differing = new TreeSet<>(rules.keySet());
    differing.retainAll(after.rulebook().rules().keySet());
    return before.under(
        RulebookReader.beside(
            before.rulebook(), after.rulebook(), differing, rule -> rule + NEW_VERSION));
  }

  private static boolean judges(Rulebook rulebook, String rule) {
    return rulebook.rules().containsKey(rule) && rulebook.rule(rule).folder().equals(Strata.CLAIMS);
  }

  /**
   * Decides each requirement by both.
   *
   * @param done is told after each how many are done
   */
  public Comparison on(List<Requirement> requirements, int threads, IntConsumer done)
      throws InterruptedException {
    List<Changed> changed = new ArrayList<>();
    // Files that differ in comments alone decide alike.
    if (!rules.isEmpty()) {
      ExecutorService workers = Executors.newFixedThreadPool(threads);
      List<Future<Changed>> results = new ArrayList<>();
      try {
        for (Requirement requirement : requirements) {
          results.add(workers.submit(() -> compared(requirement)));
        }
        int counted = 0;
        for (Future<Changed> result : results) {
          Changed one = result.get();
          done.accept(++counted);
          if (one != null) {
            changed.add(one);
          }
        }
      } catch (ExecutionException failed) {
        throw failed.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException(failed.getCause());
      } finally {
        // What has not begun is dropped; what has is not interrupted: rule classes load in it.
        results.forEach(result -> result.cancel(false));
        workers.shutdown();
      }
    }
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    SortedMap<String, Integer> causes = new TreeMap<>();
    for (Changed one : changed) {
      one.changes().stream()
          .map(Change::kind)
          .distinct()
          .forEach(kind -> counts.merge(kind, 1, Integer::sum));
      one.rules().forEach(rule -> causes.merge(rule, 1, Integer::sum));
    }
    return new Comparison(
        before.rulebook().hash(),
        after.rulebook().hash(),
        rules,
        requirements.size(),
        counts,
        causes,
        changed);
  }

  private Changed compared(Requirement requirement) {
    if (both == null) {
      return before.outline(requirement, (one, oldTrace) -> compared(requirement, one, oldTrace));
    }
    AtomicBoolean touched = new AtomicBoolean();
    Advisor asking =
        both.asking(
            rule -> {
              boolean newVersion = rule.endsWith(NEW_VERSION);
              if (newVersion || rules.containsKey(rule)) {
                touched.set(true);
              }
              return !newVersion;
            });
    return asking.outline(
        requirement,
        (one, oldTrace) -> touched.get() ? compared(requirement, one, oldTrace) : null);
  }

  /** Decides by the new rules while the facts of the old decision still stand. */
  private Changed compared(Requirement requirement, Outline one, Function<Picked, Trace> oldTrace) {
    return after.outline(
        requirement,
        (other, newTrace) -> {
          List<Change> changes = changes(one, other);
          return changes.isEmpty()
              ? null
              : because(
                  requirement,
                  one,
                  oldTrace.apply(other.picked()),
                  other,
                  newTrace.apply(one.picked()),
                  changes);
        });
  }

  private Changed because(
      Requirement requirement,
      Outline one,
      Trace oldTrace,
      Outline other,
      Trace newTrace,
      List<Change> changes) {
    if (!Objects.equals(cards(one.picked()), cards(other.picked()))) {
      excluded(one.picked(), newTrace.bars())
          .forEach(rule -> changes.add(new Change(Kind.PICK_EXCLUDED, "", null, rule)));
      excluded(other.picked(), oldTrace.bars())
          .forEach(rule -> changes.add(new Change(Kind.PICK_EXCLUDED, "", rule, null)));
    }
    SortedSet<String> causes = new TreeSet<>(oldTrace.rules());
    causes.addAll(newTrace.rules());
    causes.retainAll(rules.keySet());
    return new Changed(requirement.id(), requirement.title(), changes, List.copyOf(causes));
  }

  private static List<String> excluded(Picked cards, SortedSet<String> bars) {
    return bars.stream().map(rule -> "%s by %s".formatted(cards.cards(), rule)).toList();
  }

  private static List<Change> changes(Outline one, Outline other) {
    List<Change> changes = new ArrayList<>();
    if (one.verdict() != other.verdict()) {
      boolean feasible =
          one.verdict() == Outcome.INFEASIBLE || other.verdict() == Outcome.INFEASIBLE;
      changes.add(
          new Change(
              feasible ? Kind.FEASIBLE : Kind.VERDICT,
              "",
              one.verdict().word(),
              other.verdict().word()));
    }
    if (!Objects.equals(cards(one.picked()), cards(other.picked()))) {
      changes.add(new Change(Kind.PICK, "", cards(one.picked()), cards(other.picked())));
    }
    if (!Objects.equals(total(one.picked()), total(other.picked()))) {
      changes.add(new Change(Kind.TOTAL, "", total(one.picked()), total(other.picked())));
    }
    said(one.warnings(), other.warnings(), changes, true);
    said(one.conflicts(), other.conflicts(), changes, false);
    return changes;
  }

  private static void said(
      SortedMap<String, String> one,
      SortedMap<String, String> other,
      List<Change> changes,
      boolean warnings) {
    SortedSet<String> all = new TreeSet<>(one.keySet());
    all.addAll(other.keySet());
    for (String subject : all) {
      String from = one.get(subject);
      String to = other.get(subject);
      if (!Objects.equals(from, to)) {
        Kind kind = Kind.CONFLICT;
        if (warnings) {
          kind =
              from == null
                  ? Kind.WARNING_ADDED
                  : to == null ? Kind.WARNING_GONE : Kind.WARNING_CHANGED;
        }
        changes.add(new Change(kind, subject, from, to));
      }
    }
  }

  private static String cards(Picked picked) {
    return picked == null ? null : picked.cards();
  }

  private static String total(Picked picked) {
    return picked == null ? null : picked.totalUsd() + " USD";
  }
}
