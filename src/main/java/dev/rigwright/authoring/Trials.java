package dev.rigwright.authoring;

import dev.rigwright.engine.SingleRule;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookException;
import dev.rigwright.rulebook.RulebookReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Variants of one rule, compiled together as far as they can be: one that does not compile, or that
 * fails over some facts, is set apart, and does not keep the others from being tried.
 */
final class Trials {

  private final Rulebook whole;
  private final String rule;
  private final Map<String, String> variants;
  private final List<Group> groups = new ArrayList<>();
  private final Set<String> broken = new LinkedHashSet<>();

  private record Group(Rulebook rulebook, List<String> names) {}

  private Trials(Rulebook whole, String rule, Map<String, String> variants) {
    this.whole = whole;
    this.rule = rule;
    this.variants = variants;
  }

  /**
   * Compiles variants.
   *
   * @param variants text of a whole rule by its name
   */
  static Trials of(Rulebook whole, String rule, Map<String, String> variants) {
    Trials trials = new Trials(whole, rule, new LinkedHashMap<>(variants));
    trials.groups.addAll(trials.compiled(List.copyOf(variants.keySet())));
    return trials;
  }

  /** Those that do not compile. */
  Set<String> broken() {
    return broken;
  }

  private List<Group> compiled(List<String> names) {
    if (names.isEmpty()) {
      return List.of();
    }
    try {
      List<String> texts = names.stream().map(variants::get).toList();
      return List.of(new Group(RulebookReader.variants(whole, rule, texts), names));
    } catch (RulebookException oneOfThem) {
      if (names.size() == 1) {
        broken.add(names.get(0));
        return List.of();
      }
      return halves(names);
    }
  }

  private List<Group> halves(List<String> names) {
    List<Group> groups = new ArrayList<>(compiled(names.subList(0, names.size() / 2)));
    groups.addAll(compiled(names.subList(names.size() / 2, names.size())));
    return groups;
  }

  /**
   * Which variants match, and how; one that fails over these facts does not.
   *
   * @param given makes the facts for a rulebook
   */
  Map<String, List<Map<String, Object>>> matches(Function<Rulebook, List<Object>> given) {
    Map<String, List<Map<String, Object>>> matches = new LinkedHashMap<>();
    each(
        group ->
            matches.putAll(SingleRule.matches(group.rulebook(), given.apply(group.rulebook()))));
    return matches;
  }

  /** The names of all that compile. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    groups.forEach(group -> names.addAll(group.names()));
    return names;
  }

  /** Which variants match; one that fails over these facts does not. */
  Set<String> matched(Function<Rulebook, List<Object>> given) {
    Set<String> matched = new LinkedHashSet<>();
    each(
        group ->
            matched.addAll(SingleRule.matched(group.rulebook(), given.apply(group.rulebook()))));
    return matched;
  }

  /** Tries all groups, halving those in which something fails. */
  private void each(Consumer<Group> tried) {
    List<Group> open = new ArrayList<>(groups);
    groups.clear();
    while (!open.isEmpty()) {
      Group group = open.remove(0);
      try {
        tried.accept(group);
        groups.add(group);
      } catch (RuntimeException oneOfThem) {
        if (group.names().size() == 1) {
          groups.add(group);
        } else {
          open.addAll(0, halves(group.names()));
        }
      }
    }
  }

  /**
   * What a use yields with the rulebook that holds a variant; where that fails, with the variant
   * alone.
   *
   * @throws RuntimeException if it fails alone
   */
  <T> T with(String name, Function<Rulebook, T> use) {
    while (true) {
      Group group = groups.stream().filter(g -> g.names().contains(name)).findFirst().orElseThrow();
      try {
        return use.apply(group.rulebook());
      } catch (RuntimeException failed) {
        if (group.names().size() == 1) {
          throw failed;
        }
        groups.remove(group);
        groups.addAll(halves(group.names()));
      }
    }
  }
}
