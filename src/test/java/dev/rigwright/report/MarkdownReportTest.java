package dev.rigwright.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.domain.Outcome;
import dev.rigwright.engine.Decision;
import dev.rigwright.engine.Decision.Disagreement;
import dev.rigwright.engine.Decision.PartView;
import dev.rigwright.engine.Decision.Said;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MarkdownReportTest {

  private static final Pattern BAR = Pattern.compile("(?<!\\\\)\\|");

  static List<String> names() {
    return Answers.names();
  }

  private static List<String> rows(String markdown) {
    return markdown.lines().filter(line -> line.startsWith("|")).toList();
  }

  @ParameterizedTest
  @MethodSource("names")
  void the_table_has_a_row_for_each_part_and_every_row_the_same_columns(String name) {
    Decision decision = Answers.decision(name);
    List<String> rows = rows(Answers.markdown(name));
    if (decision.recommendation() == null) {
      assertThat(rows).isEmpty();
      return;
    }
    List<PartView> parts = decision.recommendation().parts();
    assertThat(rows).hasSize(parts.size() + 3);
    assertThat(rows).allMatch(row -> BAR.matcher(row).results().count() == 7);
    for (int i = 0; i < parts.size(); i++) {
      assertThat(rows.get(i + 2)).startsWith("| " + MarkdownReport.escaped(parts.get(i).name()));
    }
    assertThat(rows.get(rows.size() - 1))
        .contains("**" + Prose.number(decision.recommendation().totalUsd()) + "**");
  }

  @ParameterizedTest
  @MethodSource("names")
  void every_conflict_is_there_with_both_sides(String name) {
    String markdown = Answers.markdown(name);
    List<Disagreement> conflicts = Answers.decision(name).conflicts();
    assertThat(conflicts).isNotEmpty();
    for (Disagreement conflict : conflicts) {
      assertThat(markdown)
          .contains(MarkdownReport.escaped(conflict.guideSays()))
          .contains(MarkdownReport.escaped(conflict.figuresSay()))
          .contains(conflict.claims().get(0));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void every_warning_is_there_with_its_rule(String name) {
    String markdown = Answers.markdown(name);
    for (Said warning : Answers.decision(name).warnings()) {
      assertThat(markdown).contains("`" + warning.rule() + "`");
      if (!warning.subjects().isEmpty()) {
        assertThat(markdown).contains(MarkdownReport.escaped(warning.says()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void all_advice_is_there(String name) {
    String markdown = Answers.markdown(name);
    for (Said advice : Answers.decision(name).advice()) {
      for (String claim : advice.claims()) {
        assertThat(markdown).contains(claim.substring("guide#".length()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void it_begins_with_the_answer_or_with_what_was_asked(String name) {
    Decision decision = Answers.decision(name);
    String first = Answers.markdown(name).lines().findFirst().get();
    if (decision.verdict() == Outcome.INFEASIBLE) {
      assertThat(first).startsWith("# NOTHING FITS");
    } else {
      assertThat(first).isEqualTo("# " + MarkdownReport.escaped(title(decision)));
    }
  }

  private static String title(Decision decision) {
    return decision.title() == null ? decision.requirementId() : decision.title();
  }

  @Test
  void a_hostile_title_stays_one_heading_of_plain_text() {
    String markdown = Answers.markdown(Answers.HOSTILE);
    assertThat(markdown.replace("\n", "")).doesNotContainPattern("[\\p{Cntrl}\\u202e\\u2028]");
    assertThat(markdown.lines().findFirst().get())
        .isEqualTo(
            "# a\\|b \\| c \\| d \\| \\# \\`x\\` &lt;script&gt;alert(1)&lt;/script&gt;"
                + " \\*\\*bold\\*\\* \\_i\\_ \\[l\\](https\\://x.example) \\!\\[i\\](y)"
                + " \\[31mred2J evil &amp;lt;");
    assertThat(rows(markdown))
        .hasSize(Answers.decision(Answers.HOSTILE).recommendation().parts().size() + 3);
  }

  @Test
  void a_backslash_cannot_take_the_escape_away_from_what_follows() {
    assertThat(MarkdownReport.escaped("\\| \\<b>")).isEqualTo("\\\\\\| \\\\&lt;b&gt;");
  }
}
