package dev.rigwright.engine;

import dev.rigwright.domain.Sizing;
import java.util.function.IntPredicate;

/** The largest number that passes, where whatever passes passes for less as well. */
final class Largest {

  private Largest() {}

  /**
   * The largest from 1 to {@code most}; 0 where none passes.
   *
   * @param near where to look first; the nearer it is, the fewer are tried
   */
  static int of(int most, int near, IntPredicate passes) {
    int low = 0;
    int high = most + 1;
    int at = Math.max(1, Math.min(near, most));
    for (int step = 1; low + 1 < high && at > low && at < high; step *= 2) {
      if (passes.test(at)) {
        low = at;
        if (high <= most) {
          break;
        }
        at = (int) Math.min((long) at + step, most);
      } else {
        high = at;
        if (low > 0) {
          break;
        }
        at = Math.max(1, at - step);
      }
    }
    while (low + 1 < high) {
      int middle = (low + high) >>> 1;
      if (passes.test(middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The number at which cards would be full if their KV cache grew with it. */
  static int scaled(int with, Sizing sizing) {
    if (sizing.kvCacheBytes() <= 0) {
      return with;
    }
    double room = (double) (sizing.kvCacheBytes() + sizing.leftBytes()) / sizing.kvCacheBytes();
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.floor(with * room)));
  }
}
