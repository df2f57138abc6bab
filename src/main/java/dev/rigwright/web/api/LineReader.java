package dev.rigwright.web.api;

import dev.rigwright.web.Problem;
import dev.rigwright.web.Problem.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * Lines of a body as they come, one in memory at a time. Blank ones are passed over; of one that is
 * too long the rest is forgotten.
 */
final class LineReader {

  /**
   * A line.
   *
   * @param number of its line; the first is 1
   * @param text null where it is too long
   * @param problem why it cannot be read; null where it can
   */
  record Line(long number, byte[] text, Problem problem) {}

  private static final int QUIET_LOOKS = 10;
  private static final long LOOK_MILLIS = 20;

  private final InputStream in;
  private final int mostBytes;
  private final Duration time;
  private final byte[] buffer = new byte[1 << 14];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
  private int at;
  private int end;
  private long number;
  private boolean within;

  LineReader(InputStream in, int mostBytes, Duration time) {
    this.in = in;
    this.mostBytes = mostBytes;
    this.time = time;
  }

  /** The number of the line at which reading stands: one that has begun, else the next. */
  long number() {
    return within ? number : number + 1;
  }

  /**
   * Whether something was read already that is no line yet. What the connection itself says of what
   * can be read counts bytes that are none of the body.
   */
  boolean ready() {
    return at < end;
  }

  /**
   * The next line; null at the end.
   *
   * @throws Problem if it comes too slowly, or the client is gone
   */
  Line next() {
    while (true) {
      line.reset();
      long began = System.nanoTime();
      long bytes = 0;
      boolean open = true;
      within = false;
      while (open) {
        if (at == end && !fill()) {
          if (!within) {
            return null;
          }
          break;
        }
        if (!within) {
          began = System.nanoTime();
          within = true;
          number++;
        }
        int start = at;
        while (at < end && buffer[at] != '\n') {
          at++;
        }
        bytes += at - start;
        if (bytes <= mostBytes) {
          line.write(buffer, start, at - start);
        }
        if (at < end) {
          at++;
          open = false;
        } else if (System.nanoTime() - began > time.toNanos()) {
          throw new Problem(
              Kind.TOO_SLOW,
              "The line did not come in %d seconds; all before it were answered."
                  .formatted(time.toSeconds()));
        }
      }
      within = false;
      if (bytes > mostBytes) {
        return new Line(
            number,
            null,
            new Problem(
                Kind.TOO_LARGE,
                "The line has %,d bytes; at most %,d are read. Maybe line ends are missing."
                    .formatted(bytes, mostBytes)));
      }
      byte[] text = line.toByteArray();
      if (!blank(text)) {
        return new Line(number, text, null);
      }
    }
  }

  /** Takes what still comes and forgets it: until nothing comes for a moment, or for so long. */
  void forget(Duration most) {
    long began = System.nanoTime();
    int quiet = 0;
    try {
      while (quiet < QUIET_LOOKS && System.nanoTime() - began < most.toNanos()) {
        if (in.available() == 0) {
          quiet++;
          Thread.sleep(LOOK_MILLIS);
        } else if (in.read(buffer) < 0) {
          return;
        } else {
          quiet = 0;
        }
      }
    } catch (IOException gone) {
      // Nobody is left who would hear it.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean fill() {
    try {
      end = in.read(buffer);
      at = 0;
    } catch (IOException gone) {
      end = 0;
      throw gone.getCause() instanceof TimeoutException || gone instanceof InterruptedIOException
          ? new Problem(Kind.TOO_SLOW, "Nothing came for too long, so the rest was not waited for.")
          : new Problem(
              Kind.MALFORMED,
              "The body ended before it was whole, or broke; all lines before were answered.");
    }
    if (end < 0) {
      end = 0;
      return false;
    }
    return true;
  }

  private static boolean blank(byte[] text) {
    for (byte one : text) {
      if (one != ' ' && one != '\t' && one != '\r') {
        return false;
      }
    }
    return true;
  }
}
