package dev.rigwright.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searching by an index finds what reading every record finds, and the index is no record. */
class SearchTest {

  private static final int RECORDS = 60;

  @TempDir static Path whole;
  private static Path untouched;
  private static List<Recorded> all;

  @TempDir Path folder;
  private Path file;

  @BeforeAll
  static void record() {
    untouched = whole.resolve("log.sqlite");
    List<Entry> entries = new ArrayList<>();
    List<String> sample = Log.sample();
    for (int i = 0; i < RECORDS - 1; i++) {
      entries.add(Log.entry(sample.get(i * 8)));
    }
    entries.add(Log.entry(Home.advisor(), Log.WRITER, true));
    try (DecisionLog log = DecisionLog.open(untouched)) {
      all = log.record(Home.advisor(), entries);
    }
  }

  @BeforeEach
  void copy() throws Exception {
    file = Files.copy(untouched, folder.resolve("log.sqlite"));
  }

  private static Filter of(String card, String rule, String... words) {
    return new Filter(null, null, null, card, rule, null, List.of(words));
  }

  private List<Long> found(Filter filter) {
    try (DecisionLog log = DecisionLog.read(file)) {
      return filter.of(log).stream().map(Recorded::sequence).toList();
    }
  }

  /** By reading every record, as anybody would who has nothing but the records. */
  private static List<Long> read(Filter filter) {
    return all.stream()
        .filter(
            one -> {
              String outcome = new String(one.outcome(), StandardCharsets.UTF_8);
              String text =
                  String.join(
                      "\n", one.decisionId(), one.requirementId(), one.requirement(), outcome);
              return (filter.rule() == null || outcome.contains('"' + filter.rule() + '"'))
                  && (filter.card() == null
                      || StreamSupport.stream(
                              one.decision().at("/recommendation/gpus").spliterator(), false)
                          .anyMatch(gpu -> gpu.path("id").asText().equals(filter.card())))
                  && filter.words().stream()
                      .allMatch(
                          word ->
                              text.toLowerCase(Locale.ROOT)
                                  .contains(word.toLowerCase(Locale.ROOT)));
            })
        .map(Recorded::sequence)
        .toList();
  }

  @Test
  void whatever_is_looked_for_the_index_finds_what_reading_every_record_finds() {
    Random random = new Random(20261126);
    int some = 0;
    int none = 0;
    for (int i = 0; i < 400; i++) {
      List<String> words = new ArrayList<>();
      for (int j = 0; j <= random.nextInt(2); j++) {
        Recorded one = all.get(random.nextInt(RECORDS));
        String text = one.requirement() + new String(one.outcome(), StandardCharsets.UTF_8);
        int from = random.nextInt(text.length() - 24);
        String word = text.substring(from, from + 1 + random.nextInt(24));
        words.add(random.nextBoolean() ? word : word.toUpperCase(Locale.ROOT));
      }
      Filter filter = of(null, null, words.toArray(String[]::new));
      List<Long> wanted = read(filter);
      assertThat(found(filter)).as("%s", words).isEqualTo(wanted);
      some += wanted.isEmpty() ? 0 : 1;
      none += wanted.size() < RECORDS ? 1 : 0;
    }
    assertThat(some).isGreaterThan(200);
    assertThat(none).as("searches that not every record answers").isGreaterThan(100);
  }

  @Test
  void cards_and_rules_are_found_exactly() {
    for (String card : List.of("rtx-3090", "rtx-3060-12gb", "RTX-3090", "rtx", "no such card")) {
      assertThat(found(of(card, null))).as(card).isEqualTo(read(of(card, null)));
    }
    assertThat(found(of("rtx-3090", null))).isNotEmpty();
    for (String rule : List.of("value/best", "fit/too-large", "fit/too", "value", "a b/c")) {
      assertThat(found(of(null, rule))).as(rule).isEqualTo(read(of(null, rule)));
    }
    assertThat(found(of(null, "value/best"))).hasSizeBetween(1, RECORDS - 1);
    Filter both = of("rtx-3090", "value/best", "qwen", "32B");
    assertThat(found(both)).isEqualTo(read(both)).isNotEmpty();
    assertThat(found(of(null, null, "wordthatnobodywrote"))).isEmpty();
    assertThat(found(of(null, null, "ü→{", "\""))).isEqualTo(read(of(null, null, "ü→{", "\"")));
  }

  @Test
  void recording_leaves_the_index_alone_and_the_next_search_puts_in_what_is_missing()
      throws Exception {
    found(of(null, null, "qwen"));
    assertThat(upTo()).isEqualTo(RECORDS);
    try (DecisionLog log = DecisionLog.open(file)) {
      log.record(Home.advisor(), Log.entry("{\"id\": \"a-later-one\", \"budgetUsd\": 1777}"));
      assertThat(upTo()).isEqualTo(RECORDS);
      assertThat(of(null, null, "a-later").of(log))
          .extracting(Recorded::sequence)
          .containsExactly(RECORDS + 1L);
    }
    assertThat(upTo()).isEqualTo(RECORDS + 1);
    byte[] before = Files.readAllBytes(file);
    found(of(null, null, "a-later"));
    assertThat(Arrays.equals(Files.readAllBytes(file), before))
        .as("where nothing is missing nothing is written")
        .isTrue();
  }

