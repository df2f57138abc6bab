package dev.rigwright.rulebook.loops;

import java.util.Collection;
import java.util.Objects;
import org.kie.api.definition.rule.Rule;

/**
 * A rule written out as nested loops over facts: its patterns are the loops, its constraints what
 * they skip by, and what it concludes stands within. {@link LoopWriter} writes the classes; this
 * holds what all of them need.
 */
public abstract class RuleLoop {

  private int place;
  private int[] types;
  private int[] keys;
  private Rule rule;

  /** Names of the types that the rule reads; {@link #type} answers by their places. */
  protected abstract String[] reads();

  /** The fields that facts are looked up by, each as a place among the types and a name. */
  protected abstract String[] lookups();

  /** What a fact holds in a field; by its place among {@link #lookups}. */
  protected abstract Object held(int lookup, Object fact);

  /** The variables that the rule's wording shows; in the order of {@link Memory#context}. */
  protected abstract String[] shown();

  /**
   * What those patterns match together that hang on the catalogue alone; null where {@link #run}
   * does not ask for it.
   */
  protected Object[][] fixed(Memory memory) {
    return null;
  }

  /** Concludes what follows from what stands. */
  protected abstract void run(Memory memory);

  /** Tells where types and fields are found in a memory. */
  final void link(int at, Rule of, int[] typePlaces, int[] keyPlaces) {
    place = at;
    rule = of;
    types = typePlaces;
    keys = keyPlaces;
  }

  /** Its place among the rules. */
  final int place() {
    return place;
  }

  final Rule rule() {
    return rule;
  }

  /** Place of a type in a memory. */
  protected final int type(int place) {
    return types[place];
  }

  /** Place of a field among those that its type is looked up by. */
  protected final int key(int lookup) {
    return keys[lookup];
  }

  // ---- comparisons as conditions of rules mean them

  /** Whether two values are the same; unknown is the same as unknown. */
  protected static boolean same(Object one, Object other) {
    return Objects.equals(one, other);
  }

  /** Whether two numbers are the same, whatever their types; unknown is the same as unknown. */
  protected static boolean same(Number one, Number other) {
    if (one == null || other == null) {
      return one == other;
    }
    return whole(one) && whole(other)
        ? one.longValue() == other.longValue()
        : one.doubleValue() == other.doubleValue();
  }

  /** Whether a number is less than another; what is unknown is neither less nor more. */
  protected static boolean less(Number one, Number other) {
    return one != null
        && other != null
        && (whole(one) && whole(other)
            ? one.longValue() < other.longValue()
            : one.doubleValue() < other.doubleValue());
  }

  /** Whether a number is no more than another; what is unknown is neither less nor more. */
  protected static boolean most(Number one, Number other) {
    return one != null
        && other != null
        && (whole(one) && whole(other)
            ? one.longValue() <= other.longValue()
            : one.doubleValue() <= other.doubleValue());
  }

  /** Whether a text stands before another; what is unknown stands nowhere. */
  protected static boolean less(String one, String other) {
    return one != null && other != null && one.compareTo(other) < 0;
  }

  /** Whether a text stands before another or is the same. */
  protected static boolean most(String one, String other) {
    return one != null && other != null && one.compareTo(other) <= 0;
  }

  private static boolean whole(Number number) {
    return number instanceof Integer || number instanceof Long;
  }

  /** Whether a collection holds a value; an unknown one holds none. */
  protected static boolean holds(Collection<?> all, Object one) {
    return all != null && all.contains(one);
  }

  /** Whether it is known to be true. */
  protected static boolean yes(Boolean truth) {
    return Boolean.TRUE.equals(truth);
  }
}
