package dev.rigwright.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rigwright.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What befalls a log while it is written: nothing that was acknowledged is lost. */
class FaultsTest {

  @TempDir static Path common;
  private static Path template;
  private static Entry entry;

  @TempDir Path folder;

  @BeforeAll
  static void record() {
    template = common.resolve("template.sqlite");
    entry = Log.entry(Log.WRITER);
    try (DecisionLog log = DecisionLog.open(template)) {
      log.record(Home.advisor(), entry);
    }
  }

  private static Verification verify(Path file) {
    try (DecisionLog log = DecisionLog.read(file)) {
      return Verification.of(log, null);
    }
  }

  /** A process that appends; what it says goes to a file. */
  private Process appending(Path log, int times, Path said) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Dorg.sqlite.tmpdir=" + Files.createDirectories(folder.resolve("native")),
            "-cp",
            System.getProperty("java.class.path"),
            Appending.class.getName(),
            template.toString(),
            log.toString(),
            String.valueOf(times));
    return new ProcessBuilder(command)
        .redirectOutput(said.toFile())
        .redirectError(folder.resolve("errors").toFile())
        .start();
  }

  /** What a process said, whole lines alone: a line is acknowledged once it ends. */
  private static List<String> lines(Path said) throws IOException {
    String text = Files.readString(said);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  private static void acknowledged(Path said, Map<Long, String> hashes) throws IOException {
    for (String line : lines(said)) {
      if (!line.equals("ready")) {
        String[] parts = line.split(" ");
        assertThat(hashes.put(Long.valueOf(parts[0]), parts[1])).as(line).isNull();
      }
    }
  }

  private static void holdsAll(Path log, Map<Long, String> hashes) {
    Map<Long, String> held = new TreeMap<>();
    try (DecisionLog read = DecisionLog.read(log)) {
      read.each(null, null, one -> held.put(one.sequence(), one.hash()));
    }
    assertThat(held).containsAllEntriesOf(hashes);
  }

  @Test
  void nothing_acknowledged_is_lost_when_two_writers_are_killed_at_100_random_points()
      throws Exception {
    Random random = new Random(20261123);
    Path log = folder.resolve("log.sqlite");
    Map<Long, String> hashes = new TreeMap<>();
    for (int round = 0; round < 42; round++) {
      List<Path> said = List.of(folder.resolve("one-" + round), folder.resolve("two-" + round));
      List<Process> writers = new ArrayList<>();
      for (Path one : said) {
        writers.add(appending(log, 1_000_000, one));
      }
      for (int i = 0; i < 2; i++) {
        // However fast the machine is, something was acknowledged before most of the kills.
        awaitLines(writers.get(i), said.get(i), 1 + random.nextInt(9));
        Thread.sleep(random.nextInt(10));
        kill(writers.get(i));
      }
      for (Path one : said) {
        acknowledged(one, hashes);
      }
    }
    assertThat(hashes.size()).as("acknowledged").isGreaterThan(200);
    holdsAll(log, hashes);
    assertThat(verify(log).problems()).isEmpty();
    try (DecisionLog again = DecisionLog.open(log)) {
      again.record(Home.advisor(), entry);
    }
    assertThat(verify(log).problems()).isEmpty();
  }

  @Test
  void a_log_whose_maker_is_killed_at_16_random_points_is_made_by_the_next() throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < 16; round++) {
      Path log = folder.resolve("new-" + round + "/log.sqlite");
      Path said = folder.resolve("said-" + round);
      Process writer = appending(log, 1_000_000, said);
      // From before the file is there to after its tables are.
      Thread.sleep(150 + random.nextInt(700));
      kill(writer);
      Map<Long, String> hashes = new TreeMap<>();
      acknowledged(said, hashes);
      try (DecisionLog again = DecisionLog.open(log)) {
        again.record(Home.advisor(), entry);
      }
      holdsAll(log, hashes);
      assertThat(verify(log).problems()).isEmpty();
    }
  }

  /** Waits for so many lines; the first says that it is ready, each other is a record. */
  private void awaitLines(Process writer, Path said, int count) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (lines(said).size() < count) {
      assertThat(writer.isAlive()).as(Files.readString(folder.resolve("errors"))).isTrue();
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(2);
    }
  }

  private static void kill(Process writer) throws Exception {
    writer.destroyForcibly();
    assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void two_processes_and_two_threads_append_at_once_to_one_unbroken_chain() throws Exception {
    Path log = folder.resolve("log.sqlite");
    List<Path> said = List.of(folder.resolve("one"), folder.resolve("two"));
    List<Process> writers =
        List.of(appending(log, 80, said.get(0)), appending(log, 80, said.get(1)));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (DecisionLog mine = DecisionLog.open(log)) {
      Callable<Void> appends =
          () -> {
            for (int i = 0; i < 40; i++) {
              mine.record(Home.advisor(), entry);
            }
            return null;
          };
      for (Future<Void> done : threads.invokeAll(List.of(appends, appends))) {
        done.get();
      }
      for (Process writer : writers) {
        assertThat(writer.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(writer.exitValue()).as(Files.readString(folder.resolve("errors"))).isZero();
      }
    } finally {
      threads.shutdownNow();
    }
    Verification verification = verify(log);
    assertThat(verification.problems()).isEmpty();
    assertThat(verification.records()).isEqualTo(2 * 80 + 2 * 40);
    Map<Long, String> hashes = new TreeMap<>();
    acknowledged(said.get(0), hashes);
    acknowledged(said.get(1), hashes);
    assertThat(hashes).hasSize(160);
    holdsAll(log, hashes);
  }

  @Test
  void many_who_make_a_new_log_at_the_same_moment_all_write_to_it() throws Exception {
    for (int round = 0; round < 3; round++) {
      Path log = folder.resolve("round-" + round).resolve("log.sqlite");
      ExecutorService threads = Executors.newFixedThreadPool(6);
      Callable<Void> opens =
          () -> {
            try (DecisionLog mine = DecisionLog.open(log)) {
              mine.record(Home.advisor(), entry);
            }
            return null;
          };
      try {
        for (Future<Void> done : threads.invokeAll(java.util.Collections.nCopies(6, opens))) {
          done.get();
        }
      } finally {
        threads.shutdownNow();
      }
      Verification verification = verify(log);
      assertThat(verification.problems()).isEmpty();
      assertThat(verification.records()).isEqualTo(6);
    }
  }

  @Test
  void who_looks_at_a_log_while_it_is_made_never_takes_it_for_another_program_s() throws Exception {
    Pattern expected = Pattern.compile("There is nothing in the decision log .* yet.*");
    for (int round = 0; round < 10; round++) {
      Path file = Files.createFile(folder.resolve("made-" + round + ".sqlite"));
      ExecutorService threads = Executors.newSingleThreadExecutor();
      try {
        Future<Integer> looks =
            threads.submit(
                () -> {
                  for (int empty = 0; ; empty++) {
                    try {
                      DecisionLog.read(file).close();
                      return empty;
                    } catch (LogException none) {
                      assertThat(none.getMessage()).matches(expected);
                    }
                  }
                });
        DecisionLog.open(file).close();
        assertThat(looks.get(30, TimeUnit.SECONDS)).isNotNegative();
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  void a_full_disk_loses_nothing_that_was_acknowledged_and_room_lets_it_go_on() throws Exception {
    Path file = folder.resolve("log.sqlite");
    int acknowledged = 0;
    try (DecisionLog log = DecisionLog.open(file)) {
      pages(log, 120);
      LogException full = null;
      while (full == null) {
        try {
          log.record(Home.advisor(), entry);
          acknowledged++;
        } catch (LogException refused) {
          full = refused;
        }
      }
      assertThat(full)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("Maybe it is full");
      assertThat(acknowledged).isPositive();
      assertThat(log.size()).isEqualTo(acknowledged);
      pages(log, 1_000_000);
      log.record(Home.advisor(), entry);
    }
    Verification verification = verify(file);
    assertThat(verification.problems()).isEmpty();
    assertThat(verification.records()).isEqualTo(acknowledged + 1);
  }

  @Test
  void a_log_that_another_process_keeps_is_told_and_written_once_it_lets_go() throws Exception {
    Path file = folder.resolve("log.sqlite");
    try (DecisionLog log = DecisionLog.open(file);
        Statement mine = log.connection().createStatement();
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement keeps = other.createStatement()) {
      log.record(Home.advisor(), entry);
      // Nobody waits here as long as people do.
      mine.execute("PRAGMA busy_timeout = 50");
      keeps.execute("BEGIN IMMEDIATE");
      assertThatThrownBy(() -> log.record(Home.advisor(), entry))
          .isInstanceOf(LogException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("another process has kept it")
          .hasMessageContaining("Maybe it hangs");
      assertThat(log.size()).isEqualTo(1);
      assertThat(log.newest("#1").hash()).isEqualTo(log.head().orElseThrow().hash());
      keeps.execute("ROLLBACK");
      assertThat(log.record(Home.advisor(), entry).sequence()).isEqualTo(2);
    }
    assertThat(verify(file).problems()).isEmpty();
  }

  @Test
  void of_many_threads_each_gets_its_own_record_back() throws Exception {
    List<Entry> different = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      different.add(Log.entry("{\"id\": \"r%d\", \"budgetUsd\": %d}".formatted(i, 1500 + i)));
    }
    Path file = folder.resolve("log.sqlite");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (DecisionLog log = DecisionLog.open(file)) {
      List<Callable<Void>> appends = new ArrayList<>();
      for (Entry one : different) {
        appends.add(
            () -> {
              for (int i = 0; i < 20; i++) {
                List<Recorded> own = log.record(Home.advisor(), List.of(one, one));
                assertThat(own)
                    .extracting(Recorded::decisionId)
                    .containsExactly(one.decision().decisionId(), one.decision().decisionId());
                assertThat(own.get(1).previous()).isEqualTo(own.get(0).hash());
              }
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(appends)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    Verification verification = verify(file);
    assertThat(verification.problems()).isEmpty();
    assertThat(verification.records()).isEqualTo(8 * 20 * 2);
  }

  /** How many pages the database may have; SQLite says then what it says on a full disk. */
  private static void pages(DecisionLog log, int most) throws SQLException {
    try (Statement statement = log.connection().createStatement()) {
      statement.execute("PRAGMA max_page_count = " + most);
    }
  }

  @Test
  void a_folder_that_cannot_be_made_is_named() throws Exception {
    Path file = Files.writeString(folder.resolve("a-file"), "").resolve("log.sqlite");
    assertThatThrownBy(() -> DecisionLog.open(file))
        .isInstanceOf(LogException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("Maybe name another with --log, or RIGWRIGHT_LOG");
  }

  @Test
  void a_folder_that_is_closed_is_named() throws Exception {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-x------"));
    try {
      assumeTrue(
          !Files.isWritable(closed), "root writes into closed folders; run this as another user");
      assertThatThrownBy(() -> DecisionLog.open(closed.resolve("log.sqlite")))
          .isInstanceOf(LogException.class)
          .hasMessageContaining("Maybe name another with --log");
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void a_damaged_log_is_not_written_to() throws Exception {
    Path file = Files.copy(template, folder.resolve("log.sqlite"));
    byte[] bytes = Files.readAllBytes(file);
    java.util.Arrays.fill(bytes, 0, 64, (byte) 7);
    Files.write(file, bytes);
    assertThatThrownBy(() -> DecisionLog.open(file))
        .isInstanceOf(LogException.class)
        .hasMessageContaining("the file is damaged, or no decision log");
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }
}
