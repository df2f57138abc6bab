package dev.rigwright.audit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.rigwright.facts.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which words stand in which records. It only narrows down where to look: each record that it names
 * is looked at before it counts as found.
 *
 * <p>It is made from the records, by whoever searches and may write to the log; recording knows
 * nothing of it. What was redacted is in no record, and so not here.
 */
final class SearchIndex {

  /** More words than that contain what is wanted: it would narrow down nothing. */
  private static final int MOST_TERMS = 300;

  /** So many records are read in one transaction, so that whoever records does not wait long. */
  private static final int TOGETHER = 500;

  /** What stands before a card, and before a rule, where it is no mere word. */
  static final String CARD = "card=";

  static final String RULE = "rule=";
  private static final String RULE_ID = "[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+";
  private static final Pattern QUOTED_RULE = Pattern.compile("\"(" + RULE_ID + ")\"");
  private static final String CARD_ID = "[A-Za-z0-9_.-]+";

  private SearchIndex() {}

  /** The text that words are looked for in, in small letters. */
  static String text(Recorded recorded) {
    return (recorded.decisionId()
            + '\n'
            + recorded.requirementId()
            + '\n'
            + recorded.requirement()
            + '\n'
            + new String(recorded.outcome(), StandardCharsets.UTF_8))
        .toLowerCase(Locale.ROOT);
  }

