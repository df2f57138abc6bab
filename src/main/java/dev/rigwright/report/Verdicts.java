package dev.rigwright.report;

import dev.rigwright.domain.Fit;
import dev.rigwright.domain.Outcome;
import dev.rigwright.engine.Decision;
import dev.rigwright.engine.Decision.Recommendation;
import dev.rigwright.engine.Decision.Relaxation;
import dev.rigwright.report.Answer.Tone;
import java.util.List;

/** The answer in a line, and what follows from it at once in the next. */
final class Verdicts {

  private final Material material;
  private final Decision decision;

  Verdicts(Material material) {
    this.material = material;
    this.decision = material.decision();
  }

  Tone tone() {
    if (decision.verdict() == Outcome.INFEASIBLE) {
      return Tone.BAD;
    }
    return material.toTheLetter() && !figuresAgree() ? Tone.MIXED : Tone.GOOD;
  }

  String headline() {
    return switch (decision.verdict()) {
      case INFEASIBLE -> "NOTHING FITS: " + reason();
      case KEEP -> "KEEP WHAT YOU HAVE";
      case RECOMMENDED -> material.toTheLetter() ? "BUY, BY THE GUIDE TO THE LETTER" : "BUY";
    };
  }

  private String reason() {
    Long budget = material.requirement().budgetUsd();
    if (material.toTheLetter()) {
      return budget == null
          ? "the guide has nothing for this."
          : "the guide has nothing for " + Prose.usd(budget) + ".";
    }
    return budget == null
        ? "nothing that we know meets this need."
        : "nothing that we know meets this need for " + Prose.usd(budget) + ".";
  }

  List<String> lead() {
    return switch (decision.verdict()) {
      case INFEASIBLE -> List.of("Nearest: " + nearest());
      case KEEP -> List.of("It meets the need. Nothing to buy: 0 USD.");
      case RECOMMENDED -> material.toTheLetter() ? List.of(letter()) : List.of();
    };
  }

  private String nearest() {
    Long budget = material.requirement().budgetUsd();
    Recommendation cheapest = material.alternative("cheapest");
    if (cheapest != null) {
      String over =
          budget == null || cheapest.totalUsd() <= budget
              ? ""
              : ", " + Prose.usd(cheapest.totalUsd() - budget) + " over the budget";
      return Prose.cards(cheapest.gpus())
          + ", for "
          + Prose.usd(cheapest.totalUsd())
          + " in all"
          + over
          + ".";
    }
    if (!decision.relaxations().isEmpty()) {
      Relaxation first = decision.relaxations().get(0);
      return "with "
          + Changes.field(first)
          + " "
          + Changes.value(first.to())
          + " instead of "
          + Changes.value(first.from())
          + ", "
          + Changes.bought(first)
          + ".";
    }
    return "nothing; no single change that we tried brings an answer.";
  }

  /** What a buyer who wants the guide to the letter has to know first. */
  private String letter() {
    Recommendation figures = material.alternative("best-value");
    String would =
        figures == null
            ? " By the figures nothing that we know meets this need within the budget."
            : " The figures would pick "
                + Prose.cards(figures.gpus())
                + ", for "
                + Prose.usd(figures.totalUsd())
                + ".";
    if (figuresAgree()) {
      return "Its cards hold what you want to run; what the figures dispute is under WATCH."
          + would;
    }
    Fit fit = fit();
    String against =
        fit == Fit.OFFLOAD || fit == Fit.NO
            ? "The figures say that it does not hold what you want to run: see WATCH."
            : "The figures speak against it: see WATCH.";
    return against + would;
  }

  private Fit fit() {
    Recommendation pick = decision.recommendation();
    return pick == null || pick.memory() == null ? null : pick.memory().verdict();
  }

  private boolean figuresAgree() {
    return decision.guidePick() != null && decision.guidePick().accepted();
  }
}
