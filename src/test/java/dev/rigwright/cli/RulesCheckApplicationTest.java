package dev.rigwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.Home;
import dev.rigwright.cli.Application.Ran;
import dev.rigwright.facts.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rules check} as a rule author uses it. */
class RulesCheckApplicationTest {

  private static final String BROKEN = "src/test/resources/broken/";

  @TempDir Path folder;

  private Ran run(String... arguments) throws Exception {
    return new Application(folder).run("", arguments);
  }

  private static String rules(String name) {
    return Home.PATH.resolve(BROKEN + name).toString();
  }

  @Test
  void a_finding_is_shown_with_its_line_and_ends_with_exit_code_1() throws Exception {
    String rules = rules("case-fails-beside-a-broken-rule/bad");
    Ran ran = run("rules", "check", "--rules", rules);
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out())
        .contains(
            rules
                + "/cautions/hot.drl:17:54 error unknown-field Gpu has no field (tdpWats). Maybe tdpWatts was meant.")
        .contains("^^^^^^^\n")
        .contains(
            "hot.cases.json:11:3 error case-fails Case (a figure) of rule (hot/draw-unknown): expected [], concluded [No power figure for Edge 24 GB: its cooling cannot be judged].")
        .endsWith("2 findings in 2 rules of 1 files.\n");
  }

  @Test
  void nothing_found_ends_with_exit_code_0() throws Exception {
    Ran ran = run("rules", "check", "--rules", rules("case-fails/good"), "--format", "json");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    JsonNode json = Json.MAPPER.readTree(ran.out());
    assertThat(json.path("findings").isArray()).isTrue();
    assertThat(json.path("findings")).isEmpty();
  }

  @Test
  void wrong_usage_ends_with_exit_code_2() throws Exception {
    assertThat(run("rules", "check", "--format", "xml").code()).isEqualTo(2);
    assertThat(run("rules").code()).isEqualTo(2);
  }
}
