package dev.rigwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rigwright.Home;
import dev.rigwright.cli.Application.Ran;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesDiffApplicationTest {

  private static final String RULES = Home.PATH.resolve("rules").toString();

  @TempDir Path folder;

  private Path edited;
  private Path set;

  @BeforeEach
  void edit() throws Exception {
    edited = folder.resolve("edited");
    Application.copy(Home.PATH.resolve("rules"), edited);
    Path avoid = edited.resolve("exclusions/avoid.drl");
    String text = Files.readString(avoid);
    assertThat(text).contains("vramGib <= 8,");
    Files.writeString(avoid, text.replace("vramGib <= 8,", "vramGib <= 12,"));
    set = folder.resolve("set.jsonl");
    Files.write(
        set,
        List.of(
            "{\"id\": \"small\", \"title\": \"<b>A & B</b>\", \"asOf\": \"2026-11-22\", \"budgetUsd\": 1000, \"models\": [{\"id\": \"qwen2.5-7b\"}]}",
            "{\"id\": \"large\", \"asOf\": \"2026-11-22\", \"budgetUsd\": 2400, \"models\": [{\"id\": \"qwen2.5-32b\"}]}"));
  }

  private Ran diff(String... arguments) throws Exception {
    String[] all = new String[arguments.length + 2];
    all[0] = "rules";
    all[1] = "diff";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return new Application(folder).run("", all);
  }

  @Test
  void one_number_changes_a_pick_and_the_rule_that_caused_it_is_named() throws Exception {
    Ran ran = diff(RULES, edited.toString(), "--on", set.toString(), "--format", "json");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    JsonNode json = new ObjectMapper().readTree(ran.out());
    assertThat(json.path("requirements").asInt()).isEqualTo(2);
    assertThat(json.at("/rules/0/rule").asText()).isEqualTo("avoid/eight-gb");
    assertThat(json.at("/rules/0/change").asText()).isEqualTo("changed");
    assertThat(json.path("rules")).hasSize(1);
    assertThat(json.path("counts").path("pick").asInt()).isEqualTo(1);
    JsonNode small = json.at("/decisions/0");
    assertThat(small.path("requirementId").asText()).isEqualTo("small");
    assertThat(small.path("rules").toString()).isEqualTo("[\"avoid/eight-gb\"]");
    JsonNode verdict = small.at("/changes/0");
    assertThat(verdict.path("kind").asText()).isEqualTo("feasible");
    assertThat(verdict.path("from").asText()).isEqualTo("recommended");
    assertThat(verdict.path("to").asText()).isEqualTo("infeasible");
    JsonNode pick = small.at("/changes/1");
    assertThat(pick.path("kind").asText()).isEqualTo("pick");
    assertThat(pick.path("from").asText()).startsWith("rtx-3060-12gb");
    assertThat(pick.path("to").isNull()).isTrue();
    assertThat(small.path("changes").toString())
        .contains("pickExcluded")
        .contains("by avoid/eight-gb");
  }

  @Test
  void a_page_stands_alone_and_escapes_what_people_wrote() throws Exception {
    Path page = folder.resolve("page.html");
    Ran ran =
        diff(
            RULES,
            edited.toString(),
            "--on",
            set.toString(),
            "--format",
            "html",
            "--out",
            page.toString());
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).isEmpty();
    assertThat(Files.readString(page))
        .contains("&lt;b&gt;A &amp; B&lt;/b&gt;")
        .contains("avoid/eight-gb")
        .doesNotContain("<b>")
        .doesNotContain("src=")
        .doesNotContain("http");
  }

  @Test
  void comments_alone_change_nothing() throws Exception {
    Path commented = folder.resolve("commented");
    Application.copy(Home.PATH.resolve("rules"), commented);
    Path avoid = commented.resolve("exclusions/avoid.drl");
    Files.writeString(avoid, "// A comment more.\n" + Files.readString(avoid));
    Ran ran = diff(RULES, commented.toString(), "--on", set.toString());
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .startsWith("0 of 2 decisions differ; 0 rules differ.")
        .contains("No rule differs in more than comments.");
  }

  @Test
  void revisions_of_the_rules_are_compared() throws Exception {
    Path rules = folder.resolve("repository/rules");
    Application.copy(Home.PATH.resolve("rules"), rules);
    git(rules, "init", "-q");
    git(rules, "add", ".");
    git(
        rules,
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@example.org",
        "-c",
        "commit.gpgsign=false",
        "commit",
        "-q",
        "-m",
        "Rules");
    Ran ran = diff("HEAD", edited.toString(), "--on", set.toString(), "--rules", rules.toString());
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out())
        .startsWith("1 of 2 decisions differ; 1 rule differs.")
        .contains(
            "FEASIBLE OR NOT\n  recommended -> infeasible\n      small; because of avoid/eight-gb\n");
    Ran missing = diff("no-such", "HEAD", "--on", set.toString(), "--rules", rules.toString());
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).contains("no-such is neither a folder nor a git revision");
  }

  @Test
  void a_set_is_written_as_for_batch() throws Exception {
    Path packed = folder.resolve("set.csv.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(
          "id,asOf,budgetUsd,models\nsmall,2026-11-22,1000,qwen2.5-7b\nbad,2026-11-22,0,qwen2.5-7b\n"
              .getBytes(StandardCharsets.UTF_8));
    }
    Ran ran = diff(RULES, edited.toString(), "--on", packed.toString());
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("set.csv.gz:3: /budgetUsd");
    assertThat(ran.out()).contains("1 of 1 decisions differ").contains("avoid/eight-gb");
    Ran coverage =
        Application.here(
            "rules", "coverage", "--home", Home.PATH.toString(), "--on", packed.toString());
    assertThat(coverage.code()).isEqualTo(2);
    assertThat(coverage.err()).contains("set.csv.gz:3: /budgetUsd");
  }

  @Test
  void a_requirement_that_is_refused_is_named_and_the_rest_is_compared() throws Exception {
    Files.writeString(set, Files.readString(set) + "{\"budget\": 1}\n");
    Ran ran = diff(RULES, edited.toString(), "--on", set.toString());
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("set.jsonl:3: ").contains("budget");
    assertThat(ran.out()).contains(" of 2 decisions differ");
  }

  @Test
  void broken_rules_end_with_exit_code_3_and_a_place_that_cannot_be_written_with_4()
      throws Exception {
    Path nowhere = folder.resolve("no/such/folder/page.html");
    Ran unwritten = diff(RULES, RULES, "--on", set.toString(), "--out", nowhere.toString());
    assertThat(unwritten.code()).isEqualTo(4);
    assertThat(unwritten.err()).contains("page.html");

    Path avoid = edited.resolve("exclusions/avoid.drl");
    Files.writeString(avoid, Files.readString(avoid).replace("vramGib <= 12,", "nothing <= 12,"));
    Ran broken = diff(RULES, edited.toString(), "--on", set.toString());
    assertThat(broken.code()).isEqualTo(3);
    assertThat(broken.err()).contains("exclusions/avoid.drl:").contains("nothing");
  }

  private static void git(Path folder, String... arguments) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
