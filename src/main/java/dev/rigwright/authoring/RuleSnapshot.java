package dev.rigwright.authoring;

import dev.rigwright.rulebook.RulebookReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The texts of a folder of rules at one moment.
 *
 * @param rules rule files by path, in the order of the strata
 * @param cases case files by path
 */
record RuleSnapshot(Map<String, String> rules, Map<String, String> cases) {

  private static final int TRIES = 40;
  private static final long BETWEEN_MILLIS = 25;

  /**
   * Reads a folder until two readings agree, so that nothing is taken from the middle of a save.
   *
   * @throws dev.rigwright.rulebook.RulebookException if it cannot be read
   * @throws UncheckedIOException if it never stops changing
   */
  static RuleSnapshot read(Path folder) throws InterruptedException {
    RuleSnapshot before = once(folder);
    for (int i = 0; i < TRIES; i++) {
      RuleSnapshot after = once(folder);
      if (after != null && after.equals(before)) {
        return after;
      }
      before = after;
      Thread.sleep(BETWEEN_MILLIS);
    }
    throw new UncheckedIOException(
        new IOException(
            "%s was read %d times and differed each time. Maybe a program is still writing there."
                .formatted(folder, TRIES)));
  }

  /** One reading; null where a file vanished in between. */
  private static RuleSnapshot once(Path folder) {
    Map<String, String> rules = RulebookReader.texts(folder);
    Map<String, String> cases = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> files = paths.filter(RuleSnapshot::isCases).toList();
      for (Path path : files) {
        cases.put(folder.relativize(path).toString().replace('\\', '/'), Files.readString(path));
      }
    } catch (IOException | UncheckedIOException vanished) {
      return null;
    }
    return new RuleSnapshot(rules, cases);
  }

  /** Whether a path is one that a rulebook is made of; editors' own files are not. */
  static boolean belongs(Path path) {
    String name = path.getFileName().toString();
    return !name.startsWith(".") && (name.endsWith(".drl") || name.endsWith(".cases.json"));
  }

  private static boolean isCases(Path path) {
    return belongs(path) && path.toString().endsWith(".cases.json") && Files.isRegularFile(path);
  }
}
