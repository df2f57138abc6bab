package dev.rigwright.batch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** A JSON object a line; blank lines are passed over. */
final class LinesInput implements Input {

  /**
   * A requirement takes some hundred bytes; what is longer is none, and must not fill the memory.
   */
  static final int LONGEST_BYTES = 1 << 20;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
  private int at;
  private int end;
  private long number;

  LinesInput(InputStream in) {
    this.in = in;
  }

  @Override
  public Item next() throws IOException {
    while (true) {
      line.reset();
      long bytes = line();
      if (bytes < 0) {
        return null;
      }
      number++;
      if (bytes > LONGEST_BYTES) {
        return Item.refused(
            number,
            "",
            Figures.text(
                "The line has %,d bytes; at most %,d are read. Maybe line ends are missing.",
                bytes, LONGEST_BYTES));
      }
      byte[] text = line.toByteArray();
      if (!blank(text)) {
        return Item.text(number, text);
      }
    }
  }

  /** Reads a line, its beginning at least; the number of its bytes, or -1 at the end. */
  private long line() throws IOException {
    long bytes = 0;
    boolean any = false;
    while (true) {
      if (at == end) {
        end = in.read(buffer);
        at = 0;
        if (end < 0) {
          end = 0;
          return any ? bytes : -1;
        }
      }
      any = true;
      int start = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      int length = at - start;
      bytes += length;
      if (bytes <= LONGEST_BYTES) {
        line.write(buffer, start, length);
      }
      if (at < end) {
        at++;
        return bytes;
      }
    }
  }

  private static boolean blank(byte[] text) {
    for (byte one : text) {
      if (one != ' ' && one != '\t' && one != '\r') {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