  /** The cards that a record recommends, by their catalogue ids. */
  static Set<String> cards(Recorded recorded) {
    Set<String> cards = new TreeSet<>();
    // Reading a decision as a tree takes ten times as long.
    try (JsonParser json = Json.MAPPER.createParser(recorded.outcome())) {
      json.nextToken();
      if (in(json, "recommendation") && in(json, "gpus")) {
        while (json.nextToken() == JsonToken.START_OBJECT) {
          while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            if (field.equals("id")) {
              cards.add(json.getText());
            }
            json.skipChildren();
          }
        }
      }
    } catch (IOException broken) {
      throw new LogException(
          "Record %d of the decision log is broken. Maybe rigwright audit verify says more."
              .formatted(recorded.sequence()),
          broken);
    }
    return cards;
  }

  /** Goes to the value of a field of the object that a parser stands at the beginning of. */
  private static boolean in(JsonParser json, String field) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = json.currentName().equals(field);
      json.nextToken();
      if (found) {
        return json.currentToken().isStructStart();
      }
      json.skipChildren();
    }
    return false;
  }

  /** All that a record can be found by. */
  static Set<String> terms(Recorded recorded) {
    Set<String> terms = new TreeSet<>(words(text(recorded)));
    cards(recorded).stream()
        .filter(card -> card.matches(CARD_ID))
        .forEach(card -> terms.add((CARD + card).toLowerCase(Locale.ROOT)));
    Matcher rules = QUOTED_RULE.matcher(new String(recorded.outcome(), StandardCharsets.UTF_8));
    while (rules.find()) {
      terms.add((RULE + rules.group(1)).toLowerCase(Locale.ROOT));
    }
    return terms;
  }

  /** Runs of letters and digits, in their order. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean inside = i < text.length() && Character.isLetterOrDigit(text.charAt(i));
      if (inside && start < 0) {
        start = i;
      } else if (!inside && start >= 0) {
        words.add(text.substring(start, i));
        start = -1;
      }
    }
    return words;
  }

  /**
   * Up to which record the index goes; 0 where there is none, or it belongs to another log than
   * this has become.
   */
  static long upTo(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet there =
            statement.executeQuery("SELECT 1 FROM sqlite_schema WHERE name = 'search_state'")) {
      if (!there.next()) {
        return 0;
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet state =
            statement.executeQuery(
                "SELECT search_state.sequence FROM search_state JOIN record USING (sequence, hash)")) {
      return state.next() ? state.getLong(1) : 0;
    }
  }

  /** All cards or rules that are in it; none where there is no index. */
  static List<String> known(Connection connection, String kind) throws SQLException {
    List<String> known = new ArrayList<>();
    if (upTo(connection) > 0) {
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT substr(term, length(?1) + 1) FROM search_term WHERE substr(term, 1, length(?1)) = ?1")) {
        select.setString(1, kind);
        try (ResultSet term = select.executeQuery()) {
          while (term.next()) {
            known.add(term.getString(1));
          }
        }
      }
    }
    return known;
  }

  /** Puts in what is missing. */
  static void catchUp(Connection connection) throws SQLException, IOException {
    boolean more = true;
    while (more) {
      execute(connection, "BEGIN IMMEDIATE");
      try {
        more = some(connection);
        execute(connection, "COMMIT");
      } catch (SQLException | IOException | RuntimeException failed) {
        try {
          execute(connection, "ROLLBACK");
        } catch (SQLException alreadyRolledBack) {
          failed.addSuppressed(alreadyRolledBack);
        }
        throw failed;
      }
    }
  }

  private static boolean some(Connection connection) throws SQLException, IOException {
    long done = upTo(connection);
    if (done == 0) {
      clear(connection);
    }
    Set<String> known = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet term = statement.executeQuery("SELECT term FROM search_term")) {
      while (term.next()) {
        known.add(term.getString(1));
      }
    }
    int count = 0;
    String hash = null;
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT "
                    + DecisionLog.COLUMNS
                    + " FROM record WHERE sequence > ? ORDER BY sequence LIMIT "
                    + TOGETHER);
        PreparedStatement words =
            connection.prepareStatement("INSERT INTO search (rowid, words) VALUES (?, ?)");
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO search_term (term) VALUES (?)")) {
      select.setLong(1, done);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Recorded recorded = Rows.read(row);
          Set<String> terms = terms(recorded);
          words.setLong(1, recorded.sequence());
          words.setString(2, String.join(" ", terms));
          words.executeUpdate();
          for (String term : terms) {
            if (known.add(term)) {
              insert.setString(1, term);
              insert.executeUpdate();
            }
          }
          done = recorded.sequence();
          hash = recorded.hash();
          count++;
        }
      }
    }
    if (hash != null) {
      try (PreparedStatement state =
          connection.prepareStatement("REPLACE INTO search_state VALUES (1, ?, ?)")) {
        state.setLong(1, done);
        state.setString(2, hash);
        state.executeUpdate();
      }
    }
    return count == TOGETHER;
  }

  /** Forgets all, so that it is made anew from the records. */
  static void clear(Connection connection) throws SQLException {
    execute(connection, "INSERT INTO search (search) VALUES ('delete-all')");
    execute(connection, "DELETE FROM search_term");
    execute(connection, "DELETE FROM search_state");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * What records must hold to be looked at, as SQLite's full-text search takes it.
   *
   * @return null where nothing narrows them down; empty where no record can be it
   */
  static String query(Connection connection, Filter filter) throws SQLException {
    List<String> all = new ArrayList<>();
    if (filter.card() != null && filter.card().matches(CARD_ID)) {
      all.add(quoted(CARD + filter.card()));
    }
    if (filter.rule() != null && filter.rule().matches(RULE_ID)) {
      all.add(quoted(RULE + filter.rule()));
    }
    for (String word : filter.words()) {
      String text = word.toLowerCase(Locale.ROOT);
      List<String> pieces = words(text);
      for (int i = 0; i < pieces.size(); i++) {
        boolean open = i == 0 && Character.isLetterOrDigit(text.charAt(0));
        boolean goesOn =
            i == pieces.size() - 1 && Character.isLetterOrDigit(text.charAt(text.length() - 1));
        List<String> terms = terms(connection, pieces.get(i), open, goesOn);
        if (terms.isEmpty()) {
          return "";
        }
        if (terms.size() <= MOST_TERMS) {
          all.add(
              "(" + String.join(" OR ", terms.stream().map(SearchIndex::quoted).toList()) + ")");
        }
      }
    }
    return all.isEmpty() ? null : String.join(" AND ", all);
  }

  /** Known words that hold a piece: at their beginning and end, unless it is only part of one. */
  private static List<String> terms(
      Connection connection, String piece, boolean before, boolean after) throws SQLException {
    if (!before && !after) {
      return List.of(piece);
    }
    String where =
        before && after
            ? "instr(term, ?1) > 0"
            : before ? "substr(term, -length(?1)) = ?1" : "substr(term, 1, length(?1)) = ?1";
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT term FROM search_term WHERE %s AND instr(term, '=') = 0 LIMIT %d"
                .formatted(where, MOST_TERMS + 1))) {
      select.setString(1, piece);
      List<String> terms = new ArrayList<>();
      try (ResultSet term = select.executeQuery()) {
        while (term.next()) {
          terms.add(term.getString(1));
        }
      }
      return terms;
    }
  }

  private static String quoted(String term) {
    return '"' + term + '"';
  }

  /**
   * Adds what a record must have in the index to a sum that its order does not change, as {@link
   * #stored} takes it.
   */
  static long sum(long before, Recorded recorded) {
    long sum = before;
    for (String term : terms(recorded)) {
      sum += mark(term, recorded.sequence());
    }
    return sum;
  }

  /** The sum of all that is in the index. */
  static long stored(Connection connection) throws SQLException {
    long sum = 0;
    Set<String> terms = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT term, doc FROM search_word")) {
      while (row.next()) {
        terms.add(row.getString(1));
        sum += mark(row.getString(1), row.getLong(2));
      }
    }
    Set<String> listed = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT term FROM search_term")) {
      while (row.next()) {
        listed.add(row.getString(1));
      }
    }
    return listed.equals(terms) ? sum : ~sum;
  }

  /** A number that tells a word in a record from others: mixed, so that sums seldom agree. */
  private static long mark(String term, long sequence) {
    long mixed = sequence * 0x9E3779B97F4A7C15L;
    for (int i = 0; i < term.length(); i++) {
      mixed = (mixed ^ term.charAt(i)) * 0xBF58476D1CE4E5B9L;
      mixed ^= mixed >>> 29;
    }
    return mixed;
  }
}