  private long upTo() throws SQLException {
    return number("SELECT max(sequence) FROM search_state");
  }

  private long number(String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.getLong(1);
    }
  }

  private void change(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** What the first layout of a log had. */
  private void makeOld() throws SQLException {
    change(
        "DROP TABLE search",
        "DROP TABLE search_word",
        "DROP TABLE search_term",
        "DROP TABLE search_state",
        "DROP INDEX record_of_requirement",
        "CREATE INDEX record_at ON record (recorded_at)",
        "DELETE FROM flyway_schema_history WHERE version > '1'",
        "PRAGMA user_version = 1");
    packAsBefore();
  }

  /** Outcomes as they were packed up to the third layout. */
  private void packAsBefore() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        PreparedStatement update =
            connection.prepareStatement("UPDATE record SET outcome = ? WHERE sequence = ?")) {
      for (Recorded recorded : all) {
        update.setBytes(1, Packed.zlib(recorded.outcome()));
        update.setLong(2, recorded.sequence());
        assertThat(update.executeUpdate()).isEqualTo(1);
      }
    }
  }

  @Test
  void a_log_of_the_second_layout_is_searched_as_it_is_and_loses_the_index_that_nobody_reads()
      throws Exception {
    change(
        "CREATE INDEX record_at ON record (recorded_at)",
        "DELETE FROM flyway_schema_history WHERE version > '2'",
        "PRAGMA user_version = 2");
    packAsBefore();
    try (DecisionLog log = DecisionLog.read(file)) {
      assertThat(Verification.of(log, null).problems()).isEmpty();
    }
    assertThat(number("PRAGMA user_version")).as("whoever verifies changes nothing").isEqualTo(2);
    Filter filter = of("rtx-3090", null, "qwen");
    assertThat(found(filter)).isEqualTo(read(filter)).isNotEmpty();
    try (DecisionLog log = DecisionLog.open(file)) {
      assertThat(number("PRAGMA user_version")).isEqualTo(5);
      assertThat(number("SELECT count(*) FROM sqlite_schema WHERE name = 'record_at'")).isZero();
      assertThat(log.head().orElseThrow().hash()).isEqualTo(all.get(RECORDS - 1).hash());
    }
  }

  @Test
  void a_log_of_the_first_layout_is_read_as_it_is_and_migrated_by_whoever_writes()
      throws Exception {
    makeOld();
    byte[] old = Files.readAllBytes(file);
    try (DecisionLog log = DecisionLog.read(file)) {
      assertThat(log.size()).isEqualTo(RECORDS);
      assertThat(Verification.of(log, null).problems()).isEmpty();
    }
    assertThat(Arrays.equals(Files.readAllBytes(file), old)).isTrue();
    try (DecisionLog log = DecisionLog.open(file)) {
      assertThat(number("PRAGMA user_version")).isEqualTo(5);
      assertThat(log.head().orElseThrow().hash()).isEqualTo(all.get(RECORDS - 1).hash());
    }
    makeOld();
    Filter filter = of("rtx-3090", null, "qwen");
    assertThat(found(filter)).isEqualTo(read(filter)).isNotEmpty();
    assertThat(upTo()).as("a search writes, too").isEqualTo(RECORDS);
  }

  @Test
  void nothing_that_was_redacted_gets_into_the_index() throws Exception {
    assertThat(found(of(null, null, "SECRET"))).isEmpty();
    assertThat(upTo()).isEqualTo(RECORDS);
    assertThat(number("SELECT count(*) FROM search_term WHERE term LIKE '%secret%'")).isZero();
    change("PRAGMA wal_checkpoint(TRUNCATE)");
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT))
        .doesNotContain("secret");
  }

  private Verification verify() {
    try (DecisionLog log = DecisionLog.read(file)) {
      return Verification.of(log, null);
    }
  }

  @Test
  void an_index_that_does_not_say_what_the_records_say_is_not_verified_and_made_anew()
      throws Exception {
    found(of(null, null, "qwen"));
    assertThat(verify().problems()).isEmpty();
    for (String change :
        List.of(
            "INSERT INTO search (rowid, words) VALUES (3, 'forged')",
            "DELETE FROM search_term WHERE term = 'qwen2'",
            "INSERT INTO search (search) VALUES ('delete-all')")) {
      change(change);
      assertThat(verify().problems())
          .as(change)
          .singleElement()
          .satisfies(
              problem -> {
                assertThat(problem.kind()).isEqualTo("index");
                assertThat(problem.message()).contains("audit search --anew");
              });
      try (DecisionLog log = DecisionLog.read(file)) {
        log.reindex();
      }
      assertThat(verify().problems()).isEmpty();
      assertThat(found(of(null, null, "qwen"))).isEqualTo(read(of(null, null, "qwen")));
    }
  }

  @Test
  void records_that_were_put_in_place_of_others_are_found_in_a_new_index() throws Exception {
    found(of(null, null, "qwen"));
    change("DELETE FROM record WHERE sequence > 50");
    try (DecisionLog log = DecisionLog.open(file)) {
      log.record(Home.advisor(), Log.entry("{\"id\": \"another\", \"budgetUsd\": 1777}"));
    }
    assertThat(found(of(null, null, "another"))).contains(51L);
    assertThat(upTo()).isEqualTo(51);
    assertThat(verify().problems()).isEmpty();
  }
}
