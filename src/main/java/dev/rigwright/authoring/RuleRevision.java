package dev.rigwright.authoring;

import dev.rigwright.facts.BadInputException;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Rules as they stand in a folder, or as they stood at a git revision of the rules' folder. */
public final class RuleRevision {

  private RuleRevision() {}

  /**
   * Reads a rulebook.
   *
   * @param named a folder, or a revision such as {@code HEAD~1} of the repository that holds the
   *     rules
   * @param rules the rules' folder
   * @throws BadInputException if it is neither
   * @throws dev.rigwright.rulebook.RulebookException if its rules cannot be used
   */
  public static Rulebook read(String named, Path rules) throws InterruptedException {
    Path folder = Path.of(named);
    if (Files.isDirectory(folder)) {
      return RulebookReader.read(folder);
    }
    Map<String, String> texts = texts(named, rules.toAbsolutePath().normalize());
    return RulebookReader.compile(RulebookReader.parse(Path.of(named + ":rules"), texts));
  }

  private static Map<String, String> texts(String revision, Path rules)
      throws InterruptedException {
    String commit =
        new String(
                git(
                    revision,
                    rules,
                    "rev-parse",
                    "--verify",
                    "--quiet",
                    "--end-of-options",
                    revision + "^{commit}"),
                StandardCharsets.UTF_8)
            .strip();
    byte[] archive = git(revision, rules, "archive", "--format=zip", commit, ".");
    Map<String, String> texts = new TreeMap<>(RulebookReader.ORDER);
    try (ZipInputStream zip = new ZipInputStream(new java.io.ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().endsWith(".drl")) {
          texts.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    if (texts.isEmpty()) {
      throw new BadInputException(
          "", "At %s there is no rule file (.drl) in %s.".formatted(revision, rules));
    }
    return texts;
  }

  private static byte[] git(String revision, Path rules, String... arguments)
      throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", rules.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      byte[] out = process.getInputStream().readAllBytes();
      if (process.waitFor() != 0) {
        throw new BadInputException(
            "",
            "%s is neither a folder nor a git revision of %s. Maybe the path is another one, or the folder is in no git repository."
                .formatted(revision, rules));
      }
      return out;
    } catch (IOException noGit) {
      throw new BadInputException(
          "",
          "%s is no folder, and git, which would know revisions, cannot be started: %s"
              .formatted(revision, noGit.getMessage()));
    }
  }
}
