package dev.rigwright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.Home;
import dev.rigwright.audit.DecisionLog;
import dev.rigwright.facts.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The auditor's commands, and what advise does about the log. */
class AuditApplicationTest {

  private record Ran(int code, String out, String err) {}

  @TempDir static Path common;
  private static Path three;

  @TempDir Path folder;
  private Path log;

  private static Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Ran(code, out.toString(), err.toString());
  }

  private static String example(String name) {
    return Home.PATH.resolve("facts/requirements/" + name + ".json").toString();
  }

  private static Ran advise(Path log, String... arguments) {
    List<String> all =
        new ArrayList<>(List.of("advise", "--home", Home.PATH.toString(), "--log", log.toString()));
    all.addAll(List.of(arguments));
    return run(all.toArray(String[]::new));
  }

  /**
   * The packaged application, compiled by the first compiler alone.
   *
   * @param prefix what the command line begins with
   * @param flags more of them for the virtual machine
   */
  private Application started(List<String> prefix, String... flags) {
    List<String> all = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1"));
    all.addAll(List.of(flags));
    return new Application(folder, Path.of(System.getProperty("java.home")), prefix, all);
  }

  private Ran audit(String... arguments) {
    List<String> all = new ArrayList<>(List.of("audit"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--log", log.toString()));
    return run(all.toArray(String[]::new));
  }

  @BeforeAll
  static void record() {
    three = common.resolve("three.sqlite");
    Ran ran = advise(three, example("writer"), example("impossible"), example("enough-already"));
    assertThat(ran.code()).as("one of them is infeasible").isEqualTo(1);
    assertThat(ran.err()).isEmpty();
  }

  @BeforeEach
  void copy() throws Exception {
    log = Files.copy(three, folder.resolve("log.sqlite"));
  }

  @Test
  void recorded_decisions_are_listed_and_found() {
    assertThat(audit("list").out().lines().map(line -> line.substring(0, 5).strip()))
        .containsExactly("1", "2", "3");
    assertThat(audit("list", "--verdict", "keep").out()).contains("enough-already").hasLineCount(1);
    assertThat(audit("list", "--card", "rtx-3090", "--verdict", "recommended").out())
        .contains("recommended: rtx-3090, 1,800 USD  writer")
        .hasLineCount(1);
    assertThat(audit("list", "--rule", "value/best").out())
        .contains("writer", "enough-already")
        .hasLineCount(2);
    assertThat(audit("list", "--requirement", "impossible").out()).hasLineCount(1);
    assertThat(audit("list", "--until", "2020-01-01").out()).isEmpty();
    assertThat(audit("list", "--since", "2020-01-01T00:00:00Z").out()).hasLineCount(3);
    assertThat(audit("search", "offline", "QWEN").out()).contains("writer").hasLineCount(1);
    Ran none = audit("search", "no-such-word");
    assertThat(none.code()).isZero();
    assertThat(none.err())
        .contains("None of the 3 records", "(no-such-word)", "Maybe ask for less.");
    assertThat(audit("list", "--card", "RTX 309").err()).contains("Maybe rtx-3090 ");
    assertThat(audit("list", "--rule", "budget/ovr").err())
        .contains("Maybe budget/over or ")
        .contains(" was meant.");
    assertThat(audit("list", "--card", "rtx-3090", "--verdict", "infeasible").err())
        .as("there is such a card, and no such record")
        .contains("Maybe ask for less.");
  }

  @Test
  void nothing_found_is_said_with_what_was_asked_and_what_there_is() throws Exception {
    String future = "2999-01-01";
    String newest = audit("list").out().lines().toList().get(2).strip().split("\\s+")[1];
    List<Ran> all =
        List.of(
            audit("list", "--since", future),
            audit("list", "--since", future, "--format", "json"),
            audit("search", "writer", "--since", future),
            audit("export", "--since", future),
            audit("export", "--since", future, "--format", "csv"),
            run("replay", "--since", future, "--log", log.toString()),
            run("replay", "--since", future, "--log", log.toString(), "--format", "json"));
    for (Ran ran : all) {
      assertThat(ran.code()).as(ran.out()).isZero();
      assertThat(ran.err())
          .contains("None of the 3 records in " + log + " is like that (--since 2999-01-01")
          .contains("the newest is #3 of " + newest.substring(0, 19))
          .contains("Maybe an earlier time was meant, such as --since 2");
    }
    assertThat(Json.MAPPER.readTree(all.get(1).out())).isEmpty();
    assertThat(all.get(4).out()).as("the names of the columns").hasLineCount(1);
    assertThat(all.get(5).out()).as("it is not said that 0 were decided again").isEmpty();
    assertThat(audit("list", "--since", future, "--until", "2020-01-01").err())
        .contains("Maybe --since and --until were meant the other way round.");
    log = folder.resolve("empty.sqlite");
    DecisionLog.open(log).close();
    for (Ran ran : List.of(audit("list"), run("replay", "--all", "--log", log.toString()))) {
      assertThat(ran.code()).isZero();
      assertThat(ran.err())
          .startsWith("Nothing is recorded in " + log + " yet. Maybe another log was meant");
    }
  }

  @Test
  void a_record_is_shown_whole() throws Exception {
    assertThat(audit("show", "writer").out())
        .contains("Record       #1 of ")
        .contains("Outcome      recommended: rtx-3090, 1,800 USD")
        .contains("\"title\":\"A writer's own assistant, offline\"")
        .contains("rigwright replay 1");
    JsonNode whole = Json.MAPPER.readTree(audit("show", "writer", "--format", "json").out());
    assertThat(whole.at("/decision/recommendation/gpus/0/id").asText()).isEqualTo("rtx-3090");
    assertThat(whole.at("/requirement/budgetUsd").asInt()).isEqualTo(2400);
    Ran unknown = audit("show", "writter");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err())
        .contains("There is no decision (writter)")
        .contains("Maybe one of these was meant: writer");
  }

  @Test
  void the_log_is_verified_against_a_head_that_was_kept() throws Exception {
    String head = audit("head").out().strip();
    assertThat(head).matches("sha256:[0-9a-f]{64}");
    advise(log, example("writer"));
    Ran good = audit("verify", "--head", head);
    assertThat(good.code()).isZero();
    assertThat(good.out())
        .startsWith("Verified: 4 records")
        .contains("The hash you kept is in it; 1 record came after.");
    Ran bad = audit("verify", "--head", "f".repeat(64), "--format", "json");
    assertThat(bad.code()).isEqualTo(1);
    JsonNode verification = Json.MAPPER.readTree(bad.out());
    assertThat(verification.path("verified").asBoolean()).isFalse();
    assertThat(verification.at("/problems/0/kind").asText()).isEqualTo("head");
    assertThat(audit("verify", "--head", "f00").code()).isEqualTo(2);
  }

  @Test
  void a_damaged_log_is_not_verified_and_not_written_to_and_the_answer_comes() throws Exception {
    byte[] bytes = Files.readAllBytes(log);
    java.util.Arrays.fill(bytes, 0, 100, (byte) 0x55);
    Files.write(log, bytes);
    Ran verified = audit("verify");
    assertThat(verified.code()).isEqualTo(1);
    assertThat(verified.out()).startsWith("NOT verified. The decision log (" + log + ")");
    Ran listed = audit("list");
    assertThat(listed.code()).isEqualTo(4);
    Ran advised = advise(log, example("writer"));
    assertThat(advised.code()).isZero();
    assertThat(advised.out()).contains("BUY");
    assertThat(advised.err()).startsWith("NOT RECORDED: d-").contains(log.toString());
  }

  @Test
  void without_a_log_an_answer_comes_with_its_own_exit_code() throws Exception {
    Path nowhere = Files.writeString(folder.resolve("file"), "").resolve("log.sqlite");
    Ran ran = advise(nowhere, example("impossible"));
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).isNotEmpty();
    assertThat(ran.err()).startsWith("NOT RECORDED: d-").contains("Maybe name another with --log");
  }

  @Test
  void nothing_is_recorded_where_that_is_not_wanted() {
    Path none = folder.resolve("none/log.sqlite");
    assertThat(advise(none, "--no-log", example("writer")).code()).isZero();
    assertThat(none.getParent()).doesNotExist();
    log = none;
    Ran ran = audit("list");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("There is no decision log (" + none + ")");
  }

  @Test
  void a_redacted_record_replays() {
    Path redacted = folder.resolve("redacted.sqlite");
    assertThat(advise(redacted, "--redact", example("writer")).out())
        .as("the answer itself is whole")
        .contains("A writer's own assistant, offline");
    log = redacted;
    assertThat(audit("export").out()).doesNotContain("writer").contains("\"redacted\":true");
    Ran replayed = run("replay", "1", "--log", redacted.toString());
    assertThat(replayed.out()).endsWith(": identical\n");
    assertThat(replayed.code()).isZero();
  }

  @Test
  void records_are_exported_as_json_lines_and_as_csv() throws Exception {
    List<String> lines = audit("export").out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(Json.MAPPER.readTree(lines.get(1)).at("/decision/verdict").asText())
        .isEqualTo("infeasible");
    Path file = folder.resolve("out.csv");
    assertThat(audit("export", "--format", "csv", "--out", file.toString()).out()).isEmpty();
    List<String> table = Files.readAllLines(file);
    assertThat(table.get(0)).startsWith("sequence,recordedAt,decisionId,requirementId,verdict");
    assertThat(table.get(1)).startsWith("1,").contains(",writer,recommended,rtx-3090,1800,2400,");
    assertThat(table.get(2)).contains(",impossible,infeasible,,,");
  }

  @Test
  void replay_says_identical_or_what_would_be_said_now() throws Exception {
    Ran all = run("replay", "--all", "--log", log.toString());
    assertThat(all.code()).isZero();
    assertThat(all.out().strip()).isEqualTo("3 decided again: 3 identical, 0 not.");
    Path rules = folder.resolve("rules");
    Application.copy(Home.PATH.resolve("rules"), rules);
    Path value = rules.resolve("scores/value.drl");
    Files.writeString(
        value,
        Files.readString(value)
            .replace("$total == 0 ? Double.MAX_VALUE : $speed * 1000 / $total", "1.0 * $speed"));
    Ran now = run("replay", "writer", "--against", rules.toString(), "--log", log.toString());
    assertThat(now.code()).isEqualTo(1);
    assertThat(now.out())
        .contains("writer: something else would be said")
        .contains("Then  recommended: rtx-3090, 1,800 USD")
        .contains("Now   recommended: rtx-3090-ti, 2,160 USD")
        .contains("changed  value/best  rules/scores/value.drl:12")
        .contains("/recommendation/gpus/0");
    assertThat(run("replay", "--log", log.toString()).code()).isEqualTo(2);
    assertThat(run("replay", "1", "--against", "nowhere", "--log", log.toString()).code())
        .isEqualTo(2);
  }

  @Test
  void a_replay_that_differs_names_the_places() throws Exception {
    // Another outcome under its own hash: what a program that decides otherwise leaves behind.
    try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + log);
        var statement = connection.createStatement()) {
      statement.executeUpdate(
          "UPDATE record SET outcome = (SELECT outcome FROM record WHERE sequence = 3) WHERE sequence = 1");
    }
    Ran ran = run("replay", "1", "--log", log.toString());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out())
        .contains("writer: differs at ")
        .contains("/verdict: \"keep\" -> \"recommended\"");
  }

  /** Where files may not grow, SQLite is told what it is told on a full disk. */
  @Test
  void on_a_full_disk_every_answer_comes_and_what_was_recorded_is_verified() throws Exception {
    Path full = folder.resolve("full.sqlite");
    String limit = "ulimit -f 1100; set -o pipefail; \"$@\" | tail -n 1";
    Application small =
        started(List.of("bash", "-c", limit, "bash"), "-Dorg.sqlite.tmpdir=" + folder);
    List<String> arguments = new ArrayList<>(List.of("advise", "--log", full.toString()));
    arguments.addAll(Collections.nCopies(320, example("student")));
    Application.Ran ran = small.run("", arguments.toArray(String[]::new));
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).startsWith("Decision d-");
    long refused = ran.err().split(" d-", -1).length - 1;
    assertThat(ran.err()).contains("NOT RECORDED: d-").contains("Maybe it is full");
    assertThat(refused).isBetween(1L, 319L);
    log = full;
    Ran verified = audit("verify");
    assertThat(verified.code()).isZero();
    assertThat(verified.out()).startsWith("Verified: " + (320 - refused) + " records");
  }

  @Test
  void in_a_closed_folder_a_log_is_read_and_verified_and_what_is_not_recorded_is_said()
      throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Path kept = Files.copy(three, closed.resolve("log.sqlite"));
    Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("r--r--r--"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      Application other = started(asSomebodyWhoMayNotWrite(closed));
      assertThat(other.run("", "audit", "verify", "--log", kept.toString()).out())
          .startsWith("Verified: 3 records");
      Application.Ran ran = other.run("", "advise", "--log", kept.toString(), example("writer"));
      assertThat(ran.code()).isZero();
      assertThat(ran.out()).contains("BUY");
      assertThat(ran.err())
          .startsWith("NOT RECORDED: d-")
          .contains("its folder or file is closed to you");
      assertThat(Files.mismatch(kept, three)).isEqualTo(-1);
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /** Nothing for most people; root, who may write anywhere, becomes nobody. */
  private static List<String> asSomebodyWhoMayNotWrite(Path closed) throws Exception {
    if (!Files.isWritable(closed)) {
      return List.of();
    }
    List<String> nobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    List<String> reads = new ArrayList<>(nobody);
    reads.addAll(List.of("test", "-r", Home.PATH.resolve("target/app/rigwright.jar").toString()));
    boolean possible;
    try {
      possible = new ProcessBuilder(reads).start().waitFor() == 0;
    } catch (java.io.IOException noSetpriv) {
      possible = false;
    }
    assumeTrue(
        possible,
        "root writes into closed folders, and nobody else can be asked: there is no setpriv, or the application is closed to others");
    return nobody;
  }

  @Test
  void a_system_without_zstandard_records_and_says_what_it_cannot_read() throws Exception {
    Application without = started(List.of(), "-DZstdNativePath=" + folder.resolve("none.so"));
    String own = folder.resolve("own.sqlite").toString();
    Application.Ran advised = without.run("", "advise", example("writer"), "--log", own);
    assertThat(advised.err()).isEmpty();
    assertThat(advised.code()).isZero();
    assertThat(without.run("", "audit", "verify", "--log", own).code()).isZero();
    assertThat(run("audit", "verify", "--log", own).out()).startsWith("Verified: 1 record");
    Application.Ran verified = without.run("", "audit", "verify", "--log", three.toString());
    assertThat(verified.code()).isNotZero();
    assertThat(verified.out()).isEmpty();
    assertThat(verified.err()).contains("is packed with Zstandard").contains("cannot be loaded");
  }

  @Test
  void the_log_lies_in_the_data_folder_unless_it_is_named() throws Exception {
    Application application =
        started(List.of("env", "RIGWRIGHT_LOG=", "XDG_DATA_HOME=" + folder.resolve("data")));
    assertThat(application.run("", "advise", example("writer")).err()).isEmpty();
    assertThat(folder.resolve("data/rigwright/decisions.sqlite")).exists();
  }
}
