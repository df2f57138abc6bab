package dev.rigwright.report;

import dev.rigwright.engine.Decision;
import dev.rigwright.engine.Decision.Recommendation;
import dev.rigwright.facts.Facts;
import dev.rigwright.report.Material.Extent;
import dev.rigwright.rulebook.Rulebook;
import java.util.ArrayList;
import java.util.List;

/** Puts a report together: what is said and in which order. How it looks is not decided here. */
public final class Composer {

  private Composer() {}

  /** What is said of a decision, in the order in which it is said. */
  public static Answer answer(Decision decision, Facts facts, Rulebook rulebook, Extent extent) {
    Material material = new Material(decision, facts, rulebook, extent);
    Verdicts verdicts = new Verdicts(material);
    Wish wish = new Wish(material);
    Recommendation pick = decision.recommendation();
    Figures figures = pick == null ? null : new Figures(material, pick);
    return new Answer(
        verdicts.tone(),
        verdicts.headline(),
        verdicts.lead(),
        wish.title(),
        wish.inShort(),
        wish.need(),
        pick == null ? null : Purchases.of(material, pick),
        figures == null ? null : figures.memory(),
        figures == null ? List.of() : figures.entries(),
        sections(material),
        Assumed.of(material),
        Overlaid.of(material),
        next(material),
        identity(decision));
  }

  private static List<Section> sections(Material material) {
    List<Section> sections = new ArrayList<>();
    sections.add(Changes.of(material));
    sections.add(Nearest.of(material));
    sections.add(Reasons.of(material));
    sections.add(Warnings.of(material));
    sections.add(Refusals.of(material));
    sections.add(Alternatives.of(material));
    sections.add(GuideView.of(material));
    sections.add(Disputes.of(material));
    sections.add(Counsel.of(material));
    return sections;
  }

  private static List<Entry> next(Material material) {
    return List.of(
        Entry.of("rigwright advise FILE --format json", "every source"),
        Entry.of("rigwright advise FILE --format markdown", "every dispute"),
        material.toTheLetter()
            ? Entry.of("rigwright advise FILE --policy checked", "the figures first")
            : Entry.of("rigwright advise FILE --policy guide", "to the letter"));
  }

  private static String identity(Decision decision) {
    return "Decision "
        + decision.decisionId()
        + " on "
        + decision.asOf()
        + ", policy "
        + decision.policy().word();
  }
}
