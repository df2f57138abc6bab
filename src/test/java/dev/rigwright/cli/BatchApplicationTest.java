package dev.rigwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.cli.Application.Ran;
import dev.rigwright.rulebook.RulebookReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code batch} as an integrator uses it. */
class BatchApplicationTest {

  @TempDir Path folder;

  private Ran run(String input, String... arguments) throws Exception {
    return new Application(folder).run(input, arguments);
  }

  @Test
  void standard_input_is_answered_and_the_sums_are_said() throws Exception {
    Path out = folder.resolve("out.jsonl");
    Ran ran =
        run(
            "{\"budgetUsd\": 2400}\n{\"budgetUsd\": 1, \"models\": [{\"sizeB\": 70}]}\n",
            "batch",
            "-",
            "--out",
            out.toString());
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .isEqualTo(
            "2 read = 2 answered (1 infeasible, 1 recommended) + 0 rejected. %s\n".formatted(out));
    assertThat(Files.readAllLines(out)).hasSize(2);
  }

  @Test
  void a_rejected_line_is_a_negative_result_and_wrong_usage_is_not() throws Exception {
    Path out = folder.resolve("out.csv");
    Ran ran = run("{\"budgetUsd\": 2400}\n{\n", "batch", "-", "--out", out.toString());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err())
        .contains("1 answered (1 recommended) + 1 rejected (" + out + ".rejects.jsonl)");
    assertThat(run("", "batch", "-", "--out", out.toString()).code()).isEqualTo(2);
    assertThat(run("{}", "batch", "-", "--out", "answers.txt").err()).contains("tells no format");
    assertThat(run("{}", "batch", "nowhere.jsonl", "--out", out.toString()).code()).isEqualTo(2);
  }

  @Test
  void numbers_are_written_alike_wherever_the_machine_stands() throws Exception {
    String lines =
        "{\"id\": \"a\", \"budgetUsd\": 5000, \"asOf\": \"2026-11-22\"}\n{\"users\": -1}\n{\"id\": \"b\", \"budgetUsd\": 1, \"asOf\": \"2026-11-22\"}\n";
    Application german =
        new Application(
            folder,
            Path.of(System.getProperty("java.home")),
            List.of(),
            List.of("-XX:TieredStopAtLevel=1", "-Duser.language=de", "-Duser.country=DE"));
    for (String ending : List.of("html", "md")) {
      Path here = folder.resolve("here." + ending);
      Path there = Files.createDirectories(folder.resolve("there")).resolve("here." + ending);
      assertThat(run(lines, "batch", "-", "--out", here.toString()).code()).isEqualTo(1);
      assertThat(german.run(lines, "batch", "-", "--out", there.toString()).code()).isEqualTo(1);
      assertThat(there).hasSameTextualContentAs(here);
      assertThat(here).content().contains("3 read, 2 answered");
    }
  }

  @Test
  void a_rule_that_keeps_a_batch_slow_is_named_and_changes_no_answer() throws Exception {
    Path rules = Files.createDirectories(folder.resolve("rules"));
    for (Map.Entry<String, String> text :
        RulebookReader.texts(Home.PATH.resolve("rules")).entrySet()) {
      Path file = rules.resolve(text.getKey());
      Files.createDirectories(file.getParent());
      String none = "Requirement( condition == ConditionWish.NEW )";
      Files.writeString(file, text.getValue().replace(none, "( " + none + " or " + none + " )"));
    }
    List<String> lines =
        Files.readAllLines(Home.PATH.resolve("facts/requirements/sample.jsonl")).subList(0, 250);
    Path in = Files.write(folder.resolve("in.jsonl"), lines);
    String out = folder.resolve("out.csv").toString();
    Ran ran = run("", "batch", in.toString(), "--out", out, "--rules", rules.toString());
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.err())
        .contains("there is none for rules/exclusions/limits.drl:", "limits/only-new")
        .contains("250 read = 250 answered");
    assertThat(run("", "batch", in.toString(), "--out", out).err()).doesNotContain("as loops");
  }

  @Test
  void a_killed_run_goes_on_to_the_same_bytes() throws Exception {
    String said = goesOn("KILL");
    assertThat(said).doesNotContain("Interrupted");
  }

  @Test
  void an_interrupted_run_ends_tidily_says_how_to_go_on_and_does() throws Exception {
    String said = goesOn("INT");
    assertThat(said).isEqualTo("Interrupted. Go on with the same command and --resume.\n");
  }

  /** Ends a run by a signal and resumes it; what the first of them said. */
  private String goesOn(String signal) throws Exception {
    List<String> lines = new ArrayList<>();
    List<String> sample = Files.readAllLines(Home.PATH.resolve("facts/requirements/sample.jsonl"));
    for (int i = 0; i < 4000; i++) {
      lines.add(i % 80 == 0 ? sample.get(i / 80) : "{\"budgetUsd\": 0}");
    }
    Path in = Files.write(folder.resolve("in.jsonl"), lines);
    Path whole = folder.resolve("whole.jsonl");
    Path out = folder.resolve("out.jsonl");
    assertThat(
            run("", "batch", in.toString(), "--out", whole.toString(), "--as-of", "2026-11-22")
                .code())
        .isEqualTo(1);
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-jar",
            Home.PATH.resolve("target/app/rigwright.jar").toString(),
            "batch",
            in.toString(),
            "--out",
            out.toString(),
            "--as-of",
            "2026-11-22");
    builder.environment().put("RIGWRIGHT_HOME", Home.PATH.toString());
    Path said = folder.resolve("said");
    builder.redirectErrorStream(true).redirectOutput(said.toFile());
    Process process = builder.start();
    Path checkpoint = folder.resolve("out.jsonl.resume.json");
    while (process.isAlive() && !Files.exists(checkpoint)) {
      process.waitFor(10, TimeUnit.MILLISECONDS);
    }
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor()).isEqualTo(signal.equals("INT") ? 128 + 2 : 128 + 9);
    assertThat(out).as("nothing has the name before it is whole").doesNotExist();
    Ran resumed =
        run(
            "",
            "batch",
            in.toString(),
            "--out",
            out.toString(),
            "--resume",
            "--as-of",
            "2026-11-22");
    assertThat(resumed.err()).contains("4,000 read = 50 answered", "an earlier run had done");
    assertThat(Files.mismatch(out, whole)).isEqualTo(-1);
    assertThat(
            Files.mismatch(
                folder.resolve("out.jsonl.rejects.jsonl"),
                folder.resolve("whole.jsonl.rejects.jsonl")))
        .isEqualTo(-1);
    return Files.readString(said);
  }
}
