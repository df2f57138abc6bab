package dev.rigwright.batch;

import dev.rigwright.domain.Fingerprint;
import java.nio.charset.StandardCharsets;

/**
 * The ids of answered lines, so that none is given twice. Of each, 64 bits of its SHA-256 are kept:
 * 16 to 32 MB for a million; two of ten million ids are taken for one with a chance of 1 to
 * 300,000.
 */
final class SeenIds {

  private long[] table = new long[1 << 12];
  private int size;

  /** What is kept of an id; never 0. */
  static long key(String id) {
    long key =
        Long.parseUnsignedLong(
            Fingerprint.sha256(id.getBytes(StandardCharsets.UTF_8)).substring(0, 16), 16);
    return key == 0 ? 1 : key;
  }

  /** Adds one; false if it is there already. */
  boolean add(long key) {
    if (!put(table, key)) {
      return false;
    }
    size++;
    if (size > table.length / 2) {
      long[] larger = new long[table.length * 2];
      for (long one : table) {
        if (one != 0) {
          put(larger, one);
        }
      }
      table = larger;
    }
    return true;
  }

  private static boolean put(long[] table, long key) {
    int at = (int) key & table.length - 1;
    while (table[at] != 0) {
      if (table[at] == key) {
        return false;
      }
      at = at + 1 & table.length - 1;
    }
    table[at] = key;
    return true;
  }
}
