package dev.rigwright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.Home;
import dev.rigwright.audit.DecisionLog;
import dev.rigwright.audit.Entry;
import dev.rigwright.engine.Advisor;
import dev.rigwright.rulebook.RuleFile;
import dev.rigwright.rulebook.RulebookReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand decisions, made by several threads from rule files in three orders, are made again by
 * another process: to the byte, and on the newest Java that is installed.
 */
class ReplayApplicationTest {

  private static final int DECISIONS = 1000;

  @TempDir static Path folder;
  private static Path log;

  @BeforeAll
  static void record() throws IOException {
    log = folder.resolve("log.sqlite");
    Advisor advisor = Home.advisor();
    List<JsonNode> asked = requirements(advisor);
    List<RuleFile> reversed = new ArrayList<>(advisor.rulebook().files());
    Collections.reverse(reversed);
    List<RuleFile> shuffled = new ArrayList<>(reversed);
    Collections.shuffle(shuffled, new Random(20261126));
    List<Advisor> advisors =
        List.of(
            advisor,
            advisor.under(RulebookReader.compile(reversed)),
            advisor.under(RulebookReader.compile(shuffled)));
    assertThat(advisors).allMatch(one -> one.rulebook().hash().equals(advisor.rulebook().hash()));
    List<Entry> entries =
        IntStream.range(0, asked.size())
            .parallel()
            .mapToObj(
                i ->
                    new Entry(
                        advisors
                            .get(i % advisors.size())
                            .decide(advisor.reader().read(asked.get(i), Home.TODAY)),
                        asked.get(i),
                        Home.TODAY,
                        Instant.parse("2026-11-22T10:00:00Z"),
                        false))
            .toList();
    try (DecisionLog writing = DecisionLog.open(log)) {
      writing.record(advisor, entries);
      assertThat(writing.size()).isEqualTo(DECISIONS);
    }
  }

  /** The sample, and the same once more for whoever has far more to spend. */
  private static List<JsonNode> requirements(Advisor advisor) throws IOException {
    List<JsonNode> asked = new ArrayList<>();
    Path sample = Home.PATH.resolve("facts/requirements/sample.jsonl");
    for (String line : Files.readAllLines(sample)) {
      JsonNode one = advisor.reader().parse(line.getBytes(StandardCharsets.UTF_8));
      asked.add(one);
      ObjectNode other = one.deepCopy();
      other.put("budgetUsd", one.path("budgetUsd").asLong(2500) + 20_137);
      asked.add(other);
    }
    return asked.subList(0, DECISIONS);
  }

  private static void replaysAll(Path java) throws Exception {
    Application application = new Application(folder, java, List.of(), List.of());
    Application.Ran ran = application.run("", "replay", "--all", "--log", log.toString());
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out().strip()).isEqualTo("1,000 decided again: 1,000 identical, 0 not.");
    assertThat(ran.code()).isZero();
  }

  @Test
  void another_process_decides_them_all_alike() throws Exception {
    assumeTrue(newest() == null, "the newest Java does, in another process");
    replaysAll(Path.of(System.getProperty("java.home")));
  }

  @Test
  void the_newest_java_decides_them_all_alike() throws Exception {
    Path newest = newest();
    assumeTrue(
        newest != null,
        "no Java newer than " + Runtime.version().feature() + " is installed in /usr/lib/jvm");
    replaysAll(newest);
  }

  /** The home of the newest Java that is newer than this one; null where there is none. */
  private static Path newest() throws IOException {
    Path all = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(all)) {
      return null;
    }
    try (Stream<Path> homes = Files.list(all)) {
      return homes
          .filter(home -> Files.isExecutable(home.resolve("bin/java")))
          .filter(home -> version(home) > Runtime.version().feature())
          .max(Comparator.comparingInt(ReplayApplicationTest::version))
          .orElse(null);
    }
  }

  private static int version(Path home) {
    try (Stream<String> lines = Files.lines(home.resolve("release"))) {
      return lines
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> Runtime.Version.parse(line.replaceAll("JAVA_VERSION=|\"", "")).feature())
          .findFirst()
          .orElse(0);
    } catch (IOException | IllegalArgumentException unknown) {
      return 0;
    }
  }
}
