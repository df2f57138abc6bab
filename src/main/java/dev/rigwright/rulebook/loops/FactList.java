package dev.rigwright.rulebook.loops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The facts of one type in a {@link Memory}. Rules run in an order in which a type is whole before
 * anybody reads it, so what was read once does not change any more.
 */
public final class FactList {

  private static final Object[] NONE = {};
  private static final int LEAST = 8;

  /** Reads the field of a fact that it is looked up by. */
  interface Key {
    Object of(Object fact);
  }

  /** Facts by what they hold in a field. */
  private static final class Index {
    private final Map<Object, Object[]> facts;

    private Index(Key key, Object[] all) {
      facts = new HashMap<>(2 * all.length);
      for (Object fact : all) {
        Object held = key.of(fact);
        Object[] before = facts.get(held);
        facts.put(held, before == null ? new Object[] {fact} : more(before, fact));
      }
    }

    private static Object[] more(Object[] some, Object fact) {
      Object[] more = Arrays.copyOf(some, some.length + 1);
      more[some.length] = fact;
      return more;
    }
  }

  private final FactList below;
  private final Key[] keys;
  private final Index[] indexes;

  /** What was added, one of each; those that stand below as well come with their rules alone. */
  private Object[] items = NONE;

  private int[] hashes;
  private String[] first;
  private Map<Integer, List<String>> further;

  /** Open addressing: a place among the items and one, or 0. */
  private int[] table;

  private int size;
  private int fresh;
  private boolean[] stands;
  private Object[] whole;

  /**
   * An empty list.
   *
   * @param below facts that stand whatever is asked, to which others may be added; null for none
   * @param keys the fields that facts are looked up by
   */
  FactList(FactList below, Key[] keys) {
    this.below = below;
    this.keys = keys;
    this.indexes = keys.length == 0 ? null : new Index[keys.length];
  }

  /** Adds a given fact; one that is equal to it may be given as well. */
  void give(Object fact) {
    for (int place = 0; place < size; place++) {
      if (items[place] == fact) {
        return;
      }
    }
    append(fact, spread(fact.hashCode()), false);
  }

  /** Adds what a rule concludes, or one more reason for a fact that is there. */
  void add(Object fact, String rule) {
    int hash = spread(fact.hashCode());
    int place = place(fact, hash);
    if (place < 0) {
      place = append(fact, hash, below != null && below.place(fact, hash) >= 0);
    }
    if (first[place] == null) {
      first[place] = rule;
    } else {
      if (further == null) {
        further = new HashMap<>();
      }
      further.computeIfAbsent(place, one -> new ArrayList<>(2)).add(rule);
    }
  }

  private static int spread(int hash) {
    return hash ^ hash >>> 16;
  }

  /** Where a fact stands among the items; -1 for nowhere. */
  private int place(Object fact, int hash) {
    if (size == 0) {
      return -1;
    }
    for (int slot = hash & table.length - 1; ; slot = slot + 1 & table.length - 1) {
      int place = table[slot] - 1;
      if (place < 0 || hashes[place] == hash && items[place].equals(fact)) {
        return place;
      }
    }
  }

  private int append(Object fact, int hash, boolean there) {
    if (size == items.length) {
      grow();
    }
    items[size] = fact;
    hashes[size] = hash;
    enter(size);
    stands[size] = there;
    fresh += there ? 0 : 1;
    return size++;
  }

  private void enter(int place) {
    int slot = hashes[place] & table.length - 1;
    while (table[slot] != 0) {
      slot = slot + 1 & table.length - 1;
    }
    table[slot] = place + 1;
  }

  private void grow() {
    int room = Math.max(LEAST, 2 * size);
    items = Arrays.copyOf(items, room);
    hashes = size == 0 ? new int[room] : Arrays.copyOf(hashes, room);
    first = size == 0 ? new String[room] : Arrays.copyOf(first, room);
    stands = size == 0 ? new boolean[room] : Arrays.copyOf(stands, room);
    table = new int[4 * room];
    for (int place = 0; place < size; place++) {
      enter(place);
    }
  }

  /** Whether a fact stands whatever is asked. */
  boolean stands(Object fact) {
    FactList lowest = below == null ? this : below;
    return lowest.place(fact, spread(fact.hashCode())) >= 0;
  }

  /** Whether it holds more than what stands below. */
  boolean grew() {
    return fresh > 0;
  }

  /** All facts; not to be written into. */
  public Object[] all() {
    if (whole == null) {
      Object[] under = below == null ? NONE : below.all();
      whole = fresh == 0 ? under : joined(under);
    }
    return whole;
  }

  private Object[] joined(Object[] under) {
    Object[] all = Arrays.copyOf(under, under.length + fresh);
    int next = under.length;
    for (int place = 0; place < size; place++) {
      if (!stands[place]) {
        all[next++] = items[place];
      }
    }
    return all;
  }

  /**
   * The facts whose field holds a value; not to be written into.
   *
   * @param key place of the field among those that this type is looked up by
   */
  public Object[] with(int key, Object value) {
    if (fresh == 0 && below != null) {
      return below.with(key, value);
    }
    Index index = indexes[key];
    if (index == null) {
      index = new Index(keys[key], all());
      indexes[key] = index;
    }
    Object[] found = index.facts.get(value);
    return found == null ? NONE : found;
  }

  /** Makes all that is made when it is first asked for, so that threads may share the list. */
  void finish() {
    all();
    for (int key = 0; key < keys.length; key++) {
      indexes[key] = new Index(keys[key], all());
    }
  }

  /** The rules that concluded a fact, in their order; none for a given fact. */
  List<String> rules(Object fact) {
    int hash = spread(fact.hashCode());
    List<String> own = rulesAt(place(fact, hash));
    if (below == null) {
      return own;
    }
    // A rule that was run once more concluded all of its own again.
    List<String> all = new ArrayList<>(own);
    below.rulesAt(below.place(fact, hash)).stream()
        .filter(rule -> !own.contains(rule))
        .forEach(all::add);
    return all;
  }

  private List<String> rulesAt(int place) {
    if (place < 0 || first[place] == null) {
      return List.of();
    }
    List<String> rules = new ArrayList<>(List.of(first[place]));
    if (further != null) {
      rules.addAll(further.getOrDefault(place, List.of()));
    }
    return rules;
  }
}
