package dev.rigwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.Home;
import dev.rigwright.facts.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a rule author sees of test, coverage and mutate. */
class RulesBenchApplicationTest {

  @TempDir private Path folder;
  private Path rules;
  private Path avoid;

  @BeforeEach
  void one_rule_file_with_its_cases() throws Exception {
    rules = folder.resolve("rules");
    avoid = Files.createDirectories(rules.resolve("exclusions")).resolve("avoid.drl");
    Path shipped = Home.PATH.resolve("rules/exclusions");
    Files.copy(shipped.resolve("avoid.drl"), avoid);
    Files.copy(shipped.resolve("avoid.cases.json"), rules.resolve("exclusions/avoid.cases.json"));
  }

  private Application.Ran ran(String... arguments) throws Exception {
    return new Application(folder).run("", arguments);
  }

  private void edit(String from, String to) throws Exception {
    String text = Files.readString(avoid);
    assertThat(text).contains(from);
    Files.writeString(avoid, text.replace(from, to));
  }

  @Test
  void a_changed_threshold_fails_with_the_constraint_that_blocked() throws Exception {
    edit("vramGib <= 8", "vramGib <= 7");
    Application.Ran ran = ran("rules", "test", "--rules", rules.toString());
    assertThat(ran.out())
        .isEqualTo(
            """
            rules/exclusions/avoid.cases.json: avoid/eight-gb: exactly 8 GB are too little
              expected   RTX 4060 8 GB: 8 GB are too little for serious use
              concluded  nothing
              blocked by rules/exclusions/avoid.drl:72:34: vramGib <= 7 is false: vramGib is 8
                in $gpu : Gpu( vramGib != null, vramGib <= 7, $card : label, $vram : vramGib )

            22 of 23 cases pass, 5 rules.
            """);
    assertThat(ran.code()).isEqualTo(ExitCode.NEGATIVE);
  }

  @Test
  void the_cases_of_one_rule_pass_and_are_counted() throws Exception {
    Application.Ran ran =
        ran(
            "rules",
            "test",
            "--rule",
            "avoid/gtx",
            "--rules",
            rules.toString(),
            "--format",
            "json");
    JsonNode json = Json.MAPPER.readTree(ran.out());
    assertThat(json.path("cases").asInt()).isEqualTo(3);
    assertThat(json.path("passed").asInt()).isEqualTo(3);
    assertThat(ran.code()).isZero();
  }

  @Test
  void coverage_below_the_threshold_is_a_negative_result() throws Exception {
    Application.Ran ran =
        ran("rules", "coverage", "--cases-only", "--threshold", "97", "--rules", rules.toString());
    assertThat(ran.out())
        .isEqualTo(
            """
            avoid/intel-arc
              rules/exclusions/avoid.drl:48:48: limits.vendors contains Vendor.INTEL never false in the cases

            Over the cases: 96.7 %; seen both ways 5 of 5 rules, 9 of 10 constraints.
            """);
    assertThat(ran.code()).isEqualTo(ExitCode.NEGATIVE);
    assertThat(
            inProcess(
                "rules",
                "coverage",
                "--cases-only",
                "--threshold",
                "96",
                "--rules",
                rules.toString()))
        .isZero();
  }

  @Test
  void a_mutant_that_survives_is_a_negative_result_with_a_case_to_paste() throws Exception {
    Path cases = rules.resolve("exclusions/avoid.cases.json");
    Files.writeString(
        cases,
        Files.readString(cases)
            .replace("\"name\": \"Edge\", \"vramGib\": 9", "\"name\": \"Edge\", \"vramGib\": 10"));
    Application.Ran ran =
        ran("rules", "mutate", "--rule", "avoid/eight-gb", "--rules", rules.toString());
    assertThat(ran.out())
        .startsWith(
            """
            rules/exclusions/avoid.drl:72:45: avoid/eight-gb: 8 survives as 9 in vramGib <= 8
              This case would notice; maybe add it to rules/exclusions/avoid.cases.json:
              {"rule":"avoid/eight-gb","case":"with vramGib 9 it stays silent",""")
        .endsWith(
            "4 mutants: 3 noticed (0 of them do not compile), 1 survive; 1 more change nothing or the same.\n");
    assertThat(ran.err()).contains("1 of 1 rules, 4 mutants, 1 survive");
    assertThat(ran.code()).isEqualTo(ExitCode.NEGATIVE);
  }

  @Test
  void a_misspelt_rule_is_wrong_usage() {
    StringWriter err = new StringWriter();
    int code =
        Main.run(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err, true),
            "rules",
            "test",
            "--rule",
            "avoid/gxt",
            "--rules",
            rules.toString());
    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("(avoid/gxt)", "avoid/gtx");
  }

  private static int inProcess(String... arguments) {
    return Main.run(
        new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), arguments);
  }

  @Test
  void a_save_is_tried_at_once_also_after_one_that_was_broken() throws Exception {
    StringWriter out = new StringWriter();
    AtomicInteger code = new AtomicInteger(-1);
    Thread watch =
        new Thread(
            () ->
                code.set(
                    Main.run(
                        new PrintWriter(out, true),
                        new PrintWriter(new StringWriter()),
                        "rules",
                        "test",
                        "--watch",
                        "--rules",
                        rules.toString())));
    watch.start();
    until(() -> out.toString().contains("23 of 23 cases pass"));
    String good = Files.readString(avoid);
    Files.writeString(avoid, good.replace("then", "than"));
    until(() -> out.toString().contains("avoid.drl:"));
    Files.writeString(avoid, good.replace("vramGib <= 8", "vramGib <= 7"));
    until(() -> out.toString().contains("22 of 23 cases pass"));
    watch.interrupt();
    watch.join(Duration.ofSeconds(20).toMillis());
    assertThat(code.get()).isZero();
  }

  private static void until(BooleanSupplier seen) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!seen.getAsBoolean() && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    assertThat(seen.getAsBoolean()).as("it is said within a minute").isTrue();
  }
}
