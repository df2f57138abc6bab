package dev.rigwright.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What verifying a log finds: whatever somebody did to it, and whatever befell it. */
class VerificationTest {

  private static final int RECORDS = 6;

  @TempDir static Path whole;
  private static Path untouched;
  private static List<Recorded> recorded;

  @TempDir Path folder;
  private Path file;

  @BeforeAll
  static void record() {
    untouched = whole.resolve("whole.sqlite");
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      entries.add(Log.entry("{\"id\": \"r%d\", \"budgetUsd\": %d}".formatted(i, 1500 + 500 * i)));
    }
    try (DecisionLog log = DecisionLog.open(untouched)) {
      recorded = log.record(Home.advisor(), entries);
    }
  }

  @BeforeEach
  void copy() throws IOException {
    file = Files.copy(untouched, folder.resolve("log.sqlite"));
  }

  private static Verification verify(Path file, String head) {
    try (DecisionLog log = DecisionLog.read(file)) {
      return Verification.of(log, head);
    }
  }

  private Verification verify() {
    return verify(file, null);
  }

  private void change(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        assertThat(statement.executeUpdate(sql)).as(sql).isPositive();
      }
    }
  }

  /** The hash that somebody would give a record who knows how it is made. */
  private void forge(long sequence) throws SQLException {
    Recorded forged;
    try (DecisionLog log = DecisionLog.read(file)) {
      forged = log.newest("#" + sequence);
    }
    change(
        "UPDATE record SET hash = '%s' WHERE sequence = %d"
            .formatted(forged.computedHash(), sequence));
  }

  private static Long first(Verification verification) {
    assertThat(verification.verified()).isFalse();
    return verification.problems().get(0).sequence();
  }

  @Test
  void an_untouched_log_is_verified_and_its_head_is_the_last_hash() {
    Verification verification = verify();
    assertThat(verification.problems()).isEmpty();
    assertThat(verification.records()).isEqualTo(RECORDS);
    assertThat(verification.sources()).isEqualTo(3);
    assertThat(verification.head()).isEqualTo(recorded.get(RECORDS - 1).hash());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "decision_id = 'd-0000000000000000'",
        "recorded_at = '2026-11-22T10:00:00.001Z'",
        "asked_on = '2026-11-23'",
        "asked_on = 'someday'",
        "requirement_id = 'mine'",
        "requirement = replace(requirement, '2500', '2501')",
        "requirement = requirement || ' '",
        "redacted = 1",
        "verdict = 'keep'",
        "rulebook = replace(rulebook, 'sha256:', 'sha256:0')",
        "facts = replace(facts, 'sha256:', 'sha256:0')",
        "requirement_schema = rulebook",
        "engine = 'Drools 10.2.1'",
        "application = 'rigwright 0.2.0'",
        "outcome = (SELECT outcome FROM record WHERE sequence = 4)",
        "outcome = x'00'",
        "outcome_hash = (SELECT outcome_hash FROM record WHERE sequence = 4)",
        "previous = (SELECT previous FROM record WHERE sequence = 4)",
        "hash = (SELECT hash FROM record WHERE sequence = 4)",
      })
  void whatever_is_changed_in_a_record_names_it(String change) throws SQLException {
    change("UPDATE record SET " + change + " WHERE sequence = 3");
    assertThat(first(verify())).isEqualTo(3);
  }

  @Test
  void a_record_that_was_changed_and_hashed_anew_is_named_by_the_next() throws SQLException {
    change("UPDATE record SET requirement_id = 'mine' WHERE sequence = 3");
    forge(3);
    assertThat(first(verify())).isEqualTo(3);
  }

  @Test
  void another_outcome_with_its_own_hash_does_not_make_the_decisions_id() throws SQLException {
    change(
        "UPDATE record SET outcome = (SELECT outcome FROM record WHERE sequence = 4),"
            + " outcome_hash = (SELECT outcome_hash FROM record WHERE sequence = 4)"
            + " WHERE sequence = 6");
    forge(6);
    Verification verification = verify();
    assertThat(first(verification)).isEqualTo(6);
    assertThat(verification.problems().get(0).message()).contains("Record 6 has the id");
  }

  @Test
  void a_removed_record_is_named() throws SQLException {
    change("DELETE FROM record WHERE sequence = 3");
    Verification verification = verify();
    assertThat(first(verification)).isEqualTo(3);
    assertThat(verification.problems().get(0).message()).isEqualTo("Record 3 was removed.");
  }

  @Test
  void a_removed_record_whose_gap_was_closed_is_named() throws SQLException {
    change(
        "DELETE FROM record WHERE sequence = 3",
        "UPDATE record SET sequence = 3 WHERE sequence = 4",
        "UPDATE record SET sequence = 4 WHERE sequence = 5",
        "UPDATE record SET sequence = 5 WHERE sequence = 6");
    assertThat(first(verify())).isEqualTo(3);
    forge(3);
    forge(4);
    forge(5);
    assertThat(first(verify())).isEqualTo(2);
  }

  @Test
  void removed_first_records_are_named() throws SQLException {
    change("DELETE FROM record WHERE sequence < 3");
    Verification verification = verify();
    assertThat(first(verification)).isEqualTo(1);
    assertThat(verification.problems().get(0).message()).isEqualTo("Records 1 to 2 were removed.");
  }

  @Test
  void an_inserted_record_is_named() throws SQLException {
    change(
        "UPDATE record SET sequence = 7 WHERE sequence = 6",
        "UPDATE record SET sequence = 6 WHERE sequence = 5",
        "UPDATE record SET sequence = 5 WHERE sequence = 4",
        "INSERT INTO record SELECT 4, decision_id, recorded_at, asked_on, requirement_id,"
            + " requirement, redacted, verdict, rulebook, facts, requirement_schema, engine,"
            + " application, outcome, outcome_hash, hash, hash FROM record WHERE sequence = 3");
    forge(4);
    forge(5);
    assertThat(first(verify())).isEqualTo(4);
  }

  @Test
  void a_cut_tail_is_found_with_the_head_that_was_kept() throws SQLException {
    String head = recorded.get(RECORDS - 1).hash();
    change("DELETE FROM record WHERE sequence > 4");
    assertThat(verify().verified()).as("a shorter log is a log").isTrue();
    Verification verification = verify(file, head);
    assertThat(verification.verified()).isFalse();
    assertThat(verification.problems().get(0).message()).contains("cut off the end");
  }

  @Test
  void a_log_written_anew_is_found_with_the_head_that_was_kept() {
    Path anew = folder.resolve("anew.sqlite");
    try (DecisionLog log = DecisionLog.open(anew)) {
      for (Recorded one : recorded) {
        Entry entry = Log.entry(one.requirement());
        log.record(
            Home.advisor(),
            new Entry(entry.decision(), entry.asked(), Home.TODAY, Log.NOW.plusMillis(1), false));
      }
    }
    assertThat(verify(anew, null).verified()).isTrue();
    assertThat(verify(anew, recorded.get(RECORDS - 1).hash()).verified()).isFalse();
  }

  @Test
  void a_head_that_was_kept_earlier_is_found_with_what_came_after() {
    Verification verification = verify(file, recorded.get(3).hash());
    assertThat(verification.verified()).isTrue();
    assertThat(verification.since()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rulebook", "facts", "schema"})
  void a_changed_or_missing_source_is_named(String kind) throws SQLException {
    change(
        "UPDATE source SET content = (SELECT content FROM source WHERE kind <> '%s' LIMIT 1) WHERE kind = '%s'"
            .formatted(kind, kind));
    Verification changed = verify();
    assertThat(changed.verified()).isFalse();
    assertThat(changed.problems().get(0).message())
        .startsWith("The stored " + kind + " was changed");
    change("DELETE FROM source WHERE kind = '%s'".formatted(kind));
    Verification missing = verify();
    assertThat(first(missing)).isEqualTo(1);
    assertThat(missing.problems().get(0).message())
        .startsWith("The " + kind)
        .endsWith("is not in the log.");
  }

  @Test
  void a_rule_that_was_changed_in_the_stored_rulebook_is_found() throws Exception {
    try (DecisionLog log = DecisionLog.read(file)) {
      byte[] content = Sources.packed(Home.advisor(), Sources.Kind.RULEBOOK);
      var files = Packed.unzipped(content);
      String path = files.keySet().iterator().next();
      byte[] text = files.get(path);
      text[text.length / 2] ^= 1;
      assertThat(Sources.fingerprint(Sources.Kind.RULEBOOK, Packed.zipped(files)))
          .isNotEqualTo(log.head().orElseThrow().rulebook());
    }
  }

  /** The records of a log, as they would be shown. */
  private static List<String> shown(Path file) {
    List<String> shown = new ArrayList<>();
    try (DecisionLog log = DecisionLog.read(file)) {
      log.each(null, null, one -> shown.add(one.header() + one.hash() + one.decision()));
    }
    return shown;
  }

  private static boolean verified(Path file) {
    try {
      return verify(file, null).verified();
    } catch (LogException unreadable) {
      return false;
    }
  }

  @Test
  void a_log_in_which_a_bit_flipped_is_never_verified_unless_all_it_says_is_as_it_was()
      throws IOException {
    byte[] bytes = Files.readAllBytes(untouched);
    List<String> before = shown(untouched);
    Random random = new Random(20261123);
    int found = 0;
    int tries = 400;
    for (int i = 0; i < tries; i++) {
      int at = random.nextInt(bytes.length);
      byte[] flipped = bytes.clone();
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      Path broken = Files.write(folder.resolve("flipped.sqlite"), flipped);
      if (verified(broken)) {
        assertThat(shown(broken).equals(before)).as("byte %d", at).isTrue();
      } else {
        found++;
      }
    }
    assertThat(found).as("flips that were found").isGreaterThan(tries / 2);
  }

  @Test
  void a_log_that_was_cut_short_is_never_verified() throws IOException {
    byte[] bytes = Files.readAllBytes(untouched);
    Random random = new Random(5);
    for (int i = 0; i < 60; i++) {
      int length = i < 10 ? i * 40 : random.nextInt(bytes.length);
      Path cut = folder.resolve("cut.sqlite");
      Files.write(cut, java.util.Arrays.copyOf(bytes, length));
      assertThat(verified(cut)).as("%d of %d bytes", length, bytes.length).isFalse();
    }
  }
}
