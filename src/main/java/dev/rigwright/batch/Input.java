package dev.rigwright.batch;

import java.io.Closeable;
import java.io.IOException;

/** Requirements, one after the other; only what is read next is in memory. */
interface Input extends Closeable {

  /** The next; null at the end. */
  Item next() throws IOException;
}
