package dev.rigwright.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rigwright.Home;
import dev.rigwright.audit.Why.Kind;
import dev.rigwright.audit.Why.Origin;
import dev.rigwright.audit.Why.Reason;
import dev.rigwright.audit.Why.Row;
import dev.rigwright.audit.Why.Statement;
import dev.rigwright.audit.Why.Step;
import dev.rigwright.domain.PolicyFigures;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.report.TextReport;
import dev.rigwright.report.WhyHtml;
import dev.rigwright.report.WhyJson;
import dev.rigwright.report.WhySvg;
import dev.rigwright.report.WhyText;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The proof of what a decision says. */
class WhyTest {

  private static final Advisor ADVISOR = Home.advisor();

  private static Requirement example(String name) {
    try {
      return ADVISOR
          .reader()
          .read(
              Files.readAllBytes(Home.PATH.resolve("facts/requirements").resolve(name + ".json")),
              Home.TODAY);
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  private static Why why(String example, String about) {
    return WhyQuestion.ask(ADVISOR, example(example), "d-1", about);
  }

  private static Stream<Step> steps(Why why) {
    return why.statements().stream()
        .flatMap(statement -> statement.reasons().stream())
        .flatMap(reason -> reason.steps().stream());
  }

  private static Statement root(Why why) {
    return why.statement(why.roots().get(0));
  }

  @Test
  void without_a_subject_the_proof_is_that_of_the_verdict_down_to_rows_with_source_and_date() {
    Why why = why("small-team", null);
    assertThat(root(why).type()).isEqualTo("Verdict");
    assertThat(root(why).name()).isEqualTo("recommended");
    assertThat(why.statements())
        .allSatisfy(
            statement ->
                assertThat(statement.origin() == Origin.CONCLUDED)
                    .as(statement.toString())
                    .isEqualTo(!statement.reasons().isEmpty()));
    Statement card =
        why.statements().stream()
            .filter(one -> one.type().equals("Gpu") && one.name().equals("rtx-3090"))
            .findFirst()
            .orElseThrow();
    assertThat(card.rows()).hasSize(1);
    Row row = card.rows().get(0);
    assertThat(row.file()).isEqualTo("facts/catalog/gpus.json");
    assertThat(row.source()).contains("RightNow-GPU-Database");
    assertThat(row.asOf()).startsWith("20");
  }

  @Test
  void each_element_of_a_condition_has_the_values_that_it_was_tried_on() {
    Why why = why("small-team", "psu");
    Reason cheapest = root(why).reasons().get(0);
    assertThat(cheapest.rule().id()).isEqualTo("psu/cheapest");
    assertThat(cheapest.rule().file()).isEqualTo("rules/platforms/psu.drl");
    Step part = cheapest.steps().get(2);
    assertThat(part.pattern()).startsWith("$part : PricedPart( kind == PartKind.PSU");
    assertThat(part.checks().get(1).constraint()).isEqualTo("part.watts >= $watts");
    assertThat(part.checks().get(1).values())
        .extracting(Why.Value::name, Why.Value::field, Why.Value::value)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("part.watts", "part.watts", 1200),
            org.assertj.core.groups.Tuple.tuple("$watts", "watts", 1100));
    Step absent = cheapest.steps().get(3);
    assertThat(absent.kind()).isEqualTo(Kind.ABSENT);
    assertThat(absent.facts()).isEmpty();
    assertThat(absent.standing()).isEqualTo(ADVISOR.facts().pricedParts().size());
  }

  @Test
  void what_fulfils_an_exists_and_what_an_accumulation_gathered_is_named() {
    Why why = why("clinic-voice-agent", null);
    Step gathered = steps(why).filter(s -> s.kind() == Kind.GATHERED).findFirst().orElseThrow();
    assertThat(gathered.facts())
        .extracting(number -> why.statement(number).name())
        .containsExactlyInAnyOrder("qwen2.5-14b", "whisper-large-v3-turbo", "kokoro-82m");
    Step present = steps(why).filter(s -> s.kind() == Kind.PRESENT).findFirst().orElseThrow();
    assertThat(present.facts()).hasSize(1);
    assertThat(why.statement(present.facts().get(0)).type()).isEqualTo(present.type());
  }

  @Test
  void a_conclusion_on_several_grounds_shows_each_of_them() {
    Why why = why("small-team", null);
    Statement need =
        why.statements().stream()
            .filter(one -> one.type().equals("PlatformNeed"))
            .findFirst()
            .orElseThrow();
    assertThat(need.reasons()).hasSizeGreaterThan(1);
    String text = WhyText.of(why, Integer.MAX_VALUE, TextReport.Style.PLAIN);
    assertThat(text)
        .contains("Ground 1 of " + need.reasons().size() + ", each enough alone:")
        .contains("Ground %1$d of %1$d, each enough alone:".formatted(need.reasons().size()));
  }

  @Test
  void claims_stand_with_their_text_and_status() {
    Why why = why("small-team", "value/best");
    assertThat(root(why).reasons().get(0).rule().sources())
        .anySatisfy(
            source -> {
              assertThat(source.name()).isEqualTo("guide#G077");
              assertThat(source.says()).isEqualTo(ADVISOR.facts().claimById().get("G077").says());
              assertThat(source.status())
                  .isEqualTo(ADVISOR.facts().claimById().get("G077").status().word());
            });
  }

  @Test
  void the_proof_of_a_computed_claim_goes_on_to_the_rows_that_computed_it() {
    Why why = why("small-team", "G083");
    Statement claim =
        why.statements().stream()
            .filter(one -> one.type().equals("Claim") && !one.computed().isEmpty())
            .filter(one -> one.name().equals("G083"))
            .findFirst()
            .orElseThrow();
    Statement status = why.statement(claim.computed().get(0));
    assertThat(status.type()).isEqualTo("Standing");
    assertThat(status.reasons().get(0).rule().id()).isEqualTo("standing/contradicted");
    Statement finding = why.statement(claim.computed().get(1));
    assertThat(finding.type()).isEqualTo("Finding");
    assertThat(finding.reasons().get(0).rule().file()).startsWith("rules/claims/");
    Set<String> files = new TreeSet<>();
    leaves(why, finding.number(), files, new HashSet<>());
    assertThat(files)
        .containsExactly(
            "facts/catalog/models.json",
            "facts/guide/limits.json",
            "facts/guide/sizes.json",
            "facts/policy.json");
    String text = WhyText.of(why, Integer.MAX_VALUE, TextReport.Style.PLAIN);
    assertThat(text)
        .contains("Computed of it from the catalogue, before anybody asked (rules/claims):")
        .contains("[" + finding.number() + "] ")
        .contains("Rule standing/contradicted, rules/claims/standing.drl:13");
    assertThat(WhyHtml.of(why, 9))
        .contains("Computed of it from the catalogue", "id=\"s%d\"".formatted(finding.number()));
    assertThat(WhySvg.of(why, 9)).contains("[%d] Finding".formatted(finding.number()));
  }

  /** The files of the rows on which a statement rests in the end. */
  private static void leaves(Why why, int number, Set<String> files, Set<Integer> seen) {
    Statement statement = why.statement(number);
    if (!seen.add(number)) {
      return;
    }
    assertThat(statement.origin()).as(statement.toString()).isNotEqualTo(Origin.ASKED);
    statement.rows().forEach(row -> files.add(row.file()));
    statement
        .reasons()
        .forEach(
            reason ->
                reason
                    .steps()
                    .forEach(step -> step.facts().forEach(f -> leaves(why, f, files, seen))));
  }

  @Test
  void a_rule_on_claims_and_a_claim_that_the_decision_does_not_show_can_be_asked_about() {
    Why rule = why("small-team", "standing/dated");
    assertThat(rule.roots()).isNotEmpty();
    assertThat(root(rule).reasons().get(0).rule().id()).isEqualTo("standing/dated");
    List<String> computed =
        ADVISOR.facts().claims().stream()
            .filter(claim -> !claim.computed().isEmpty())
            .map(claim -> claim.id())
            .toList();
    assertThat(computed).hasSizeGreaterThan(20);
    for (String id : computed) {
      assertThat(why("small-team", id).roots()).as(id).isNotEmpty();
    }
  }

  @Test
  void a_field_that_was_left_open_says_what_was_put_in() {
    assertThat(steps(why("small-team", null)))
        .anySatisfy(
            step ->
                assertThat(step.assumed()).containsEntry("policy", "figures go before the guide"));
  }

  @Test
  void a_figure_is_told_with_its_row_of_policy_json() {
    Why why = why("small-team", "sizing/fits");
    Statement figures =
        why.statements().stream()
            .filter(one -> one.type().equals(PolicyFigures.class.getSimpleName()))
            .findFirst()
            .orElseThrow();
    assertThat(figures.rows())
        .anySatisfy(
            row -> {
              assertThat(row.row()).isEqualTo("memoryMarginPercent");
              assertThat(row.source()).contains("our choice");
            });
  }

  @Test
  void every_type_of_fact_that_is_given_names_its_file() {
    Provenance provenance = new Provenance(ADVISOR.facts());
    Sketch sketch = new Sketch(ADVISOR.rulebook());
    List<Object> given = new ArrayList<>(ADVISOR.facts().forRules());
    given.addAll(ADVISOR.facts().forTrials());
    for (Object fact : given) {
      List<Row> rows = provenance.rows(fact, sketch.name(fact), Set.of());
      assertThat(rows).as(fact.toString()).isNotEmpty();
      for (Row row : rows) {
        assertThat(Home.PATH.resolve(row.file())).exists();
      }
    }
  }

  @Test
  void it_can_be_asked_about_a_warning_a_part_a_card_a_claim_and_an_alternative() {
    assertThat(root(why("small-team", "supply/peaks-want-atx-3")).says())
        .startsWith("Peaks of up to");
    assertThat(root(why("small-team", "ram")).type()).isEqualTo("PartChoice");
    assertThat(root(why("small-team", "board")).type()).isEqualTo("Shell");
    assertThat(root(why("small-team", "gpu")).type()).isEqualTo("Recommended");
    assertThat(root(why("small-team", "2x RTX 3090")).type()).isEqualTo("Recommended");
    assertThat(root(why("small-team", "RTX 5090")).says()).isNotEmpty();
    assertThat(root(why("small-team", "G083")).type()).isEqualTo("Conflict");
    assertThat(root(why("small-team", "cheapest")).name()).contains("cheapest");
  }

  @Test
  void what_it_says_nothing_about_is_refused_with_what_is_near() {
    assertThatThrownBy(() -> why("small-team", "rtx4009"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("rtx-4090");
    assertThatThrownBy(() -> why("small-team", "memory/tight"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("Ask why-not instead");
  }

  @Test
  void a_tree_is_cut_where_it_gets_deep_and_says_how_to_go_on() {
    Why why = why("small-team", null);
    String shallow = WhyText.of(why, 1, TextReport.Style.PLAIN);
    assertThat(shallow)
        .contains("By verdict/best-value-counts, not written out")
        .contains("--depth 2 goes one deeper, --all goes to the end.");
    String all = WhyText.of(why, Integer.MAX_VALUE, TextReport.Style.PLAIN);
    assertThat(all).doesNotContain("not written out");
    for (Statement statement : why.statements()) {
      assertThat(all.split("\\[" + statement.number() + "] ", -1))
          .as("[%d] is there", statement.number())
          .hasSizeGreaterThan(1);
    }
  }

  @Test
  void where_nothing_can_be_had_the_refusals_are_counted() {
    Why why = why("impossible", null);
    assertThat(root(why).name()).isEqualTo("infeasible");
    assertThat(steps(why))
        .anySatisfy(
            step -> {
              assertThat(step.kind()).isEqualTo(Kind.ABSENT);
              assertThat(step.type()).isEqualTo("Recommended");
            });
    assertThat(WhyText.of(why, 3, TextReport.Style.PLAIN))
        .contains("Rests on absence: no Recommended stands at all")
        .contains("Refused, by rule: cost/several-cards ")
        .contains("fit/too-large ");
  }

  @Test
  void the_page_and_the_picture_need_nothing_beside_them_and_escape_what_somebody_wrote() {
    Why why =
        WhyQuestion.ask(
            ADVISOR,
            Home.requirement(
                "{\"id\": \"<script>alert(1)</script>\", \"budgetUsd\": 2400, \"models\": [{\"id\": \"qwen2.5-32b\"}]}"),
            "d-1",
            null);
    String page = WhyHtml.of(why, 2);
    assertThat(page)
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("<script")
        .doesNotContain("src=")
        .doesNotContain("<link");
    for (Statement statement : why.statements()) {
      assertThat(page).contains("id=\"s%d\"".formatted(statement.number()));
    }
    String picture = WhySvg.of(why, Integer.MAX_VALUE);
    assertThat(picture).startsWith("<svg ").doesNotContain("<script").doesNotContain("href");
  }

  @Test
  void the_same_question_has_the_same_answer_to_the_byte() {
    Why one = why("firm-70b", null);
    Why other = why("firm-70b", null);
    assertThat(WhyJson.of(one)).isEqualTo(WhyJson.of(other));
    assertThat(WhySvg.of(one, 9)).isEqualTo(WhySvg.of(other, 9));
  }
}
