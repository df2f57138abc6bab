package dev.rigwright.audit;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;

/** Records to and from rows of the log, in the order of its columns. */
final class Rows {

  private Rows() {}

  /**
   * Puts a record into a statement.
   *
   * @param outcome the record's outcome, packed
   */
  static void write(PreparedStatement insert, Recorded record, byte[] outcome) throws SQLException {
    insert.setLong(1, record.sequence());
    insert.setString(2, record.decisionId());
    insert.setString(3, record.recordedAt());
    insert.setString(4, record.askedOn().toString());
    insert.setString(5, record.requirementId());
    insert.setString(6, record.requirement());
    insert.setInt(7, record.redacted() ? 1 : 0);
    insert.setString(8, record.verdict());
    insert.setString(9, record.rulebook());
    insert.setString(10, record.facts());
    insert.setString(11, record.requirementSchema());
    insert.setString(12, record.engine());
    insert.setString(13, record.application());
    insert.setBytes(14, outcome);
    insert.setString(15, record.outcomeHash());
    insert.setString(16, record.previous());
    insert.setString(17, record.hash());
  }

  /**
   * The record of a row.
   *
   * @throws IOException if the row holds what was never written
   */
  static Recorded read(ResultSet row) throws SQLException, IOException {
    long sequence = row.getLong(1);
    byte[] outcome = row.getBytes(14);
    if (outcome == null) {
      throw new IOException("record " + sequence + " has no outcome");
    }
    try {
      return new Recorded(
          sequence,
          row.getString(2),
          row.getString(3),
          LocalDate.parse(String.valueOf(row.getString(4))),
          row.getString(5),
          row.getString(6),
          row.getInt(7) == 1,
          row.getString(8),
          row.getString(9),
          row.getString(10),
          row.getString(11),
          row.getString(12),
          row.getString(13),
          Packed.unpacked(outcome),
          row.getString(15),
          row.getString(16),
          row.getString(17));
    } catch (DateTimeException noDay) {
      throw new IOException("record " + sequence + " has no day (asked_on)", noDay);
    } catch (IOException broken) {
      throw new IOException(
          "the outcome of record " + sequence + " is broken: " + broken.getMessage(), broken);
    }
  }
}
