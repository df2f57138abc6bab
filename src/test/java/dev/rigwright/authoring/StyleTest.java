package dev.rigwright.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.rulebook.RulebookReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** House style of the shipped rules, as the lints of {@code rules check} hold it. */
class StyleTest {

  private static List<Finding> findings;

  @BeforeAll
  static void look() {
    Check.Report report = check(RulebookReader.texts(Home.PATH.resolve("rules")));
    assertThat(report.rules()).isPositive();
    findings = report.findings();
  }

  private static Check.Report check(Map<String, String> texts) {
    return Check.texts(texts, Home.PATH, Home.advisor().facts().claims());
  }

  private static List<Finding> of(String... codes) {
    return findings.stream().filter(finding -> Set.of(codes).contains(finding.code())).toList();
  }

  @Test
  void all_rules_are_in_one_package_and_a_folder_of_the_strata() {
    assertThat(of("package", "folder")).isEmpty();
  }

  @Test
  void a_rule_is_named_after_its_file_and_its_problem() {
    assertThat(of("rule-name", "duplicate-name")).isEmpty();
  }

  @Test
  void a_file_holds_one_topic_of_at_most_eight_rules() {
    assertThat(of("file-size")).isEmpty();
  }

  @Test
  void no_globals_functions_queries_wildcards_attributes_or_eval() {
    assertThat(
            of("global", "function", "query", "not-a-rule", "wildcard-import", "attribute", "eval"))
        .isEmpty();
  }

  @Test
  void a_consequence_is_exactly_one_logical_insertion() {
    assertThat(of("consequence", "update")).isEmpty();
  }

  @Test
  void annotations_are_known_complete_and_lead_somewhere() {
    assertThat(findings.stream().filter(finding -> finding.code().startsWith("annotation")))
        .isEmpty();
    assertThat(of("source", "binding-missing")).isEmpty();
    assertThat(Home.advisor().facts().claims()).hasSize(114);
  }

  @Test
  void every_field_of_a_declared_type_is_a_key() {
    assertThat(of("key-missing")).isEmpty();
  }

  @Test
  void the_guards_themselves_fail_on_a_bad_rule() {
    String bad =
        """
        package other;
        rule "anything" salience 5
        when
            eval( true )
        then
            System.out.println( 1 );
        end
        """;
    assertThat(
            check(Map.of("nowhere/bad.drl", bad)).findings().stream()
                .map(Finding::code)
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            "package",
            "folder",
            "rule-name",
            "attribute",
            "eval",
            "consequence",
            "annotation-missing");
  }
}
