package dev.rigwright.report;

import dev.rigwright.audit.WhyNot;
import dev.rigwright.audit.WhyNot.Against;
import dev.rigwright.audit.WhyNot.Attempt;
import dev.rigwright.audit.WhyNot.Comparison;
import dev.rigwright.audit.WhyNot.State;
import dev.rigwright.domain.Label;
import dev.rigwright.report.Page.Look;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;

/** Why a card was not picked, as a person reads it. */
public final class WhyNotText {

  private static final double GIB = 0x1p30;

  private final WhyNot whyNot;
  private final Page page;

  private WhyNotText(WhyNot whyNot, TextReport.Style style) {
    this.whyNot = whyNot;
    this.page = new Page(style.width(), style.colour());
  }

  /** The text. */
  public static String of(WhyNot whyNot, TextReport.Style style) {
    return new WhyNotText(whyNot, style).text();
  }

  private String text() {
    boolean picked = whyNot.attempts().stream().anyMatch(one -> one.state() == State.PICKED);
    page.paragraph(
        "",
        "  ",
        "%s in %s: %s"
            .formatted(
                whyNot.name(), whyNot.decisionId(), picked ? "it was picked" : "it was not picked"),
        Look.BOLD);
    page.paragraph(
        "",
        "  ",
        whyNot.winner().isEmpty()
            ? "Nothing was: the decision ends " + whyNot.verdict().word() + "."
            : "The decision ends %s: %s at %s."
                .formatted(
                    whyNot.verdict().word(),
                    Prose.cards(whyNot.winner()),
                    Prose.usd(whyNot.winnerUsd())),
        Look.PLAIN);
    whyNot.notes().forEach(note -> page.paragraph("", "  ", note, Look.PLAIN));
    List<Attempt> attempts = whyNot.attempts();
    for (int i = 0; i < attempts.size(); ) {
      Attempt first = attempts.get(i);
      StringJoiner names = new StringJoiner(", ");
      for (; i < attempts.size() && alike(first, attempts.get(i)); i++) {
        names.add(attempts.get(i).candidate());
      }
      page.blank();
      attempt(names.toString(), first);
    }
    return page.toString();
  }

  /**
   * Whether all the same is to be told of two: new cards and used ones, which are refused alike.
   */
  private static boolean alike(Attempt one, Attempt other) {
    return one == other
        || one.comparisons().isEmpty()
            && other.comparisons().isEmpty()
            && one.state() == other.state()
            && one.forced() == other.forced()
            && Objects.equals(one.totalUsd(), other.totalUsd())
            && one.against().equals(other.against());
  }

  private void attempt(String names, Attempt attempt) {
    page.paragraph(
        "",
        "  ",
        names
            + ": "
            + state(attempt)
            + (attempt.totalUsd() == null ? "" : ", " + Prose.usd(attempt.totalUsd()) + " in all")
            + (attempt.forced() && attempt.state() != State.NOT_SOLD
                ? "; left out of the decision as one that cannot matter, and looked at now"
                : ""),
        Look.BOLD);
    for (Against against : attempt.against()) {
      page.grounded(
          "  - ",
          Look.PLAIN,
          "    ",
          Prose.sentence(against.says().isEmpty() ? against.because() : against.says()),
          List.of(against.rule()));
      String place = "%s:%d".formatted(against.file(), against.line());
      String because = against.says().isEmpty() ? "" : Prose.sentence(against.because()) + " ";
      page.paragraph("    ", "    ", because + place, Look.DIM);
    }
    for (Comparison comparison : attempt.comparisons()) {
      page.paragraph("  - ", "    ", comparison(attempt.candidate(), comparison), Look.PLAIN);
    }
  }

  /** How far so many of it came, in words. */
  public static String state(Attempt attempt) {
    return switch (attempt.state()) {
      case PICKED -> "picked";
      case LOST ->
          attempt.comparisons().stream().anyMatch(Comparison::decides)
              ? "nothing is said against it, and another one is better"
              : "nothing is said against it, and no score decides here";
      case SET_BACK -> "nothing is said against it, and others go before it";
      case REJECTED -> "the whole machine was refused";
      case NO_MACHINE ->
          "nothing is said against the cards, and no machine could be put together around them";
      case EXCLUDED -> "the cards were refused";
      case NOT_SOLD ->
          attempt.against().isEmpty()
              ? "not for sale; nothing else would be said against it"
              : "not for sale; were it there, this would be said of it";
    };
  }

  /** Two scores in words, with the unit of their label. */
  public static String comparison(String candidate, Comparison comparison) {
    String name = comparison.label().word() + (comparison.decides() ? ", which decides" : "");
    if (comparison.won(candidate)) {
      return "%s: %s, the best of all"
          .formatted(name, value(comparison.label(), comparison.value(), comparison.totalUsd()));
    }
    String own = value(comparison.label(), comparison.value(), comparison.totalUsd());
    String best = value(comparison.label(), comparison.winnerValue(), comparison.winnerUsd());
    if (own.equals(best) && comparison.value() != comparison.winnerValue()) {
      // They differ behind the last digit that is shown.
      own = Double.toString(comparison.value());
      best = Double.toString(comparison.winnerValue());
    }
    return "%s: %s, against %s of %s%s"
        .formatted(
            name,
            own,
            best,
            comparison.winner(),
            comparison.value() == comparison.winnerValue()
                ? "; equal scores are settled by the lower total, %s against %s"
                    .formatted(Prose.usd(comparison.totalUsd()), Prose.usd(comparison.winnerUsd()))
                : "");
  }

  private static String value(Label label, double value, long totalUsd) {
    return switch (label) {
      case BEST_VALUE -> Prose.decimal(value) + " tokens a second for each 1,000 USD";
      case CHEAPEST -> Prose.usd(totalUsd);
      case FASTEST -> Prose.decimal(value) + " tokens a second";
      case ROOMIEST -> Prose.gib(value / GIB) + " left";
      case GUIDE -> Prose.decimal(value);
    };
  }
}
