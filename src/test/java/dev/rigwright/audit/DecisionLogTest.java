package dev.rigwright.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rigwright.Home;
import dev.rigwright.engine.DecisionJson;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.Canonical;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded, and how it is found again. */
class DecisionLogTest {

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void place() {
    file = folder.resolve("data/rigwright/decisions.sqlite");
  }

  @Test
  void a_record_holds_all_that_was_asked_and_answered() {
    Entry entry = Log.entry(Log.WRITER);
    try (DecisionLog log = DecisionLog.open(file)) {
      log.record(Home.advisor(), entry);
    }
    try (DecisionLog log = DecisionLog.read(file)) {
      Recorded recorded = log.head().orElseThrow();
      assertThat(recorded.sequence()).isEqualTo(1);
      assertThat(recorded.decisionId()).isEqualTo(entry.decision().decisionId());
      assertThat(recorded.recordedAt()).isEqualTo("2026-11-22T10:00:00.000Z");
      assertThat(recorded.requirementId()).isEqualTo("SECRET-ID");
      assertThat(recorded.asked()).isEqualTo(entry.asked());
      assertThat(recorded.verdict()).isEqualTo("recommended");
      assertThat(recorded.rulebook()).isEqualTo(Home.advisor().rulebook().hash());
      assertThat(recorded.facts()).isEqualTo(Home.advisor().facts().hash());
      assertThat(recorded.engine()).isEqualTo("Drools 10.2.0");
      assertThat(recorded.previous()).isEqualTo(Digest.NONE);
      assertThat(recorded.outcomeHash()).startsWith("sha256:" + recorded.decisionId().substring(2));
      assertThat(new String(Canonical.bytes(recorded.decision()), StandardCharsets.UTF_8))
          .isEqualTo(
              new String(
                  Canonical.bytes(DecisionJson.tree(entry.decision())), StandardCharsets.UTF_8));
    }
  }

  @Test
  void a_repeat_is_a_second_record_of_the_same_id_and_chained_to_the_first() {
    Entry entry = Log.entry(Log.WRITER);
    try (DecisionLog log = DecisionLog.open(file)) {
      Recorded one = log.record(Home.advisor(), entry);
      Recorded two = log.record(Home.advisor(), entry);
      assertThat(two.decisionId()).isEqualTo(one.decisionId());
      assertThat(two.sequence()).isEqualTo(2);
      assertThat(two.previous()).isEqualTo(one.hash());
      assertThat(log.find(one.decisionId()).stream().map(Recorded::sequence))
          .containsExactly(1L, 2L);
    }
  }

  @Test
  void others_use_a_log_while_one_goes_through_it_page_by_page() throws Exception {
    Entry entry = Log.entry(Log.WRITER);
    List<Long> seen = new ArrayList<>();
    try (DecisionLog log = DecisionLog.open(file)) {
      log.record(Home.advisor(), Collections.nCopies(120, entry));
      log.each(
          null,
          null,
          recorded -> {
            seen.add(recorded.sequence());
            if (recorded.sequence() == 60) {
              assertThat(
                      CompletableFuture.supplyAsync(() -> log.record(Home.advisor(), entry))
                          .orTimeout(30, TimeUnit.SECONDS)
                          .join()
                          .sequence())
                  .isEqualTo(121);
            }
          });
    }
    assertThat(seen).isEqualTo(LongStream.rangeClosed(1, 120).boxed().toList());
  }

