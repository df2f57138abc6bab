package dev.rigwright.rulebook.loops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.kie.api.runtime.rule.RuleContext;

/** All facts of one pass of the rules; for one thread. */
public final class Memory {

  /** So many facts are looked at between two looks at the time. */
  private static final int LOOK = 1 << 16;

  private final RuleLoops rules;
  private final FactList[] lists;
  private final Object[][][] fixed;
  private final long until;
  private RuleLoop running;
  private int looked;
  private Set<Object> followed;

  /**
   * A memory.
   *
   * @param lists by the places of types
   * @param fixed by the places of rules
   * @param until when it takes too long, by {@link System#nanoTime}
   */
  Memory(RuleLoops rules, FactList[] lists, Object[][][] fixed, long until) {
    this.rules = rules;
    this.lists = lists;
    this.fixed = fixed;
    this.until = until;
  }

  /** The facts of a type. */
  public FactList list(int type) {
    return lists[type];
  }

  /** To be called for each fact that is looked at within another loop; ends what never would. */
  public void look() {
    if ((++looked & LOOK - 1) == 0 && System.nanoTime() - until > 0) {
      throw new TooLong();
    }
  }

  /** An empty list for what a rule gathers. */
  public List<Object> gathered() {
    return new ArrayList<>();
  }

  /** An empty list for facts that are matched together. */
  public List<Object[]> tuples() {
    return new ArrayList<>();
  }

  /** All facts that are matched together. */
  public Object[][] whole(List<Object[]> tuples) {
    return tuples.toArray(Object[][]::new);
  }

  /** Adds what the running rule concludes. */
  public void conclude(int type, Object fact) {
    FactList list = lists[type];
    list.add(fact, running.rule().getName());
    if (followed != null && list.stands(fact)) {
      followed.add(fact);
    }
  }

  /**
   * What the patterns of the running rule match together that hang on the catalogue alone: a fact
   * for each of them, in the order of the text.
   */
  public Object[][] fixed() {
    return fixed[running.place()];
  }

  /**
   * What functions that rules call know of the rule that calls them.
   *
   * @param values of the variables that its wording shows
   */
  public RuleContext context(Object... values) {
    return new Context(running, values);
  }

  void run(RuleLoop rule) {
    running = rule;
    rule.run(this);
  }

  /** Runs a rule; how much of what it concludes stands in the catalogue's own memory. */
  int counted(RuleLoop rule) {
    followed = new HashSet<>();
    run(rule);
    int count = followed.size();
    followed = null;
    return count;
  }

  /** Whether one of some types holds more than what follows from the catalogue alone. */
  boolean grew(int[] types) {
    for (int type : types) {
      if (lists[type].grew()) {
        return true;
      }
    }
    return false;
  }

  /** What the patterns of a rule match together that hang on the catalogue alone. */
  Object[][] fixed(RuleLoop rule) {
    running = rule;
    return rule.fixed(this);
  }

  void give(Object fact) {
    int place = rules.place(fact.getClass());
    if (place >= 0) {
      lists[place].give(fact);
    }
  }

  /** All facts. */
  public List<Object> all() {
    List<Object> all = new ArrayList<>();
    for (FactList list : lists) {
      all.addAll(Arrays.asList(list.all()));
    }
    return all;
  }

  /** All facts of a type. */
  @SuppressWarnings("unchecked")
  public <T> List<T> all(Class<T> type) {
    int place = rules.place(type);
    return place < 0 ? List.of() : (List<T>) Arrays.asList(lists[place].all());
  }

  /** The rules that concluded a fact; none for a given one. */
  public List<String> rules(Object fact) {
    int place = rules.place(fact.getClass());
    return place < 0 ? List.of() : lists[place].rules(fact);
  }

  /** A pass takes longer than one may. */
  static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
