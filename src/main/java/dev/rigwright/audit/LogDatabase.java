package dev.rigwright.audit;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/** The file that a decision log lies in: opening it, and bringing its tables up to date. */
final class LogDatabase {

  /** "RIGW", as the migrations write it. */
  private static final int APPLICATION = 1380538199;

  /** What the last migration makes of an empty file. */
  private static final int VERSION = 5;

  /** The oldest layout whose records are read as they are. */
  private static final int READABLE = 1;

  private static final int BUSY_MILLIS = 15_000;
  private static final int TRIES = 20;

  private LogDatabase() {}

  /**
   * A connection that appends; folder, file and tables are made where they are missing.
   *
   * @throws LogException if that cannot be done
   */
  static Connection writing(Path file) {
    try {
      create(file);
      Connection connection = connection(file, false);
      try {
        if (layout(file, connection) != VERSION) {
          connection.close();
          migrate(file);
          connection = connection(file, false);
        }
        // Only now: another program's database is not to be changed by looking at it.
        try (Statement statement = connection.createStatement()) {
          statement.execute("PRAGMA journal_mode = WAL");
        }
        return connection;
      } catch (SQLException | RuntimeException failed) {
        connection.close();
        throw failed;
      }
    } catch (SQLException | IOException | FlywayException failed) {
      throw failed("written", file, failed);
    }
  }

  /**
   * A connection that only reads.
   *
   * @throws LogException if the file is no decision log, or broken
   */
  static Connection reading(Path file) {
    try {
      try {
        return known(file, connection(file, true));
      } catch (SQLException closed) {
        if (!closedFolder(closed) || !wholeInItself(file)) {
          throw closed;
        }
        // On read-only media: SQLite cannot make the files beside it that it shares with writers.
        return known(file, immutable(file));
      }
    } catch (SQLException failed) {
      throw failed("read", file, failed);
    }
  }

  private static boolean closedFolder(SQLException failure) {
    return failure instanceof SQLiteException database
        && (database.getResultCode().name().startsWith("SQLITE_READONLY")
            || database.getResultCode().name().startsWith("SQLITE_CANTOPEN"));
  }

  /** Whether nothing that was written still lies in the file beside it. */
  private static boolean wholeInItself(Path file) {
    try {
      Path beside = file.resolveSibling(file.getFileName() + "-wal");
      return !Files.exists(beside) || Files.size(beside) == 0;
    } catch (IOException unknown) {
      return false;
    }
  }

  private static Connection immutable(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setOpenMode(SQLiteOpenMode.OPEN_URI);
    return config.createConnection("jdbc:sqlite:" + file.toUri() + "?immutable=1");
  }

  /** The connection, if its tables are of a version that can be read. */
  private static Connection known(Path file, Connection connection) throws SQLException {
    try {
      if (layout(file, connection) < READABLE) {
        throw new LogException(
            "There is nothing in the decision log (%s) yet. Maybe another one was meant; name it with --log."
                .formatted(file));
      }
      return connection;
    } catch (SQLException | RuntimeException failed) {
      connection.close();
      throw failed;
    }
  }