  @Test
  void who_gathers_waits_for_others_and_is_written_with_them() throws Exception {
    Entry entry = Log.entry(Log.WRITER);
    try (DecisionLog log = DecisionLog.open(file)) {
      List<CompletableFuture<List<Recorded>>> gathering = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        gathering.add(
            CompletableFuture.supplyAsync(
                () -> log.record(Home.advisor(), List.of(entry), Duration.ofHours(1))));
      }
      assertThatThrownBy(
              () ->
                  CompletableFuture.anyOf(gathering.toArray(CompletableFuture[]::new))
                      .get(200, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      assertThat(log.size()).isZero();
      long written = 0;
      while (!gathering.stream().allMatch(CompletableFuture::isDone)) {
        written = Math.max(written, log.record(Home.advisor(), entry).sequence());
      }
      assertThat(gathering)
          .extracting(one -> one.join().get(0).sequence())
          .doesNotHaveDuplicates()
          .allSatisfy(sequence -> assertThat(sequence).isPositive());
      assertThat(log.size()).isEqualTo(written);
      assertThat(Verification.of(log, null).problems()).isEmpty();
    }
  }

  @Test
  void who_gathers_and_stays_alone_is_written_all_the_same() {
    try (DecisionLog log = DecisionLog.open(file)) {
      assertThat(log.record(Home.advisor(), List.of(Log.entry(Log.WRITER)), Duration.ofMillis(5)))
          .hasSize(1);
      assertThat(log.size()).isEqualTo(1);
    }
  }

  @Test
  void a_record_is_decided_again_from_the_log_alone() {
    Entry entry = Log.entry(Log.WRITER);
    try (DecisionLog log = DecisionLog.open(file)) {
      log.record(Home.advisor(), entry);
    }
    try (DecisionLog log = DecisionLog.read(file)) {
      Recorded recorded = log.newest(entry.decision().decisionId());
      Rederived again = log.rederive(recorded);
      assertThat(again.advisor().rulebook()).isNotSameAs(Home.advisor().rulebook());
      assertThat(Arrays.equals(DecisionJson.content(again.decide()), recorded.outcome())).isTrue();
    }
  }

  @Test
  void own_rows_of_facts_are_kept_too() throws Exception {
    Path own = Files.createDirectories(folder.resolve("own/catalog"));
    Files.writeString(
        own.resolve("offers.json"),
        """
        {"rows": [{"itemId": "rtx-3090", "condition": "used", "lowUsd": 400, "typicalUsd": 450, "highUsd": 500,
         "asOf": "2026-11-01", "basis": "observed", "confidence": "low",
         "source": "own offer"}]}
        """);
    var advisor =
        dev.rigwright.engine.Advisor.open(
            Home.PATH.resolve("rules"), Home.PATH.resolve("facts"), folder.resolve("own"));
    Entry entry = Log.entry(advisor, Log.WRITER, false);
    assertThat(entry.decision().overlaid()).isNotEmpty();
    try (DecisionLog log = DecisionLog.open(file)) {
      Recorded recorded = log.record(advisor, entry);
      assertThat(
              Arrays.equals(
                  DecisionJson.content(log.rederive(recorded).decide()), recorded.outcome()))
          .isTrue();
    }
  }

  @Test
  void a_redacted_record_holds_nothing_that_was_written_freely_and_replays_alike()
      throws Exception {
    Entry entry = Log.entry(Home.advisor(), Log.WRITER, true);
    Recorded full;
    Recorded redacted;
    try (DecisionLog log = DecisionLog.open(file)) {
      redacted = log.record(Home.advisor(), entry);
      assertThat(
              Arrays.equals(
                  DecisionJson.content(log.rederive(redacted).decide()), redacted.outcome()))
          .isTrue();
    }
    try (DecisionLog log = DecisionLog.open(folder.resolve("full.sqlite"))) {
      full = log.record(Home.advisor(), Log.entry(Log.WRITER));
    }
    assertThat(redacted.outcomeHash()).isEqualTo(full.outcomeHash());
    assertThat(redacted.decisionId()).isEqualTo(full.decisionId());
    assertThat(redacted.decision().toString()).doesNotContain("SECRET");
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertThat(bytes)
        .doesNotContain("SECRET")
        .doesNotContain("Qwen/Qwen2.5")
        .doesNotContain("GeForce GTX 1080 Ti\"");
    assertThat(Files.readString(folder.resolve("full.sqlite"), StandardCharsets.ISO_8859_1))
        .contains("SECRET TITLE", "SECRET-ID", "Qwen/Qwen2.5-32B-Instruct");
  }

  @Test
  void an_id_is_found_by_its_beginning_its_number_or_the_requirements_id() {
    Entry entry = Log.entry(Log.WRITER);
    String id = entry.decision().decisionId();
    try (DecisionLog log = DecisionLog.open(file)) {
      log.record(Home.advisor(), List.of(entry, Log.entry("{\"budgetUsd\": 900}")));
      for (String text : List.of(id, id.substring(0, 8), "#1", "1", "SECRET-ID")) {
        assertThat(log.newest(text).sequence()).as(text).isEqualTo(1);
      }
    }
  }

  @Test
  void an_unknown_id_is_refused_with_the_nearest() {
    Entry entry = Log.entry(Log.WRITER);
    String id = entry.decision().decisionId();
    String mistyped = id.substring(0, id.length() - 1) + "x";
    try (DecisionLog log = DecisionLog.open(file)) {
      assertThatThrownBy(() -> log.find(id))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("nothing is recorded");
      log.record(Home.advisor(), entry);
      for (String text : List.of(mistyped, "SECRETID", "#7")) {
        assertThatThrownBy(() -> log.find(text))
            .isInstanceOf(BadInputException.class)
            .hasMessageStartingWith("There is no decision (" + text + ") in " + file)
            .hasMessageContaining(
                text.startsWith("#") ? "Maybe one of these was meant: #1" : "Maybe")
            .hasMessageContaining(
                text.startsWith("S") ? "SECRET-ID" : text.startsWith("#") ? "#1" : id);
      }
    }
  }

  @Test
  void folder_and_file_are_the_users_own() throws Exception {
    DecisionLog.open(file).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void another_programs_database_is_left_alone() throws Exception {
    Path other = folder.resolve("other.sqlite");
    try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + other);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE photos (name TEXT)");
    }
    byte[] before = Files.readAllBytes(other);
    assertThatThrownBy(() -> DecisionLog.open(other))
        .isInstanceOf(LogException.class)
        .hasMessageContaining("another program's database");
    assertThat(Files.mismatch(other, Files.write(folder.resolve("before"), before))).isEqualTo(-1);
  }

  @Test
  void a_log_of_a_newer_layout_is_left_alone() throws Exception {
    DecisionLog.open(file).close();
    try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 9");
    }
    assertThatThrownBy(() -> DecisionLog.open(file))
        .isInstanceOf(LogException.class)
        .hasMessageContaining("layout 9; this version knows 5");
  }
}
