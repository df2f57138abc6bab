package dev.rigwright.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The statements that append records, made once for a connection: a record by itself is over in
 * less time than it takes to make them. After a failure they are to be made anew.
 */
final class Appender implements AutoCloseable {

  private final PreparedStatement begin;
  private final PreparedStatement head;
  private final PreparedStatement insert;
  private final PreparedStatement commit;
  private final PreparedStatement rollBack;

  Appender(Connection connection) throws SQLException {
    begin = connection.prepareStatement("BEGIN IMMEDIATE");
    head =
        connection.prepareStatement(
            "SELECT sequence, hash FROM record ORDER BY sequence DESC LIMIT 1");
    insert =
        connection.prepareStatement(
            "INSERT INTO record (" + DecisionLog.COLUMNS + ") VALUES (" + "?, ".repeat(16) + "?)");
    commit = connection.prepareStatement("COMMIT");
    rollBack = connection.prepareStatement("ROLLBACK");
  }

  /** Begins a transaction; whoever else appends waits for its end. */
  void begin() throws SQLException {
    begin.execute();
  }

  /** What was appended is on the disk when this returns. */
  void commit() throws SQLException {
    commit.execute();
  }

  /** Ends the transaction with nothing written. */
  void rollBack() {
    try {
      rollBack.execute();
    } catch (SQLException alreadyRolledBack) {
      // A full disk ends the transaction by itself; the first failure is the one to be told.
    }
  }

  /**
   * Appends records behind the last that there is, by whomever: within a transaction it stays the
   * last.
   *
   * @param outcomes the outcome of each, packed
   */
  List<Recorded> append(List<Recorded> unchained, List<byte[]> outcomes) throws SQLException {
    long sequence = 0;
    String previous = Digest.NONE;
    try (ResultSet last = head.executeQuery()) {
      if (last.next()) {
        sequence = last.getLong(1);
        previous = last.getString(2);
      }
    }
    List<Recorded> recorded = new ArrayList<>();
    for (int i = 0; i < unchained.size(); i++) {
      Recorded chained = unchained.get(i).chained(++sequence, previous);
      previous = chained.hash();
      Rows.write(insert, chained, outcomes.get(i));
      insert.executeUpdate();
      recorded.add(chained);
    }
    return recorded;
  }

  @Override
  public void close() {
    for (PreparedStatement one : List.of(begin, head, insert, commit, rollBack)) {
      try {
        one.close();
      } catch (SQLException failed) {
        // Of a statement that failed, closing tells the same failure again.
      }
    }
  }
}
