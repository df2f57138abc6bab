package dev.rigwright.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What was made lately, so that what many answers share is made once: of the guide's statements, of
 * cards that nobody should buy. It holds so much at most, and forgets first what was asked for
 * longest ago.
 *
 * <p>Any number of threads may use it. Two that ask for the same at once may both make it.
 *
 * @param <K> all that it is made from; it is not to be changed
 * @param <V> what is made
 */
final class Recent<K, V> {

  /** What stands for a key that was asked for once, and of which nothing was made. */
  private static final Object ONCE = new Object();

  private final Map<K, Object> kept;

  /**
   * Nothing yet.
   *
   * @param most that is held
   */
  Recent(int most) {
    kept =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Object> eldest) {
            return size() > most;
          }
        };
  }

  /** What was made of a key, or is made now. */
  V of(K key, Function<? super K, ? extends V> made) {
    synchronized (kept) {
      Object known = kept.get(key);
      if (known != null && known != ONCE) {
        return value(known);
      }
    }
    return made(key, made);
  }

  /** The same of a key that is asked for again; null for the first time, when nothing is made. */
  V again(K key, Function<? super K, ? extends V> made) {
    synchronized (kept) {
      Object known = kept.putIfAbsent(key, ONCE);
      if (known != ONCE) {
        return value(known);
      }
    }
    return made(key, made);
  }

  private V made(K key, Function<? super K, ? extends V> made) {
    V value = made.apply(key);
    synchronized (kept) {
      kept.put(key, value);
    }
    return value;
  }

  @SuppressWarnings("unchecked")
  private V value(Object known) {
    return (V) known;
  }
}
