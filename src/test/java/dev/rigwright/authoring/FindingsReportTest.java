package dev.rigwright.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.Home;
import dev.rigwright.facts.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How findings are shown. */
class FindingsReportTest {

  private static final String TEXT =
      """
      package rigwright;

      import dev.rigwright.domain.Gpu;

      declare Hot
      \tgpu : String
      end

      rule "hot/card"
          @because( "It is" )
          @source( "guide#G039" )
          @reviewed( "2026-11-22" )
      when
          Gpu( $id : id, vramGibb > 3 )
      then
          insertLogical( new Hot( $id ) );
      end
      """;

  private static FindingsReport report(String text) {
    Check.Report report =
        Check.texts(Map.of("cautions/hot.drl", text), Home.PATH, Home.advisor().facts().claims());
    return new FindingsReport(report, Path.of("nowhere"), "rules/");
  }

  @Test
  void text_has_place_code_message_line_and_caret() {
    assertThat(report(TEXT).text())
        .isEqualTo(
            """
            rules/cautions/hot.drl:6:2 error key-missing The field (gpu) of Hot has no @key: two facts that differ in it would be one. Maybe add @key.
                \tgpu : String
                \t^^^
            rules/cautions/hot.drl:14:20 error unknown-field Gpu has no field (vramGibb). Maybe vramGib was meant.
                    Gpu( $id : id, vramGibb > 3 )
                                   ^^^^^^^^
            2 findings in 1 rules of 1 files.
            """);
  }

  @Test
  void nothing_found_is_said() {
    String good = TEXT.replace("gpu : String", "gpu : String @key").replace("vramGibb", "vramGib");
    assertThat(report(good).text()).isEqualTo("No finding in 1 rules of 1 files.\n");
    assertThat(report(good).json()).isEqualToIgnoringWhitespace("{ \"findings\" : [ ] }");
  }

  @Test
  void json_is_what_the_contract_says() throws Exception {
    JsonNode findings = Json.MAPPER.readTree(report(TEXT).json()).path("findings");
    assertThat(findings).hasSize(2);
    JsonNode second = findings.get(1);
    assertThat(second.path("file").asText()).isEqualTo("rules/cautions/hot.drl");
    assertThat(second.path("line").asInt()).isEqualTo(14);
    assertThat(second.path("column").asInt()).isEqualTo(20);
    assertThat(second.path("severity").asText()).isEqualTo("error");
    assertThat(second.path("code").asText()).isEqualTo("unknown-field");
    assertThat(second.path("message").asText()).startsWith("Gpu has no field (vramGibb).");
  }

  @Test
  void sarif_has_what_its_schema_requires() throws Exception {
    JsonNode log = Json.MAPPER.readTree(report(TEXT).sarif("0.1.0"));
    assertThat(log.path("version").asText()).isEqualTo("2.1.0");
    assertThat(log.path("$schema").asText()).endsWith("sarif-schema-2.1.0.json");
    JsonNode run = log.at("/runs/0");
    assertThat(run.at("/tool/driver/name").asText()).isEqualTo("rigwright");
    assertThat(run.path("columnKind").asText()).isEqualTo("utf16CodeUnits");
    assertThat(run.path("results")).hasSize(2);
    for (JsonNode result : run.path("results")) {
      int index = result.path("ruleIndex").asInt(-1);
      assertThat(run.at("/tool/driver/rules/" + index + "/id").asText())
          .isEqualTo(result.path("ruleId").asText());
      assertThat(List.of("error", "warning")).contains(result.path("level").asText());
      assertThat(result.at("/message/text").asText()).isNotBlank();
      JsonNode place = result.at("/locations/0/physicalLocation");
      assertThat(place.at("/artifactLocation/uri").asText()).isEqualTo("rules/cautions/hot.drl");
      assertThat(place.at("/region/startLine").asInt()).isPositive();
      assertThat(place.at("/region/endColumn").asInt())
          .isGreaterThan(place.at("/region/startColumn").asInt());
    }
  }
}
