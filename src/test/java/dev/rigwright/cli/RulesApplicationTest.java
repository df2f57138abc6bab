package dev.rigwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.Home;
import dev.rigwright.cli.Application.Ran;
import dev.rigwright.facts.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rules list, show, graph, new, fmt, docs} as an author uses them. */
class RulesApplicationTest {

  @TempDir Path folder;

  private Ran run(String... arguments) throws Exception {
    return new Application(folder).run("", arguments);
  }

  private String rules() throws IOException {
    Path rules = folder.resolve("rules");
    if (!Files.exists(rules)) {
      Application.copy(Home.PATH.resolve("rules"), rules);
    }
    return rules.toString();
  }

  @Test
  void rules_are_listed_with_place_stratum_and_wording() throws Exception {
    Ran ran = run("rules", "list", "memory/tight");
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out())
        .isEqualTo(
            """
            memory/tight  rules/cautions/memory.drl:21 · stratum 9, cautions · important
                Memory is tight: {percent} % to spare; a newer engine or a longer prompt may not fit
            1 rule in cautions.
            """);
    JsonNode json = Json.MAPPER.readTree(run("rules", "list", "--format", "json").out());
    assertThat(json.path("rules")).hasSizeGreaterThan(200);
    Ran none = run("rules", "list", "memroy");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("No rule matches (memroy)", "memory");
  }

  @Test
  void a_rule_is_shown_with_condition_sources_cases_and_neighbours() throws Exception {
    Ran ran = run("rules", "show", "tier/above-all");
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("rules/needs/tier.drl:52 · stratum 2, needs")
        .contains("   59      not Tier( rank > $rank )\n")
        .contains("  guide#G048 · ")
        .contains("Cases      fired in 1 of 1, silent in ")
        .containsPattern("Coverage   \\d+ % of what there is to see")
        .contains("  Requirement: given facts")
        .contains("Feeds\n  TierMatch: ");
    Ran unknown = run("rules", "show", "tier/above-al");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("Maybe tier/above-all ");
    JsonNode json =
        Json.MAPPER.readTree(run("rules", "show", "tier/above-all", "--format", "json").out());
    assertThat(json.at("/sources/0/status").isTextual()).isTrue();
    assertThat(json.at("/coverage/coverage/0/cases/true").asBoolean()).isTrue();
    assertThat(json.at("/cases/fired").asInt()).isEqualTo(json.at("/cases/firing").asInt());
    assertThat(json.at("/when/0/number").asInt()).isEqualTo(57);
  }

  @Test
  void a_rule_is_shown_while_another_file_is_broken() throws Exception {
    Files.writeString(Path.of(rules(), "cautions", "broken.drl"), "package rigwright;\nrule \"");
    Ran ran = run("rules", "show", "memory/tight", "--rules", rules());
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("3 firing, 3 silent; not tried");
  }

  @Test
  void the_layout_is_checked_and_restored() throws Exception {
    Path file = Path.of(rules(), "cautions", "memory.drl");
    String shipped = Files.readString(file);
    assertThat(run("rules", "fmt", "--check", "--rules", rules()).code()).isZero();
    Files.writeString(file, shipped.replace("( ", "(").replace("\n    @", "\n@"));
    Ran check = run("rules", "fmt", "--check", "--rules", rules());
    assertThat(check.code()).isEqualTo(1);
    assertThat(check.out().lines()).singleElement().asString().endsWith("cautions/memory.drl");
    assertThat(run("rules", "fmt", file.toString()).code()).isZero();
    assertThat(Files.readString(file)).isEqualTo(shipped);
    Files.writeString(file, "package rigwright;\nrule \"memory/x\"\nwhen\n");
    Ran broken = run("rules", "fmt", file.toString());
    assertThat(broken.code()).isEqualTo(3);
    assertThat(broken.err()).contains("memory.drl:3:1 missing-then");
    assertThat(run("rules", "fmt", "nowhere.drl").code()).isEqualTo(2);
  }

  @Test
  void a_new_rule_is_found_at_once_and_written_only_once() throws Exception {
    Ran ran = run("rules", "new", "spending/little-left", "--rules", rules());
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("cautions/spending.drl:10", "rules test --rule spending/");
    Ran shown = run("rules", "show", "spending/little-left", "--rules", rules());
    assertThat(shown.out()).contains("fired in 0 of 1, silent in 0 of 1");
    assertThat(run("rules", "new", "spending/little-left", "--rules", rules()).code()).isEqualTo(2);
  }

  @Test
  void the_graph_and_the_catalogue_are_written() throws Exception {
    assertThat(run("rules", "graph", "--only", "memory/tight").out())
        .startsWith("<svg ")
        .endsWith("</svg>\n");
    assertThat(run("rules", "graph", "--format", "dot").out()).startsWith("digraph rules {");
    assertThat(run("rules", "graph", "--only", "Sizng").err()).contains("Maybe Sizing ");
    Path out = folder.resolve("docs");
    assertThat(run("rules", "docs", "--out", out.toString()).code()).isZero();
    assertThat(out.resolve("rules.html")).content().startsWith("<!DOCTYPE html>");
    assertThat(out.resolve("rules.md")).content().startsWith("# Rules\n");
    assertThat(run("rules", "docs").out()).isEqualTo(Files.readString(out.resolve("rules.md")));
  }
}
