package dev.rigwright.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.Home;
import dev.rigwright.batch.Batch.Outcome;
import dev.rigwright.batch.Batch.Plan;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Decision;
import dev.rigwright.engine.DecisionJson;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchTest {

  private static final Advisor ADVISOR = Home.advisor();
  private static final LocalDate TODAY = LocalDate.parse("2026-11-22");
  private static final List<String> SAMPLE = sample();

  @TempDir Path folder;

  private static List<String> sample() {
    try {
      return Files.readAllLines(Home.PATH.resolve("facts/requirements/sample.jsonl"));
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private Path input(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private Path input(String name, List<String> lines) throws IOException {
    return input(name, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static Plan plan(Path in, Path out, int threads, boolean resume) {
    return new Plan(in, null, out, OutputFormat.of(out), threads, resume, false, TODAY);
  }

  private static Outcome run(Plan plan) throws IOException {
    return new Batch(ADVISOR, plan, null, Clock.systemUTC()).run((read, rejected) -> {});
  }

  private Outcome run(Path in, String out) throws IOException {
    return run(plan(in, folder.resolve(out), 2, false));
  }

  private List<JsonNode> rejects(String out) throws IOException {
    List<JsonNode> rejects = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(out + ".rejects.jsonl"))) {
      rejects.add(Json.MAPPER.readTree(line));
    }
    return rejects;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void each_line_is_answered_in_its_place_as_it_is_alone() throws IOException {
    List<String> lines = SAMPLE.subList(0, 40);
    Outcome outcome = run(input("in.jsonl", lines), "out.jsonl");
    assertThat(outcome.summary().accepted()).isEqualTo(lines.size());
    assertThat(outcome.summary().rejected()).isZero();
    List<String> answers = Files.readAllLines(folder.resolve("out.jsonl"));
    assertThat(answers).hasSameSizeAs(lines);
    for (int i = 0; i < lines.size(); i++) {
      Decision alone =
          ADVISOR.decide(
              ADVISOR.reader().read(lines.get(i).getBytes(StandardCharsets.UTF_8), TODAY));
      assertThat(answers.get(i) + "\n")
          .isEqualTo(new String(DecisionJson.line(alone), StandardCharsets.UTF_8));
    }
    assertThat(names()).containsExactly("in.jsonl", "out.jsonl");
  }

  @Test
  void one_thread_and_many_write_the_same_bytes_in_every_format() throws IOException {
    List<String> lines = new ArrayList<>(SAMPLE.subList(0, 30));
    lines.add(7, "{\"budgetUsd\": -1}");
    Path in = input("in.jsonl", lines);
    for (String ending : List.of("jsonl", "csv", "md", "html", "jsonl.gz", "html.gz")) {
      Path one = folder.resolve("one." + ending);
      Path many = folder.resolve("many." + ending);
      run(plan(in, one, 1, false));
      run(plan(in, many, 5, false));
      byte[] bytes = Files.readAllBytes(many);
      String name = "one." + ending + ".rejects.jsonl";
      assertThat(content(many).replace("many." + ending, "one." + ending))
          .as(ending)
          .isEqualTo(content(one))
          .isNotEmpty();
      assertThat(bytes).isNotEmpty();
      assertThat(folder.resolve(name)).exists();
    }
  }

  private static String content(Path file) throws IOException {
    if (!file.toString().endsWith(".gz")) {
      return Files.readString(file);
    }
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void a_bad_line_stops_nothing_and_is_named_with_number_pointer_and_reason() throws IOException {
    ByteArrayOutputStream in = new ByteArrayOutputStream();
    in.writeBytes(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf});
    in.writeBytes("{\"id\": \"a\", \"budgetUsd\": 2400}\r\n\n".getBytes(StandardCharsets.UTF_8));
    in.writeBytes("{\"budgetUsd\": \"much\"}\n{bad\n".getBytes(StandardCharsets.UTF_8));
    in.writeBytes(
        "{\"budgetUsd\": NaN}\n{\"budgetUsd\": 1e400}\n".getBytes(StandardCharsets.UTF_8));
    in.writeBytes("{\"title\": \"M\u00fcller\"}\n".getBytes(StandardCharsets.ISO_8859_1));
    in.writeBytes(("[".repeat(10_000) + "\n").getBytes(StandardCharsets.UTF_8));
    in.writeBytes(
        ("{\"title\": \"" + "x".repeat(2_000_000) + "\"}\n").getBytes(StandardCharsets.UTF_8));
    in.writeBytes(
        "{\"id\": \"a\"}\n{\"budgetUsd\": 900, \"budgetUsd\": 1}\n"
            .getBytes(StandardCharsets.UTF_8));
    in.writeBytes(
        "{\"id\": \"last, without a line end\", \"budgetUsd\": 3000}"
            .getBytes(StandardCharsets.UTF_8));
    Outcome outcome = run(input("in.jsonl", in.toByteArray()), "out.jsonl");
    assertThat(outcome.summary().accepted()).isEqualTo(2);
    assertThat(outcome.summary().read()).isEqualTo(11);
    List<JsonNode> rejects = rejects("out.jsonl");
    assertThat(rejects.stream().map(reject -> reject.get("line").asInt()))
        .containsExactly(3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertThat(rejects.stream().map(reject -> reject.get("pointer").asText()))
        .containsExactly(
            "/budgetUsd",
            "line 1, column 2",
            "line 1, column 18",
            "/budgetUsd",
            "line 1, column 14",
            "",
            "",
            "/id",
            "line 1, column 31");
    assertThat(rejects.stream().map(reject -> reject.get("reason").asText()))
        .satisfiesExactly(
            reason -> assertThat(reason).contains("much", "integer"),
            reason -> assertThat(reason).contains("no JSON"),
            reason -> assertThat(reason).contains("NaN").doesNotContain("JsonReadFeature"),
            reason -> assertThat(reason).contains("allowed"),
            reason -> assertThat(reason).contains("0xfc", "Latin-1"),
            reason -> assertThat(reason).contains("nesting"),
            reason -> assertThat(reason).contains("2,000,013 bytes", "Maybe"),
            reason -> assertThat(reason).contains("\"a\"", "earlier line"),
            reason -> assertThat(reason).contains("Duplicate field"));
  }

  @Test
  void an_interrupted_run_goes_on_to_the_bytes_of_one_run() throws IOException {
    List<String> lines = new ArrayList<>();
    // Three segments of mostly cheap lines: what is rejected takes no decision.
    IntStream.range(0, 1300)
        .forEach(
            i ->
                lines.add(
                    i % 40 == 0
                        ? SAMPLE.get(i / 40)
                        : "{\"budgetUsd\": 0, \"id\": \"" + i + "\"}"));
    Path in = input("in.jsonl", lines);
    for (String ending : List.of("jsonl", "jsonl.gz", "html")) {
      Path whole = folder.resolve("whole." + ending);
      Path out = folder.resolve("out." + ending);
      run(plan(in, whole, 2, false));
      Plan first = plan(in, out, 2, false);
      Batch stopped = new Batch(ADVISOR, first, null, Clock.systemUTC());
      Outcome half =
          stopped.run(
              (read, rejected) -> {
                if (read > 700) {
                  stopped.stop();
                }
              });
      assertThat(half.interrupted()).isTrue();
      assertThat(out).doesNotExist();
      assertThat(Batch.interrupted(first)).isTrue();
      // What a kill leaves behind the last checkpoint is forgotten.
      Files.write(
          folder.resolve("out." + ending + ".part"),
          "torn".getBytes(StandardCharsets.UTF_8),
          java.nio.file.StandardOpenOption.APPEND);
      Outcome rest = run(plan(in, out, 3, true));
      assertThat(rest.resumedAt()).isEqualTo(500);
      assertThat(rest.summary().read()).isEqualTo(lines.size());
      assertThat(Files.readAllBytes(folder.resolve("out." + ending + ".rejects.jsonl")))
          .isEqualTo(Files.readAllBytes(folder.resolve("whole." + ending + ".rejects.jsonl")));
      if (ending.equals("html")) {
        assertThat(content(out)).isEqualTo(content(whole).replace("whole.html", "out.html"));
      } else {
        assertThat(Files.readAllBytes(out)).as(ending).isEqualTo(Files.readAllBytes(whole));
      }
    }
    assertThat(names()).noneMatch(name -> name.contains(".part") || name.contains(".resume"));
  }

  @Test
  void a_run_over_something_else_does_not_go_on() throws IOException {
    List<String> lines = new ArrayList<>();
    IntStream.range(0, 600).forEach(i -> lines.add("{\"budgetUsd\": 0}"));
    Path in = input("in.jsonl", lines);
    Path out = folder.resolve("out.jsonl");
    Batch stopped = new Batch(ADVISOR, plan(in, out, 1, false), null, Clock.systemUTC());
    stopped.run(
        (read, rejected) -> {
          if (read > 500) {
            stopped.stop();
          }
        });
    lines.add("{}");
    input("in.jsonl", lines);
    assertThatThrownBy(() -> run(plan(in, out, 1, true)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("another input")
        .hasMessageContaining("Maybe begin anew");
  }

  @Test
  void an_array_a_table_and_packed_lines_say_the_same() throws IOException {
    Path lines =
        input(
            "in.jsonl",
            List.of(
                "{\"id\": \"a\", \"budgetUsd\": 2400, \"users\": 2, \"models\": [{\"id\": \"qwen2.5-32b\", \"quantization\": \"awq\"}], \"owned\": {\"gpus\": [{\"id\": \"gtx-1080-ti\", \"count\": 1}], \"psuWatts\": 550}, \"limits\": {\"vendors\": [\"nvidia\"], \"quiet\": true}}",
                "{\"id\": \"b\", \"budgetUsd\": 900, \"useCases\": [\"chat\", \"coding\"], \"models\": [{\"sizeB\": 8}]}"));
    Path array =
        input(
            "in.json",
            ("[" + String.join(",\n", Files.readAllLines(lines)) + "]")
                .getBytes(StandardCharsets.UTF_8));
    Path table =
        input(
            "in.csv",
            List.of(
                "id,budgetUsd,users,models,owned.gpus,owned.psuWatts,limits.vendors,limits.quiet,useCases",
                "a,2400,2,qwen2.5-32b@awq,1x gtx-1080-ti,550,nvidia,true,",
                "b,900,,8B,,,,,chat; coding"));
    Path packed = folder.resolve("in.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(lines, out);
    }
    run(lines, "lines.jsonl");
    for (Path other : List.of(array, table, packed)) {
      run(other, "other.jsonl");
      assertThat(folder.resolve("other.jsonl"))
          .as("%s", other)
          .hasSameTextualContentAs(folder.resolve("lines.jsonl"));
    }
  }

  @Test
  void what_no_table_or_array_can_be_read_from_is_said() throws IOException {
    Path wrong = input("wrong.csv", List.of("id,budget", "a,1"));
    assertThatThrownBy(() -> run(wrong, "out.jsonl"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("budget")
        .hasMessageContaining("Allowed are answerTokens, ")
        .hasMessageContaining("owned.psuWatts");
    Path empty = input("empty.jsonl", " \n\n".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> run(empty, "out.jsonl"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("holds no requirement");
    run(input("cells.csv", List.of("id,budgetUsd", "a,1,2", "b,many", "c,3000")), "cells.jsonl");
    assertThat(rejects("cells.jsonl"))
        .satisfiesExactly(
            first -> assertThat(first.get("reason").asText()).contains("3 cells", "2 columns"),
            second -> {
              assertThat(second.get("line").asInt()).isEqualTo(3);
              assertThat(second.get("pointer").asText()).isEqualTo("/budgetUsd");
            });
    run(
        input("cut.json", "[{\"id\": \"a\"}, {\"id\": ".getBytes(StandardCharsets.UTF_8)),
        "cut.jsonl");
    assertThat(Files.readAllLines(folder.resolve("cut.jsonl"))).hasSize(1);
    assertThat(rejects("cut.jsonl")).hasSize(1);
    assertThat(names()).noneMatch(name -> name.startsWith("out.jsonl"));
  }

  @Test
  void the_table_has_the_figures_of_the_decisions() throws IOException {
    Path in = input("in.jsonl", SAMPLE.subList(0, 12));
    run(in, "out.jsonl");
    run(in, "out.csv");
    List<String> rows = Files.readAllLines(folder.resolve("out.csv"));
    List<String> decisions = Files.readAllLines(folder.resolve("out.jsonl"));
    assertThat(rows).hasSize(decisions.size() + 1);
    for (int i = 0; i < decisions.size(); i++) {
      JsonNode decision = Json.MAPPER.readTree(decisions.get(i));
      String[] cells = rows.get(i + 1).split(",", -1);
      assertThat(cells[2]).isEqualTo(decision.path("decisionId").asText());
      assertThat(cells[3]).isEqualTo(decision.path("verdict").asText());
      assertThat(cells[6]).isEqualTo(decision.at("/recommendation/totalUsd").asText());
    }
  }

  @Test
  void what_a_buyer_wrote_is_text_on_the_pages() throws IOException {
    Path in =
        input(
            "in.jsonl",
            List.of(
                "{\"id\": \"<script>alert(1)</script>|x\", \"title\": \"<b>\", \"budgetUsd\": 900}"));
    run(in, "out.html");
    run(in, "out.md");
    assertThat(folder.resolve("out.html"))
        .content()
        .doesNotContain("<script", "<b>")
        .contains("&lt;script&gt;");
    assertThat(folder.resolve("out.md")).content().doesNotContain("<script").contains("\\|x");
  }

  @Test
  void a_line_of_fifty_megabytes_is_refused_and_those_behind_it_are_answered() throws IOException {
    String good = "{\"id\": \"good\", \"budgetUsd\": 2400}\n";
    for (String name : List.of("long.jsonl", "long.csv")) {
      Path in = folder.resolve(name);
      try (OutputStream out = Files.newOutputStream(in)) {
        byte[] filler = "x".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);
        boolean table = name.endsWith("csv");
        out.write((table ? "id,budgetUsd\n" : "{\"title\": \"").getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 50; i++) {
          out.write(filler);
        }
        out.write((table ? "\ngood,2400\n" : "\"}\n" + good).getBytes(StandardCharsets.UTF_8));
      }
      assertThat(run(in, "out.jsonl").summary().accepted()).as(name).isEqualTo(1);
      assertThat(rejects("out.jsonl"))
          .singleElement()
          .satisfies(
              reject -> {
                assertThat(reject.get("line").asInt()).isEqualTo(name.endsWith("csv") ? 2 : 1);
                assertThat(reject.get("reason").asText())
                    .matches(
                        "The line has 50,000,0\\d\\d bytes; at most 1,048,576 are read\\. Maybe line ends are missing\\.");
              });
      Files.delete(in);
    }
  }

  @Test
  void a_malformed_row_of_a_table_spoils_no_other() throws IOException {
    ByteArrayOutputStream in = new ByteArrayOutputStream();
    in.writeBytes("id,title,budgetUsd\r\n".getBytes(StandardCharsets.UTF_8));
    in.writeBytes("a,M\u00fcller,900\r\n".getBytes(StandardCharsets.ISO_8859_1));
    in.writeBytes(
        "b,\"two\r\n\r\nlines, \"\"quoted\"\"\",2400\r\n".getBytes(StandardCharsets.UTF_8));
    in.writeBytes("c,\"never closed,2400\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    in.writeBytes(
        "d,NaN,1e400\r\ne,5\" drive,2400\r\nb,again,900\r\nf,,2400"
            .getBytes(StandardCharsets.UTF_8));
    Outcome outcome = run(input("in.csv", in.toByteArray()), "out.csv");
    assertThat(Files.readAllLines(folder.resolve("out.csv")).stream().skip(1))
        .extracting(row -> String.join(" ", List.of(row.split(",")).subList(0, 2)))
        .containsExactly("3 b", "9 e", "11 f");
    assertThat(outcome.summary().read()).isEqualTo(7);
    assertThat(rejects("out.csv"))
        .extracting(
            reject ->
                reject.get("line").asInt()
                    + " "
                    + reject.get("pointer").asText()
                    + " "
                    + reject.get("reason").asText())
        .satisfiesExactly(
            reject ->
                assertThat(reject)
                    .isEqualTo(
                        "2  Other bytes than UTF-8 stand there. Maybe the text is in another encoding, such as Latin-1."),
            reject ->
                assertThat(reject)
                    .isEqualTo(
                        "6  A quote is opened and not closed. Maybe one is missing, or one in the text wants to be doubled."),
            reject -> assertThat(reject).startsWith("8 /budgetUsd Found "),
            reject ->
                assertThat(reject).startsWith("10 /id Found \"b\", which an earlier line has."));
  }

  @Test
  void an_element_that_is_no_requirement_spoils_no_other() throws IOException {
    String many = "[" + "1,".repeat(150_000) + "1]";
    String array =
        "[{\"id\": \"a\", \"budgetUsd\": 900, \"budgetUsd\": 1}, {\"budgetUsd\": NaN}, {\"budgetUsd\": 1e400},\n7, "
            + many
            + ", {\"id\": \"good\", \"budgetUsd\": 2400}, "
            + "[".repeat(10_000);
    Outcome outcome = run(input("in.json", array.getBytes(StandardCharsets.UTF_8)), "out.jsonl");
    assertThat(outcome.summary().accepted()).isEqualTo(1);
    assertThat(rejects("out.jsonl"))
        .extracting(reject -> reject.get("line").asInt() + " " + reject.get("reason").asText())
        .satisfiesExactly(
            reject ->
                assertThat(reject).isEqualTo("1 This is no JSON: Duplicate field 'budgetUsd'."),
            reject -> assertThat(reject).isEqualTo("2 Found NaN, which is no number in JSON."),
            reject -> assertThat(reject).startsWith("3 Found "),
            reject -> assertThat(reject).startsWith("4 Found 7"),
            reject ->
                assertThat(reject)
                    .isEqualTo("5 It has more than 100,000 values. Maybe it is no requirement."),
            reject ->
                assertThat(reject).contains("7 ", "nesting", "Nothing after this can be read."));
  }

  @Test
  void nothing_is_written_over_what_is_read() throws IOException {
    Path in = input("in.jsonl", List.of("{}"));
    assertThatThrownBy(() -> run(in, "in.jsonl"))
        .isInstanceOf(BadInputException.class)
        .hasMessage(in + " is read and would be written over. Maybe name another --out.");
    Path rejects = input("out.jsonl.rejects.jsonl", List.of("{}"));
    assertThatThrownBy(() -> run(rejects, "out.jsonl"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("would be written over");
    assertThat(in).hasContent("{}");
  }

  @Test
  void an_empty_file_is_refused_in_each_form() throws IOException {
    for (String name : List.of("none.jsonl", "none.json", "none.csv", "none")) {
      for (byte[] content :
          List.of(new byte[0], new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, '\n'})) {
        Path in = input(name, content);
        assertThatThrownBy(() -> run(in, "out.jsonl"))
            .as(name)
            .isInstanceOf(BadInputException.class)
            .hasMessage(
                in
                    + " holds no requirement. Maybe it is another file; {} is the least requirement.");
      }
    }
    assertThat(names()).noneMatch(name -> name.startsWith("out.jsonl"));
  }
}