  private static void create(Path file) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, only(posix, "rwx------"));
    }
    try {
      // What people ask for is their own affair: nobody else on the machine reads it.
      Files.createFile(file, only(posix, "rw-------"));
    } catch (FileAlreadyExistsException another) {
      // Another process was first; both have wanted the same.
    }
  }

  private static FileAttribute<?>[] only(boolean posix, String permissions) {
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static Connection connection(Path file, boolean readOnly) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    // FULL: what was acknowledged outlives the loss of power, not only of the process.
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    String url = "jdbc:sqlite:" + file.toAbsolutePath();
    config.setReadOnly(readOnly);
    return config.createConnection(url);
  }

  /** Which version's tables there are; 0 where there are none yet. */
  private static int layout(Path file, Connection connection) throws SQLException {
    Layout found = found(connection);
    if (found.application == APPLICATION) {
      if (found.version > VERSION) {
        throw new LogException(
            "The decision log (%s) has layout %d; this version knows %d. Maybe a newer rigwright wrote it."
                .formatted(file, found.version, VERSION));
      }
      return Math.max(found.version, 0);
    }
    if (found.application != 0 || found.tables > 0) {
      throw new LogException(
          "The file (%s) is another program's database, no decision log. Maybe the path is another one."
              .formatted(file));
    }
    return 0;
  }

  /** What tells a decision log from other databases; {@code tables} are those not Flyway's. */
  private record Layout(int application, int version, int tables) {}

  /** All of it of one moment: whoever makes the tables just then is seen before or after that. */
  private static Layout found(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try {
      return new Layout(
          number(connection, "PRAGMA application_id"),
          number(connection, "PRAGMA user_version"),
          number(
              connection,
              "SELECT count(*) FROM sqlite_schema WHERE name NOT LIKE 'flyway%'"
                  + " AND tbl_name NOT LIKE 'flyway%'"));
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private static int number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      return result.next() ? result.getInt(1) : 0;
    }
  }

  /** Several processes may find a new log at the same moment: whoever comes second looks again. */
  private static void migrate(Path file) throws SQLException {
    for (int tries = 1; ; tries++) {
      try {
        Flyway.configure()
            .dataSource("jdbc:sqlite:" + file.toAbsolutePath(), null, null)
            .locations("classpath:dev/rigwright/audit/migrations")
            .load()
            .migrate();
        return;
      } catch (FlywayException failed) {
        try (Connection connection = connection(file, false)) {
          if (layout(file, connection) == VERSION) {
            return;
          }
        }
        if (tries == TRIES) {
          throw failed;
        }
        pause(tries);
      }
    }
  }

  private static void pause(int tries) {
    try {
      Thread.sleep(20L * tries);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new LogException("The decision log was not opened: it was interrupted.", stopped);
    }
  }

  /** What a failure of the database means to whoever asked. */
  static LogException failed(String done, Path file, Exception cause) {
    return new LogException(
        "The decision log (%s) cannot be %s: %s.".formatted(file, done, why(cause)),
        cause,
        damaged(cause));
  }

  private static boolean damaged(Throwable cause) {
    for (Throwable next = cause; next != null; next = next.getCause()) {
      if (next instanceof SQLiteException database) {
        String name = database.getResultCode().name();
        return name.startsWith("SQLITE_NOTADB")
            || name.startsWith("SQLITE_CORRUPT")
            || name.equals("SQLITE_ERROR");
      }
    }
    return !(cause instanceof java.nio.file.FileSystemException);
  }

  private static String why(Exception cause) {
    Throwable root = cause;
    while (root.getCause() != null && !(root instanceof SQLiteException)) {
      root = root.getCause();
    }
    if (root instanceof SQLiteException database) {
      SQLiteErrorCode code = database.getResultCode();
      String name = code.name();
      if (name.startsWith("SQLITE_FULL") || name.startsWith("SQLITE_IOERR")) {
        return "writing to the disk failed (" + name + "). Maybe it is full";
      }
      if (name.startsWith("SQLITE_READONLY") || name.startsWith("SQLITE_CANTOPEN")) {
        return "its folder or file is closed to you (%s). Maybe name another with --log, or RIGWRIGHT_LOG"
            .formatted(name);
      }
      if (name.startsWith("SQLITE_NOTADB") || name.startsWith("SQLITE_CORRUPT")) {
        return "the file is damaged, or no decision log (%s). Maybe the path is another one; of a damaged log rigwright audit verify tells what is left"
            .formatted(name);
      }
      if (name.startsWith("SQLITE_BUSY") || name.startsWith("SQLITE_LOCKED")) {
        return "another process has kept it for %d seconds. Maybe it hangs"
            .formatted(BUSY_MILLIS / 1000);
      }
      return database.getMessage();
    }
    if (root instanceof java.nio.file.FileSystemException closed) {
      return "its folder or file cannot be made: %s (%s). Maybe name another with --log, or RIGWRIGHT_LOG"
          .formatted(closed.getFile(), kind(closed));
    }
    String message = String.valueOf(root.getMessage());
    return message.startsWith("No native library")
        ? "SQLite's library could not be unpacked into %s. Maybe that folder is full or closed"
            .formatted(System.getProperty("java.io.tmpdir"))
        : message;
  }

  private static String kind(java.nio.file.FileSystemException failed) {
    return failed.getReason() != null
        ? failed.getReason()
        : failed.getClass().getSimpleName().replace("Exception", "");
  }
}
