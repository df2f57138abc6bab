package dev.rigwright.audit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A process that appends the last record of one log to another, again and again, and says what was
 * acknowledged: number and hash, a line each. It is made to be killed.
 */
public final class Appending {

  private Appending() {}

  /** The log to take a record from, the log to append to, and how often. */
  public static void main(String[] arguments) {
    try (DecisionLog from = DecisionLog.read(Path.of(arguments[0]));
        DecisionLog to = DecisionLog.open(Path.of(arguments[1]))) {
      Recorded one = from.head().orElseThrow();
      System.out.println("ready");
      for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
        Recorded appended =
            to.append(
                    List.of(one),
                    kind -> from.needed(one, kind, one.fingerprint(kind)),
                    Duration.ZERO)
                .get(0);
        System.out.println(appended.sequence() + " " + appended.hash());
      }
    }
  }
}
