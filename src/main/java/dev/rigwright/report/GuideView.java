package dev.rigwright.report;

import dev.rigwright.domain.Outcome;
import dev.rigwright.engine.Decision;
import dev.rigwright.engine.Decision.GuidePickView;
import dev.rigwright.engine.Decision.TierView;
import java.util.ArrayList;
import java.util.List;

/** What the guide itself would give for this budget, and whether it was taken. */
final class GuideView {

  private final Material material;
  private final Decision decision;

  private GuideView(Material material) {
    this.material = material;
    this.decision = material.decision();
  }

  static Section of(Material material) {
    return new Section("THE GUIDE", new GuideView(material).entries());
  }

  private List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    TierView tier = decision.tier();
    if (tier != null) {
      entries.add(Entry.of("Tier", tier(tier), References.claims(tier.claims())));
    }
    GuidePickView pick = decision.guidePick();
    if (pick == null) {
      entries.add(Entry.of("Its pick", "None for this need and budget."));
      return entries;
    }
    entries.add(Entry.of("Its pick", pick(pick), References.claims(pick.claims())));
    entries.add(judgement(pick));
    return entries;
  }

  private static String tier(TierView tier) {
    String place =
        switch (tier.bracket()) {
          case "within" -> "";
          case "below-all" -> "; the budget is below all of its brackets";
          case "no-budget" -> "; the lowest that by the guide runs this";
          case "above-all" -> "; the budget is above all of its brackets";
          default -> "; the budget is between this bracket and the next";
        };
    return tier.name() + ", " + Prose.range(tier.lowUsd(), tier.highUsd()) + " USD" + place + ".";
  }

  private String pick(GuidePickView pick) {
    StringBuilder text = new StringBuilder(Prose.cards(pick.gpus()));
    if (pick.ramGib() != null && pick.ramGib() > 0) {
      text.append(", with ").append(pick.ramGib()).append(" GB of RAM");
    }
    if (pick.psuWatts() != null && pick.psuWatts() > 0) {
      text.append(" and ").append(Prose.number(pick.psuWatts())).append(" W");
    }
    text.append(": ").append(Prose.usd(pick.totalUsd())).append(" at the prices we know");
    Long budget = material.requirement().budgetUsd();
    if (budget != null && pick.totalUsd() > budget) {
      text.append(", ").append(Prose.usd(pick.totalUsd() - budget)).append(" over the budget");
    }
    return text.append('.').toString();
  }

  private String sameAsPick() {
    return decision.verdict() == Outcome.KEEP ? ", and you have them" : ", and they are the pick";
  }

  private String better() {
    if (decision.recommendation() == null) {
      return "at the prices we know the whole is over the budget";
    }
    return decision.recommendation().label().equals("cheapest")
        ? "the pick costs less"
        : "the pick gives more for the money";
  }

  private Entry judgement(GuidePickView pick) {
    if (pick.accepted()) {
      boolean same =
          decision.recommendation() != null
              && Material.subjects(pick.gpus())
                  .equals(Material.subjects(decision.recommendation().gpus()));
      return Entry.of(
          "Accepted",
          "Nothing speaks against its cards" + (same ? sameAsPick() : "; " + better()) + ".");
    }
    Entry against = Refusals.againstTheGuide(material);
    String label = material.toTheLetter() ? "Figures" : "Not taken";
    return Entry.of(label, Prose.sentence(against.text()), against.references())
        .about(against.about());
  }
}
