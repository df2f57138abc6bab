package dev.rigwright.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rigwright.domain.Condition;
import dev.rigwright.domain.Origin;
import dev.rigwright.domain.Outcome;
import dev.rigwright.domain.Policy;
import dev.rigwright.domain.Severity;
import dev.rigwright.engine.Decision;
import dev.rigwright.engine.Decision.Disagreement;
import dev.rigwright.engine.Decision.Each;
import dev.rigwright.engine.Decision.Excluded;
import dev.rigwright.engine.Decision.GuidePickView;
import dev.rigwright.engine.Decision.PartView;
import dev.rigwright.engine.Decision.Recommendation;
import dev.rigwright.engine.Decision.Relaxation;
import dev.rigwright.engine.Decision.Said;
import dev.rigwright.report.TextReport.Style;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TextReportTest {

  private static final Style COLOURED = new Style(true, true, 80);
  private static final String ESCAPES = "\u001b\\[[0-9;]*m";

  static List<String> names() {
    return Answers.names();
  }

  // ---- what is said

  @Test
  void the_answer_comes_before_its_reasons_and_the_reasons_before_the_small_print() {
    Decision decision = Answers.decision(Answers.RECOMMENDED);
    assertThat(Answers.text(Answers.RECOMMENDED))
        .containsSubsequence(
            "A writer, offline",
            "2,400 USD · 1 person · chat",
            "Qwen2.5 32B at q4_k_m; 8,192 tokens of context",
            "\nBUY\n",
            "  " + Prose.cards(decision.recommendation().gpus()),
            "total  " + Prose.usd(decision.recommendation().totalUsd()) + "\n",
            " USD at the prices we know; the oldest is from "
                + decision.recommendation().oldestPriceAsOf(),
            "\n  Memory  [",
            "\n  Speed   ",
            "\n  Power   ",
            "\nWHY\n",
            "\nWATCH\n",
            "\nNOT THESE\n",
            "\nALTERNATIVES\n",
            "\nTHE GUIDE\n",
            "\nTHE GUIDE AND THE FIGURES\n",
            "\nGUIDE SAYS\n",
            "\nAssumed: ",
            "\nNext: ",
            "\nDecision " + decision.decisionId());
  }

  @ParameterizedTest
  @MethodSource("names")
  void every_part_stands_in_the_list_with_what_it_costs(String name) {
    Recommendation pick = Answers.decision(name).recommendation();
    if (pick == null) {
      return;
    }
    String text = Answers.flat(Answers.text(name, new Style(false, false, 200)));
    for (PartView part : pick.parts()) {
      assertThat(text).contains(part.name());
      if (part.origin() == Origin.BUY) {
        assertThat(text)
            .contains(Prose.range(part.lowUsd(), part.highUsd()))
            .contains(Prose.usd(part.priceUsd()));
      }
    }
    assertThat(text).contains("total " + Prose.usd(pick.totalUsd()));
  }

  @ParameterizedTest
  @MethodSource("names")
  void the_lines_of_the_parts_list_add_up_to_the_total(String name) {
    Recommendation pick = Answers.decision(name).recommendation();
    if (pick != null) {
      assertThat(pick.parts()).isNotEmpty();
      assertThat(pick.parts().stream().mapToLong(PartView::priceUsd).sum())
          .isEqualTo(pick.totalUsd());
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void every_warning_is_there_with_its_rule(String name) {
    String watch = Answers.section(Answers.text(name), "WATCH");
    for (Said warning : Answers.decision(name).warnings()) {
      assertThat(watch).contains(warning.rule());
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void what_is_grave_is_there_word_for_word_and_before_the_notes(String name) {
    Decision decision = Answers.decision(name);
    String watch = Answers.section(Answers.text(name), "WATCH");
    for (Said warning : decision.warnings()) {
      if (warning.severity() != Severity.NOTE && !warning.subjects().isEmpty()) {
        assertThat(Answers.flat(watch)).contains(warning.says());
      }
    }
    if (watch.contains("  ! ") && watch.contains("  - ")) {
      assertThat(watch.lastIndexOf("  ! ")).isLessThan(watch.indexOf("  - "));
    }
  }

  @Test
  void why_names_the_rules_of_the_pick_with_their_reasons_and_statements_of_the_guide() {
    Recommendation pick = Answers.decision(Answers.RECOMMENDED).recommendation();
    String why = Answers.flat(Answers.section(Answers.text(Answers.RECOMMENDED), "WHY"));
    assertThat(pick.because()).isNotEmpty();
    for (String rule : pick.because()) {
      String reason = Answers.advisor().rulebook().rule(rule).because();
      assertThat(why).contains(rule).contains(reason.substring(1));
    }
    assertThat(why)
        .contains(Answers.advisor().rulebook().rule(pick.because().get(0)).sources().get(0));
  }

  @Test
  void why_says_how_much_memory_and_what_supply_the_machine_needs() {
    String why = Answers.section(Answers.text(Answers.RECOMMENDED), "WHY");
    assertThat(why)
        .containsPattern("(?m)^  RAM +\\d+ GB at least: ")
        .containsPattern("(?m)^  Supply +\\d+ W at least: ")
        .containsPattern("(?m)^  Drive +\\d+ GB at least: ");
  }

  @Test
  void the_guides_own_pick_comes_first_of_those_that_it_is_not_with_its_own_numbers() {
    Decision decision = Answers.decision(Answers.RECOMMENDED);
    assertThat(decision.guidePick().accepted()).isFalse();
    String first =
        Answers.section(Answers.text(Answers.RECOMMENDED), "NOT THESE").lines().findFirst().get();
    assertThat(first)
        .contains(Prose.cards(decision.guidePick().gpus()) + ", the guide's own pick")
        .containsPattern("needs \\d+\\.\\d GiB, has \\d+\\.\\d\\.");
  }

  @ParameterizedTest
  @MethodSource("names")
  void nothing_that_is_recommended_stands_among_those_that_it_is_not(String name) {
    Decision decision = Answers.decision(name);
    if (decision.recommendation() == null) {
      return;
    }
    List<String> refused =
        Answers.section(Answers.text(name), "NOT THESE")
            .lines()
            .filter(line -> !line.contains("the guide's own pick"))
            .toList();
    String card = decision.recommendation().gpus().get(0).name();
    int count = decision.recommendation().gpus().get(0).count();
    assertThat(refused).noneMatch(line -> line.startsWith("  " + Prose.times(count) + card + ":"));
  }

  @Test
  void a_card_that_is_right_used_and_too_dear_new_is_not_refused() {
    Decision d = Answers.decision(Answers.RECOMMENDED);
    String subject = Material.subjects(d.recommendation().gpus()).get(0);
    Excluded dear =
        new Excluded(
            "budget/over",
            Severity.IMPORTANT,
            List.of(subject),
            "Costs 9,999 USD",
            "",
            List.of(),
            List.of(new Each(subject, null, "Costs 9,999 USD")));
    Decision both =
        new Decision(
            d.decisionId(),
            d.requirementId(),
            d.title(),
            d.asOf(),
            d.policy(),
            d.rulebook(),
            d.facts(),
            d.overlaid(),
            d.verdict(),
            d.tier(),
            d.guidePick(),
            d.recommendation(),
            d.alternatives(),
            d.warnings(),
            List.of(dear),
            d.conflicts(),
            d.relaxations(),
            d.advice(),
            d.assumptions(),
            d.requirement(),
            d.proof(),
            null);
    String text =
        TextReport.of(both, Answers.advisor().facts(), Answers.advisor().rulebook(), Style.PLAIN);
    assertThat(text).contains("\nBUY\n").doesNotContain("9,999");
  }

  @Test
  void an_owned_card_that_does_not_do_stands_among_those_that_it_is_not() {
    List<String> rules =
        Answers.decision(Answers.SMALL_SUPPLY).exclusions().stream()
            .filter(excluded -> excluded.subjects().contains("gtx-1080-ti"))
            .map(Excluded::rule)
            .toList();
    assertThat(rules).isNotEmpty();
    assertThat(Answers.section(Answers.text(Answers.SMALL_SUPPLY), "NOT THESE"))
        .contains("\n  GTX 1080 Ti 11 GB: ")
        .contains(rules);
  }

  @Test
  void an_alternative_that_is_the_pick_is_not_told_again() {
    Decision decision = Answers.decision(Answers.KEEP);
    assertThat(decision.alternatives()).isNotEmpty();
    assertThat(Answers.flat(Answers.section(Answers.text(Answers.KEEP), "ALTERNATIVES")))
        .startsWith(" The pick is also the cheapest")
        .doesNotContain(decision.recommendation().gpus().get(0).name());
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_cheaper_alternative_says_how_much_less_it_costs(String name) {
    Decision decision = Answers.decision(name);
    if (decision.recommendation() == null) {
      return;
    }
    long total = decision.recommendation().totalUsd();
    String alternatives = Answers.flat(Answers.section(Answers.text(name), "ALTERNATIVES"));
    for (Recommendation other : decision.alternatives()) {
      if (other.totalUsd() < total) {
        assertThat(alternatives)
            .contains(
                Prose.cards(other.gpus())
                    + ": "
                    + Prose.usd(other.totalUsd())
                    + " ("
                    + Prose.number(total - other.totalUsd())
                    + " less)");
      }
    }
  }

  @Test
  void contradictions_come_before_inconsistencies_and_the_budgets_own_first() {
    String disputes =
        Answers.section(Answers.text(Answers.RECOMMENDED), "THE GUIDE AND THE FIGURES");
    assertThat(disputes).contains("  Guide    ").contains("  Figures  ");
    assertThat(disputes.lines().findFirst().get()).contains("prosumer machine");
    int inconsistent = disputes.indexOf("claims/inconsistent");
    assertThat(inconsistent == -1 || disputes.lastIndexOf("claims/contradicted") < inconsistent)
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("names")
  void what_is_cut_from_a_screen_is_said_to_be_cut(String name) {
    Decision decision = Answers.decision(name);
    String disputes = Answers.section(Answers.text(name), "THE GUIDE AND THE FIGURES");
    long shown = disputes.lines().filter(line -> line.startsWith("  Guide  ")).count();
    if (decision.policy() != Policy.GUIDE && decision.conflicts().size() > shown) {
      List<String> claims =
          decision.conflicts().stream().map(conflict -> conflict.claims().get(0)).toList();
      boolean allNamed =
          claims.stream().allMatch(claim -> disputes.contains(claim.substring("guide#".length())));
      assertThat(allNamed || disputes.contains(" more: rigwright advise FILE --format markdown"))
          .isTrue();
    }
  }

  @Test
  void buying_advice_is_for_goods_of_the_condition_that_is_bought() {
    assertThat(Answers.decision(Answers.RECOMMENDED).recommendation().gpus().get(0).condition())
        .isEqualTo(Condition.USED);
    assertThat(Answers.section(Answers.text(Answers.RECOMMENDED), "GUIDE SAYS"))
        .contains("(G103)")
        .doesNotContain("(G100)");
    assertThat(Answers.decision(Answers.GUIDE).recommendation().gpus().get(0).condition())
        .isEqualTo(Condition.NEW);
    assertThat(Answers.section(Answers.text(Answers.GUIDE), "GUIDE SAYS"))
        .contains("(G100)")
        .doesNotContain("(G103)");
  }

  @ParameterizedTest
  @MethodSource("names")
  void what_was_assumed_is_named_in_words(String name) {
    Decision decision = Answers.decision(name);
    String assumed = Answers.flat(Answers.text(name)).replaceAll(".* Assumed: | Next: .*", "");
    assertThat(assumed.split("; ").length).isGreaterThanOrEqualTo(decision.assumptions().size());
    assertThat(assumed).doesNotContain("Usd").doesNotContain("contextTokens").doesNotContain("[");
  }

  @ParameterizedTest
  @MethodSource("names")
  void only_commands_that_exist_are_named(String name) {
    Answers.flat(Answers.text(name))
        .transform(text -> List.of(text.split("rigwright ", -1)))
        .stream()
        .skip(1)
        .forEach(
            after ->
                assertThat(after)
                    .matches("advise FILE --(format (json|markdown)|policy (guide|checked))\\b.*"));
  }

  // ---- the kinds of answer

  @ParameterizedTest
  @MethodSource("names")
  void where_nothing_fits_the_first_line_says_so_and_the_second_what_is_nearest(String name) {
    Decision decision = Answers.decision(name);
    List<String> lines = Answers.text(name).lines().toList();
    if (decision.verdict() == Outcome.INFEASIBLE) {
      assertThat(lines.get(0)).startsWith("NOTHING FITS");
      assertThat(lines.get(1)).startsWith("Nearest: ");
    } else {
      assertThat(lines).noneMatch(line -> line.contains("NOTHING FITS"));
    }
  }

  @Test
  void where_nothing_fits_each_change_is_told_with_what_it_would_buy() {
    Decision decision = Answers.decision(Answers.SMALL_SUPPLY);
    assertThat(decision.verdict()).isEqualTo(Outcome.INFEASIBLE);
    assertThat(decision.relaxations()).isNotEmpty();
    String text = Answers.text(Answers.SMALL_SUPPLY);
    String changes =
        Answers.flat(Answers.section(text, "SMALLEST CHANGES: ANY ONE OF THEM IS ENOUGH"));
    for (Relaxation change : decision.relaxations()) {
      assertThat(changes)
          .contains(
              Changes.value(change.to())
                  + " instead of "
                  + Changes.value(change.from())
                  + ": buys "
                  + Prose.cards(change.gpus())
                  + ", "
                  + Prose.usd(change.totalUsd())
                  + " in all");
    }
    Recommendation nearest = decision.alternatives().get(0);
    assertThat(text.lines().skip(1).findFirst().get())
        .contains(Prose.cards(nearest.gpus()))
        .contains(Prose.usd(nearest.totalUsd()));
  }

  @Test
  void where_nothing_fits_nothing_is_to_be_bought() {
    Decision decision = Answers.decision(Answers.INFEASIBLE);
    long over = decision.alternatives().get(0).totalUsd() - decision.requirement().budgetUsd();
    String text = Answers.text(Answers.INFEASIBLE);
    assertThat(text)
        .doesNotContain("\nBUY")
        .doesNotContain("\nWHY\n")
        .doesNotContain("\nALTERNATIVES\n")
        .contains("\nNEAREST: ");
    assertThat(Answers.flat(text)).contains(Prose.usd(over) + " over the budget");
  }

  @Test
  void what_is_kept_costs_nothing_and_is_marked_as_owned() {
    assertThat(Answers.decision(Answers.KEEP).verdict()).isEqualTo(Outcome.KEEP);
    assertThat(Answers.text(Answers.KEEP))
        .contains("\nKEEP WHAT YOU HAVE\n  It meets the need. Nothing to buy: 0 USD.\n")
        .containsPattern("(?m)^  RTX 3090 24 GB +owned$")
        .containsPattern("total  0 USD\n")
        .contains(Reasons.KEEP)
        .doesNotContain("\nBUY");
  }

  @Test
  void an_upgrade_shows_what_stays_beside_what_is_bought() {
    Decision decision = Answers.decision(Answers.UPGRADE);
    assertThat(decision.verdict()).isEqualTo(Outcome.RECOMMENDED);
    assertThat(Answers.text(Answers.UPGRADE))
        .contains("· an upgrade\n")
        .contains("Owned: GTX 1080 Ti 11 GB, power supply of 450 W, 64 GB of RAM")
        .containsPattern("(?m)^  Your 64 GB of RAM +owned")
        .containsPattern("(?m)^  \\d+ W 80\\+ .* power supply .* USD  [a-z]+/[a-z-]+$")
        .contains("  ! Your 450 W power supply has to go");
  }

  @Test
  void the_guide_to_the_letter_says_so_and_what_the_figures_would_pick() {
    Decision decision = Answers.decision(Answers.GUIDE);
    Recommendation figures =
        decision.alternatives().stream()
            .filter(other -> other.label().equals("best-value"))
            .findFirst()
            .orElseThrow();
    String text = Answers.text(Answers.GUIDE);
    assertThat(text).contains("\nBUY, BY THE GUIDE TO THE LETTER\n");
    assertThat(Answers.flat(text))
        .contains(
            "The figures would pick "
                + Prose.cards(figures.gpus())
                + ", for "
                + Prose.usd(figures.totalUsd())
                + ".");
    assertThat(Answers.section(text, "ALTERNATIVES"))
        .startsWith("  Best value ")
        .contains(Prose.cards(figures.gpus()));
    assertThat(text).contains("--policy checked").doesNotContain("--policy guide");
  }

  @Test
  void the_guide_to_the_letter_has_its_disputes_among_the_warnings_both_sides() {
    String text = Answers.text(Answers.GUIDE);
    String watch = Answers.flat(Answers.section(text, "WATCH"));
    Disagreement dispute =
        Answers.decision(Answers.GUIDE).conflicts().stream()
            .filter(conflict -> conflict.claims().get(0).equals("guide#G024"))
            .findFirst()
            .orElseThrow();
    assertThat(watch)
        .contains("The guide: " + dispute.guideSays())
        .contains("The figures: " + dispute.figuresSay());
    assertThat(text).doesNotContain("\nTHE GUIDE AND THE FIGURES\n");
  }

  @Test
  void a_machine_that_does_not_hold_the_model_is_shown_too_small() {
    assertThat(Answers.text(Answers.GUIDE))
        .containsPattern("Memory  \\[#+!+]  \\d+\\.\\d of \\d+\\.\\d GiB\n")
        .contains("would run from system memory, slowly")
        .doesNotContain("Fits, ")
        .doesNotContainPattern("Speed +Not known");
  }

  @Test
  void what_the_guide_would_give_is_judged_in_its_own_numbers() {
    GuidePickView guide = Answers.decision(Answers.RECOMMENDED).guidePick();
    assertThat(Answers.flat(Answers.section(Answers.text(Answers.RECOMMENDED), "THE GUIDE")))
        .contains("Its pick " + Prose.cards(guide.gpus()))
        .contains(Prose.usd(guide.totalUsd()) + " at the prices we know")
        .containsPattern("Not taken Needs \\d+\\.\\d GiB, has \\d+\\.\\d\\.")
        .contains(guide.because().get(0));
    assertThat(Answers.decision(Answers.KEEP).guidePick().accepted()).isTrue();
    assertThat(Answers.section(Answers.text(Answers.KEEP), "THE GUIDE"))
        .contains("Accepted  Nothing speaks against its cards, and you have them.");
  }

  @Test
  void cards_alone_are_said_to_be_alone() {
    assertThat(Answers.decision(Answers.CARDS_ONLY).recommendation().parts()).hasSize(1);
    assertThat(Answers.text(Answers.CARDS_ONLY)).contains("· cards only\n");
    assertThat(Answers.flat(Answers.text(Answers.CARDS_ONLY)))
        .contains("W at the wall under full load, the rest of the machine included");
  }

  @Test
  void two_people_hear_of_one_and_of_both() {
    assertThat(Answers.text(Answers.TWO_PEOPLE))
        .contains("2 people · chat, coding")
        .contains("8,192 tokens of context each");
    assertThat(Answers.flat(Answers.text(Answers.TWO_PEOPLE)))
        .containsPattern("for one alone, \\d+ for both together");
  }

  @Test
  void who_named_no_model_is_told_which_one_was_taken() {
    assertThat(Answers.text(Answers.NO_MODEL))
        .contains("No model was named; the largest of the usual sizes that can be had.\n");
  }

  @Test
  void models_that_share_the_card_are_all_named() {
    assertThat(Answers.flat(Answers.text(Answers.VOICE)))
        .contains("Qwen2.5 14B at q4_k_m, Whisper medium (stt), Kokoro 82M (tts)");
  }

  // ---- how it looks

  @ParameterizedTest
  @MethodSource("names")
  void no_line_is_wider_than_the_screen_or_ends_in_a_space(String name) {
    for (Style style : List.of(Style.PLAIN, COLOURED, new Style(false, true, 72))) {
      Answers.text(name, style)
          .replaceAll(ESCAPES, "")
          .lines()
          .forEach(
              line -> {
                assertThat(line).doesNotEndWith(" ");
                if (line.strip().contains(" ")) {
                  assertThat(Page.length(line)).as(line).isLessThanOrEqualTo(style.width());
                }
              });
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void colour_changes_nothing_but_colour(String name) {
    String plain = Answers.text(name, new Style(false, true, 80));
    String coloured = Answers.text(name, COLOURED);
    assertThat(plain).doesNotContain("\u001b");
    assertThat(coloured).contains("\u001b[");
    assertThat(coloured.replaceAll(ESCAPES, "").replaceAll("(?m) +$", "")).isEqualTo(plain);
  }

  @Test
  void bars_are_ascii_unless_the_terminal_has_more() {
    assertThat(Answers.text(Answers.RECOMMENDED)).containsPattern("\\[#+=+-+\\.+]");
    assertThat(Answers.text(Answers.RECOMMENDED, COLOURED)).containsPattern("\\[█+▓+▒+░+]");
  }

  @Test
  void the_same_decision_gives_the_same_text_whatever_the_language_of_the_system() {
    Locale before = Locale.getDefault();
    String here = Answers.text(Answers.RECOMMENDED);
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(Answers.text(Answers.RECOMMENDED)).isEqualTo(here);
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      assertThat(Answers.text(Answers.RECOMMENDED)).isEqualTo(here);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void a_hostile_title_can_neither_steer_the_terminal_nor_break_the_line() {
    String text = Answers.text(Answers.HOSTILE);
    assertThat(text.replace("\n", "")).doesNotContainPattern("[\\p{Cntrl}\\u202e\\u2028]");
    assertThat(text.lines().findFirst().get()).startsWith("a|b | c | d | # `x` <script>");
    assertThat(text).contains("[31mred").contains("\nBUY\n");
  }

  @Test
  void a_screen_too_narrow_for_a_parts_list_is_refused() {
    assertThatThrownBy(() -> new Style(false, false, 40))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(40)")
        .hasMessageContaining("72");
  }
}
