package dev.rigwright.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.DecisionJson;
import dev.rigwright.engine.EngineVersion;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.Canonical;
import dev.rigwright.facts.Facts;
import dev.rigwright.facts.Names;
import dev.rigwright.rulebook.Rulebook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Every answer that was given, with all that it takes to give it again: an SQLite file to which
 * records are only appended, each with the hash of the one before.
 *
 * <p>Once {@link #record} returns, its records outlive the process and the loss of power. Several
 * threads and processes may append to the same file; the chain stays whole.
 */
public final class DecisionLog implements AutoCloseable {

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** What {@link Rows} reads and writes. */
  static final String COLUMNS =
      "sequence, decision_id, recorded_at, asked_on, requirement_id, requirement, redacted, verdict,"
          + " rulebook, facts, requirement_schema, engine, application, outcome, outcome_hash,"
          + " previous, hash";

  /** What of a filter stands in a record's own columns. */
  private static final String PLAIN =
      "recorded_at >= ? AND recorded_at < ?"
          + " AND requirement_id = coalesce(?, requirement_id) AND verdict = coalesce(?, verdict)";

  /** Compiled rules take memory, and time to compile: enough for records that take turns. */
  private static final int ADVISORS_KEPT = 4;

  /** So many records are read at once; one takes some 60 KB. */
  private static final int PAGE = 50;

  private final Path file;
  private final Connection connection;
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean gathers = new AtomicBoolean();
  private final Set<String> stored = new HashSet<>();
  private Appender appender;
  private final Map<List<Object>, Advisor> advisors =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Object>, Advisor> eldest) {
          return size() > ADVISORS_KEPT;
        }
      };

  /** Rules that cannot be compiled take as long as others to say so; they say it once. */
  private final Map<List<Object>, RuntimeException> unusable = new HashMap<>();

  private DecisionLog(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /**
   * Opens a log to append to; it is made where there is none.
   *
   * @throws LogException if it cannot be written, with what to do
   */
  public static DecisionLog open(Path file) {
    return new DecisionLog(file, LogDatabase.writing(file));
  }

  /**
   * Opens a log to read; nothing in it can be changed.
   *
   * @throws BadInputException if there is none
   * @throws LogException if it cannot be read
   */
  public static DecisionLog read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(
          "",
          "There is no decision log (%s). Maybe nothing was recorded yet, or it is another one; name it with --log."
              .formatted(file));
    }
    return new DecisionLog(file, LogDatabase.reading(file));
  }

  /** How a moment is written in the log. */
  public static String moment(Instant at) {
    return MOMENT.format(at);
  }

  /** Where the log lies. */
  public Path file() {
    return file;
  }

  /** Which version of this program decides. */
  static String application() {
    String version = DecisionLog.class.getPackage().getImplementationVersion();
    return "rigwright " + (version == null ? "(not packaged)" : version);
  }

  /** Records one decision. */
  public Recorded record(Advisor advisor, Entry entry) {
    return record(advisor, List.of(entry)).get(0);
  }

  /**
   * Records decisions in their order, all of them or none. They are safe on the disk when this
   * returns.
   *
   * @param advisor what decided
   * @throws LogException if they cannot be written
   */
  public List<Recorded> record(Advisor advisor, List<Entry> entries) {
    return record(advisor, entries, Duration.ZERO);
  }

  /**
   * The same for one of many: waits a while for what the others record, so that all of it shares
   * one transaction and one wait for the disk.
   *
   * @param gathering how long
   */
  public List<Recorded> record(Advisor advisor, List<Entry> entries, Duration gathering) {
    if (entries.isEmpty()) {
      return List.of();
    }
    Map<Sources.Kind, String> sources = Sources.fingerprints(advisor);
    List<Recorded> unchained = new ArrayList<>();
    for (Entry entry : entries) {
      unchained.add(unchained(advisor, sources, entry));
    }
    return append(unchained, kind -> Sources.packed(advisor, kind), gathering);
  }

  /** What a record was decided with, packed. */
  interface Packer {
    /** One kind of it. */
    byte[] packed(Sources.Kind kind) throws SQLException;
  }

  /** Records that wait for their place in the chain; all were decided with the same. */
  private static final class Waiting {
    private final List<Recorded> unchained;
    private final List<byte[]> outcomes;
    private final Packer packer;
    private final CountDownLatch over = new CountDownLatch(1);
    private List<Recorded> recorded;
    private LogException failure;

    Waiting(List<Recorded> unchained, Packer packer) {
      this.unchained = unchained;
      this.packer = packer;
      // Packed here, where no other thread waits for it.
      this.outcomes = unchained.stream().map(one -> Packed.outcome(one.outcome())).toList();
    }
  }

  /**
   * Appends records that were all decided with the same. What other threads want to append
   * meanwhile goes to the disk with them: one wait for all.
   */
  List<Recorded> append(List<Recorded> unchained, Packer packer, Duration gathering) {
    Waiting mine = new Waiting(unchained, packer);
    waiting.add(mine);
    if (!gathering.isZero()) {
      gather(mine, gathering);
    }
    synchronized (connection) {
      if (mine.recorded == null && mine.failure == null) {
        List<Waiting> together = new ArrayList<>();
        for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
          together.add(next);
        }
        write(together);
      }
    }
    if (mine.failure != null) {
      throw mine.failure;
    }
    if (mine.recorded == null) {
      // Whoever wrote for this thread was ended by an error of the machine.
      throw new LogException(
          "The decision log (%s) was not written. Maybe there is no memory left.".formatted(file));
    }
    return mine.recorded;
  }

  /**
   * The first of those who gather wakes up in time to write for all; the others sleep until then.
   */
  private void gather(Waiting mine, Duration gathering) {
    boolean first = gathers.compareAndSet(false, true);
    try {
      // Twice as long, should the first be held up: then one of the others writes.
      mine.over.await(gathering.toNanos() * (first ? 1 : 2), TimeUnit.NANOSECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    } finally {
      if (first) {
        gathers.set(false);
      }
    }
  }

  private void write(List<Waiting> together) {
    try {
      if (appender == null) {
        appender = new Appender(connection);
      }
      appender.begin();
      try {
        Set<String> kept = new HashSet<>();
        List<List<Recorded>> chained = new ArrayList<>();
        for (Waiting one : together) {
          kept.addAll(keep(one.unchained.get(0), one.packer));
          chained.add(appender.append(one.unchained, one.outcomes));
        }
        appender.commit();
        stored.addAll(kept);
        for (int i = 0; i < together.size(); i++) {
          together.get(i).recorded = chained.get(i);
        }
      } catch (SQLException | RuntimeException failed) {
        appender.rollBack();
        throw failed;
      }
    } catch (SQLException failed) {
      restart();
      LogException failure = LogDatabase.failed("written", file, failed);
      together.forEach(one -> one.failure = failure);
    } catch (RuntimeException failed) {
      restart();
      LogException failure = new LogException(String.valueOf(failed.getMessage()), failed);
      together.forEach(one -> one.failure = failure);
    } finally {
      together.forEach(one -> one.over.countDown());
    }
  }

  /** A statement that failed cannot be trusted with the next records. */
  private void restart() {
    if (appender != null) {
      appender.close();
      appender = null;
    }
  }

  /** All of a record but its place in the chain. */
  private static Recorded unchained(
      Advisor advisor, Map<Sources.Kind, String> sources, Entry entry) {
    JsonNode asked = entry.asked();
    String requirementId = entry.decision().requirementId();
    if (entry.redacted()) {
      ObjectNode kept = Redaction.of(asked, entry.decision().requirement());
      asked = kept;
      requirementId = advisor.reader().read(kept, entry.askedOn()).id();
    }
    return new Recorded(
        0,
        entry.decision().decisionId(),
        moment(entry.at()),
        entry.askedOn(),
        requirementId,
        new String(Canonical.bytes(asked), StandardCharsets.UTF_8),
        entry.redacted(),
        entry.decision().verdict().word(),
        sources.get(Sources.Kind.RULEBOOK),
        sources.get(Sources.Kind.FACTS),
        sources.get(Sources.Kind.SCHEMA),
        EngineVersion.name(),
        application(),
        DecisionJson.content(entry.decision()),
        Digest.ofHash(entry.decision().content().sha256()),
        Digest.NONE,
        Digest.NONE);
  }

  private Set<String> keep(Recorded record, Packer packer) throws SQLException {
    Set<String> kept = new HashSet<>();
    for (Sources.Kind kind : Sources.Kind.values()) {
      String fingerprint = record.fingerprint(kind);
      if (stored.contains(fingerprint)) {
        continue;
      }
      if (source(kind, fingerprint).isEmpty()) {
        try (PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO source (kind, fingerprint, content) VALUES (?, ?, ?)")) {
          insert.setString(1, kind.word());
          insert.setString(2, fingerprint);
          insert.setBytes(3, packer.packed(kind));
          insert.executeUpdate();
        }
      }
      kept.add(fingerprint);
    }
    return kept;
  }

  /** The last record; empty where there is none. */
  public Optional<Recorded> head() {
    return select("ORDER BY sequence DESC LIMIT 1").stream().findFirst();
  }

  /** How many records there are. */
  public long size() {
    synchronized (connection) {
      try (Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery("SELECT count(*) FROM record")) {
        return result.getLong(1);
      } catch (SQLException failed) {
        throw LogDatabase.failed("read", file, failed);
      }
    }
  }

  /** What is done with each record. */
  public interface Each {
    /** Takes a record, in the order of the log. */
    void take(Recorded recorded);
  }

  /**
   * Goes through records in their order, few in memory at a time, all of one moment: what others
   * append meanwhile is not among them.
   *
   * @param since the first moment, as {@link #moment} writes it; null for the beginning
   * @param until the first moment that is no more wanted; null for the end
   */
  public void each(String since, String until, Each each) {
    each(new Filter(since, until, null, null, null, null, List.of()), each);
  }

  /** The same for the records that a filter can want; what stands in them is still to be read. */
  void each(Filter filter, Each each) {
    long last = head().map(Recorded::sequence).orElse(0L);
    long done = 0;
    if (filter.reads()) {
      long known = searchable(last);
      List<Long> near = near(filter, known);
      if (near != null) {
        for (int i = 0; i < near.size(); i += PAGE) {
          List<Long> page = near.subList(i, Math.min(i + PAGE, near.size()));
          select(
                  "WHERE sequence IN (%s) ORDER BY sequence"
                      .formatted(String.join(", ", page.stream().map(String::valueOf).toList())))
              .forEach(each::take);
        }
        done = known;
      }
    }
    List<Recorded> page;
    do {
      page =
          select(
              "WHERE sequence > ? AND sequence <= ? AND " + PLAIN + " ORDER BY sequence LIMIT ?",
              done,
              last,
              filter.since() == null ? "" : filter.since(),
              filter.until() == null ? "~" : filter.until(),
              filter.requirement(),
              filter.verdict(),
              PAGE);
      // Nothing is locked meanwhile: what is done with a record may need others of this log.
      for (Recorded recorded : page) {
        each.take(recorded);
        done = recorded.sequence();
      }
    } while (page.size() == PAGE);
  }

  /**
   * Up to which record it is known which words stand where. What is missing is put in, if the log
   * can be written.
   */
  private long searchable(long last) {
    synchronized (connection) {
      try {
        long known = SearchIndex.upTo(connection);
        if (known >= last) {
          return last;
        }
        try (Connection writing = LogDatabase.writing(file)) {
          SearchIndex.catchUp(writing);
        } catch (SQLException | IOException | LogException closed) {
          // What is missing is then read record by record; a search is never refused for it.
          return known;
        }
        return Math.min(last, SearchIndex.upTo(connection));
      } catch (SQLException failed) {
        throw LogDatabase.failed("read", file, failed);
      }
    }
  }

  /** The cards that records recommend, as far as the index for searching goes. */
  public List<String> cards() {
    return indexed(SearchIndex.CARD);
  }

  /** The rules that speak in records, as far as the index for searching goes. */
  public List<String> rules() {
    return indexed(SearchIndex.RULE);
  }

  private List<String> indexed(String kind) {
    synchronized (connection) {
      try {
        return SearchIndex.known(connection, kind);
      } catch (SQLException failed) {
        throw LogDatabase.failed("read", file, failed);
      }
    }
  }

  /** Makes the index for searching anew from the records. */
  public void reindex() {
    try (Connection writing = LogDatabase.writing(file)) {
      SearchIndex.clear(writing);
      SearchIndex.catchUp(writing);
    } catch (SQLException | IOException failed) {
      throw LogDatabase.failed("written", file, failed);
    }
  }

  /** The records up to a number that a filter can want; null where it narrows down nothing. */
  private List<Long> near(Filter filter, long known) {
    synchronized (connection) {
      try {
        String query = known == 0 ? null : SearchIndex.query(connection, filter);
        if (query == null || query.isEmpty()) {
          return query == null ? null : List.of();
        }
        try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT sequence FROM record WHERE sequence IN"
                    + " (SELECT rowid FROM search WHERE search MATCH ?) AND sequence <= ? AND "
                    + PLAIN
                    + " ORDER BY sequence")) {
          select.setString(1, query);
          select.setLong(2, known);
          select.setString(3, filter.since() == null ? "" : filter.since());
          select.setString(4, filter.until() == null ? "~" : filter.until());
          select.setString(5, filter.requirement());
          select.setString(6, filter.verdict());
          List<Long> found = new ArrayList<>();
          try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
              found.add(row.getLong(1));
            }
          }
          return found;
        }
      } catch (SQLException failed) {
        throw LogDatabase.failed("read", file, failed);
      }
    }
  }

  /**
   * The records that somebody means.
   *
   * @param id a decision's id or its beginning; a sequence number, with or without a {@code #}; or
   *     a requirement's id
   * @return one or more, the newest last
   * @throws BadInputException if there is none, with the nearest ids
   */
  public List<Recorded> find(String id) {
    String wanted = id.strip();
    String number = wanted.startsWith("#") ? wanted.substring(1) : wanted;
    if (number.matches("\\d{1,18}")) {
      List<Recorded> found = select("WHERE sequence = ?", Long.parseLong(number));
      if (!found.isEmpty() || wanted.startsWith("#")) {
        return orNear(wanted, found);
      }
    }
    if (wanted.startsWith("d-") && wanted.length() > 2) {
      List<Recorded> found =
          select(
              "WHERE decision_id >= ? AND decision_id < ? ORDER BY sequence",
              wanted,
              wanted + Character.MAX_VALUE);
      List<String> ids = found.stream().map(Recorded::decisionId).distinct().toList();
      if (ids.size() > 1 && !ids.contains(wanted)) {
        throw new BadInputException(
            "",
            "%s is the beginning of %d ids. Maybe one of these was meant: %s."
                .formatted(
                    wanted,
                    ids.size(),
                    String.join(", ", ids.subList(0, Math.min(5, ids.size())))));
      }
      if (!found.isEmpty()) {
        return found.stream()
            .filter(one -> ids.size() == 1 || one.decisionId().equals(wanted))
            .toList();
      }
    }
    return orNear(wanted, select("WHERE requirement_id = ? ORDER BY sequence", wanted));
  }

  /** The newest of the records that somebody means; {@link #find} says how. */
  public Recorded newest(String id) {
    List<Recorded> found = find(id);
    return found.get(found.size() - 1);
  }

  private List<Recorded> orNear(String wanted, List<Recorded> found) {
    if (!found.isEmpty()) {
      return found;
    }
    List<String> known = new ArrayList<>();
    boolean number = wanted.startsWith("#");
    String column = number ? "'#' || sequence" : "decision_id";
    known.addAll(texts("SELECT DISTINCT " + column + " FROM record"));
    if (!number && !wanted.startsWith("d-")) {
      known.addAll(texts("SELECT DISTINCT requirement_id FROM record"));
    }
    throw new BadInputException(
        "",
        known.isEmpty()
            ? "There is no decision (%s): nothing is recorded in %s yet. Maybe another log was meant; name it with --log."
                .formatted(wanted, file)
            : "There is no decision (%s) in %s. Maybe one of these was meant: %s."
                .formatted(wanted, file, String.join(", ", Names.near(wanted, known))));
  }

  private List<String> texts(String query) {
    synchronized (connection) {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(query)) {
        List<String> texts = new ArrayList<>();
        while (row.next()) {
          texts.add(row.getString(1));
        }
        return texts;
      } catch (SQLException failed) {
        throw LogDatabase.failed("read", file, failed);
      }
    }
  }

  private List<Recorded> select(String where, Object... values) {
    synchronized (connection) {
      try (PreparedStatement statement =
          connection.prepareStatement("SELECT " + COLUMNS + " FROM record " + where)) {
        for (int i = 0; i < values.length; i++) {
          statement.setObject(i + 1, values[i]);
        }
        List<Recorded> found = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            found.add(Rows.read(row));
          }
        }
        return found;
      } catch (SQLException | IOException failed) {
        throw LogDatabase.failed("read", file, failed);
      }
    }
  }

  /**
   * A record with the rules and facts that it was decided with, from this log alone.
   *
   * @throws LogException if they are missing or broken
   */
  public Rederived rederive(Recorded recorded) {
    Advisor advisor = advisor(recorded);
    return new Rederived(
        recorded, advisor, advisor.reader().read(recorded.asked(), recorded.askedOn()));
  }

  /**
   * The same, with rules and facts that are open already where they are those of the record.
   *
   * @throws LogException if they are not, and missing or broken in this log
   */
  public Rederived rederive(Recorded recorded, Advisor open) {
    Map<Sources.Kind, String> sources = Sources.fingerprints(open);
    boolean same =
        open.facts().overlaid().equals(recorded.overlaid())
            && sources.keySet().stream()
                .allMatch(kind -> sources.get(kind).equals(recorded.fingerprint(kind)));
    return same
        ? new Rederived(recorded, open, open.reader().read(recorded.asked(), recorded.askedOn()))
        : rederive(recorded);
  }

  /** The rules and facts that a record was decided with; kept open for the next that has them. */
  public Advisor advisor(Recorded recorded) {
    List<String> overlaid = recorded.overlaid();
    List<Object> key =
        List.of(recorded.rulebook(), recorded.facts(), recorded.requirementSchema(), overlaid);
    synchronized (advisors) {
      Advisor known = advisors.get(key);
      if (known == null) {
        if (unusable.containsKey(key)) {
          throw unusable.get(key);
        }
        try {
          known = opened(recorded, overlaid);
        } catch (RuntimeException failed) {
          unusable.put(key, failed);
          throw failed;
        }
        advisors.put(key, known);
      }
      return known;
    }
  }

  private Advisor opened(Recorded recorded, List<String> overlaid) {
    try {
      Facts facts = Sources.facts(needed(recorded, Sources.Kind.FACTS, recorded.facts()), overlaid);
      Rulebook rulebook =
          Sources.rulebook(needed(recorded, Sources.Kind.RULEBOOK, recorded.rulebook()));
      return new Advisor(
          rulebook,
          facts,
          Sources.reader(
              facts, needed(recorded, Sources.Kind.SCHEMA, recorded.requirementSchema())));
    } catch (SQLException | IOException broken) {
      throw LogDatabase.failed("read", file, broken);
    }
  }

  /** What a record was decided with, packed. */
  byte[] needed(Recorded recorded, Sources.Kind kind, String fingerprint) throws SQLException {
    return source(kind, fingerprint)
        .orElseThrow(
            () ->
                new LogException(
                    "The %s (%s) of record %d is not in the decision log (%s). Maybe rigwright audit verify says more."
                        .formatted(kind.word(), fingerprint, recorded.sequence(), file)));
  }

  private Optional<byte[]> source(Sources.Kind kind, String fingerprint) throws SQLException {
    synchronized (connection) {
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT content FROM source WHERE kind = ? AND fingerprint = ?")) {
        select.setString(1, kind.word());
        select.setString(2, fingerprint);
        try (ResultSet row = select.executeQuery()) {
          return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
        }
      }
    }
  }

  /** The connection, for whoever verifies. */
  Connection connection() {
    return connection;
  }

  @Override
  public void close() {
    synchronized (connection) {
      try {
        connection.close();
      } catch (SQLException failed) {
        throw LogDatabase.failed("closed", file, failed);
      }
    }
  }
}
