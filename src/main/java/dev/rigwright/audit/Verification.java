package dev.rigwright.audit;

import dev.rigwright.engine.DecisionId;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether a log is what was written: its file, each stored rulebook and set of facts, each record,
 * and the chain; and whether its index for searching says what the records say.
 *
 * @param records how many were read
 * @param sources how many rulebooks, sets of facts and schemas were read
 * @param head the hash of the last record
 * @param headAt the moment of the last record; null where there is none
 * @param since how many records came after the hash that was kept elsewhere; null where none was
 *     given, or it was not found
 * @param problems what is wrong, the first record first; empty where all is as it was written
 */
public record Verification(
    long records, long sources, String head, String headAt, Long since, List<Problem> problems) {

  private static final int ENOUGH = 50;

  public Verification {
    problems = List.copyOf(problems);
  }

  /**
   * Something that is not as it was written.
   *
   * @param sequence the record; null where it is no record
   * @param kind changed, removed, inserted, source, file, index, or head
   */
  public record Problem(Long sequence, String kind, String message) {}

  /** Whether nothing is wrong. */
  public boolean verified() {
    return problems.isEmpty();
  }

  /**
   * Verifies a log.
   *
   * @param head a hash of this log that was kept elsewhere; null for none
   */
  public static Verification of(DecisionLog log, String head) {
    return new Pass(log.connection(), head).verified();
  }

  /** One pass over a log, all of one moment. */
  private static final class Pass {
    private final Connection connection;
    private final String wanted;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> kept = new HashSet<>();
    private long records;
    private long sources;
    private long sequence;
    private String previous = Digest.NONE;
    private String headAt;
    private Long foundAt;
    private long indexed;
    private long words;

    Pass(Connection connection, String wanted) {
      this.connection = connection;
      this.wanted = wanted;
    }

    Verification verified() {
      synchronized (connection) {
        // All of one moment: what another process appends meanwhile is left for the next time.
        step("file", () -> execute("BEGIN"));
        step("file", this::file);
        step("source", this::sources);
        step("index", () -> indexed = SearchIndex.upTo(connection));
        step("changed", this::records);
        step("index", this::index);
        step("file", () -> execute("ROLLBACK"));
      }
      Long since = null;
      if (wanted != null) {
        if (wanted.equals(Digest.NONE)) {
          foundAt = 0L;
        }
        if (foundAt != null) {
          since = sequence - foundAt;
        } else {
          problem(
              null,
              "head",
              "No record has the hash %s. Records were cut off the end, the log was written anew, or the hash is another log's."
                  .formatted(wanted));
        }
      }
      return new Verification(records, sources, previous, headAt, since, problems);
    }

    private interface Step {
      void run() throws SQLException;
    }

    /** What the file system or SQLite cannot read is not verified. */
    private void step(String kind, Step step) {
      try {
        step.run();
      } catch (SQLException broken) {
        problem(
            kind.equals("changed") ? sequence + 1 : null,
            kind,
            kind.equals("changed")
                ? "Nothing can be read from record %d on: %s."
                    .formatted(sequence + 1, broken.getMessage())
                : "The file is damaged: %s.".formatted(broken.getMessage()));
      }
    }

    private void problem(Long at, String kind, String message) {
      if (problems.size() < ENOUGH) {
        problems.add(new Problem(at, kind, message));
      }
    }

    private void execute(String sql) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    private void file() throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("PRAGMA integrity_check(10)")) {
        while (row.next()) {
          if (!"ok".equals(row.getString(1))) {
            problem(null, "file", "The file is damaged: " + row.getString(1) + ".");
          }
        }
      }
    }

    private void sources() throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT kind, fingerprint, content FROM source")) {
        while (row.next()) {
          sources++;
          String word = row.getString(1);
          String fingerprint = row.getString(2);
          kept.add(word + " " + fingerprint);
          String found;
          try {
            found = Sources.fingerprint(Sources.Kind.of(word), row.getBytes(3));
          } catch (IOException | RuntimeException broken) {
            found = "cannot be read (" + broken.getMessage() + ")";
          }
          if (!found.equals(fingerprint)) {
            problem(
                null,
                "source",
                "The stored %s was changed: it was kept as %s, and is %s."
                    .formatted(word, fingerprint, found));
          }
        }
      }
    }

    private void records() throws SQLException {
      try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT " + DecisionLog.COLUMNS + " FROM record ORDER BY sequence");
          ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          long at = row.getLong(1);
          boolean follows = at == sequence + 1;
          if (!follows) {
            problem(sequence + 1, "removed", removed(sequence + 1, at - 1));
          }
          String hash = row.getString(17);
          Recorded recorded = null;
          try {
            recorded = Rows.read(row);
            record(recorded, follows);
          } catch (IOException | RuntimeException broken) {
            if (recorded == null && broken instanceof LogException unreadable) {
              // This system cannot unpack it, which says nothing about the record.
              throw unreadable;
            }
            problem(at, "changed", "Record %d was changed: %s.".formatted(at, broken.getMessage()));
          }
          records++;
          sequence = at;
          previous = hash;
          headAt = row.getString(3);
          if (wanted != null && wanted.equals(hash)) {
            foundAt = at;
          }
        }
      }
    }

    private void index() throws SQLException {
      if (indexed > 0 && problems.isEmpty() && SearchIndex.stored(connection) != words) {
        problem(
            null,
            "index",
            "The index for searching does not say what the records say; a search may miss some. The records are as they were written. Maybe make it anew: rigwright audit search --anew TEXT.");
      }
    }

    private static String removed(long first, long last) {
      return first == last
          ? "Record %d was removed.".formatted(first)
          : "Records %d to %d were removed.".formatted(first, last);
    }

    private void record(Recorded record, boolean follows) {
      long at = record.sequence();
      if (at <= indexed) {
        words = SearchIndex.sum(words, record);
      }
      String computed = record.computedHash();
      if (!computed.equals(record.hash())) {
        problem(
            at,
            "changed",
            "Record %d was changed: it was hashed as %s, and is %s."
                .formatted(at, record.hash(), computed));
      }
      if (!Digest.of(record.outcome()).equals(record.outcomeHash())) {
        problem(
            at,
            "changed",
            "The outcome of record %d was changed: it was hashed as %s, and is %s."
                .formatted(at, record.outcomeHash(), Digest.of(record.outcome())));
      } else if (!DecisionId.of(record.outcome()).equals(record.decisionId())) {
        problem(
            at,
            "changed",
            "Record %d has the id %s, and its outcome makes %s."
                .formatted(at, record.decisionId(), DecisionId.of(record.outcome())));
      }
      if (follows && !record.previous().equals(previous)) {
        problem(
            at == 1 ? at : at - 1,
            "inserted",
            at == 1
                ? "Record 1 follows a record (%s) that is not there: records before it were removed."
                    .formatted(record.previous())
                : "Record %d was written after a record of hash %s, and record %d has %s: it was changed with a hash of its own, or one of the two was put there."
                    .formatted(at, record.previous(), at - 1, previous));
      }
      for (Sources.Kind kind : Sources.Kind.values()) {
        String needed = record.fingerprint(kind);
        if (!kept.contains(kind.word() + " " + needed)) {
          problem(
              at,
              "source",
              "The %s (%s) of record %d is not in the log.".formatted(kind.word(), needed, at));
        }
      }
    }
  }
}
