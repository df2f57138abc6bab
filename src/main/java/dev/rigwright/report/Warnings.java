package dev.rigwright.report;

import dev.rigwright.domain.Severity;
import dev.rigwright.engine.Decision.Disagreement;
import dev.rigwright.engine.Decision.Said;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to watch: every warning, what matters most first, and of those alike what is about this
 * machine before what is about the guide. A text that two rules say stands once, with both. Where
 * the guide is followed to the letter, its disagreements with the figures are warnings, both sides.
 */
final class Warnings {

  private final Material material;
  private final Nearness nearness;
  private final List<Disagreement> shown;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private References disputed = References.NONE;
  private References distant = References.NONE;

  private Warnings(Material material) {
    this.material = material;
    this.nearness = new Nearness(material);
    this.shown = material.toTheLetter() ? new Disputes(material).shown() : List.of();
  }

  static Section of(Material material) {
    Warnings warnings = new Warnings(material);
    for (Severity severity : Severity.values()) {
      warnings.add(severity, false);
      warnings.add(severity, true);
    }
    warnings.addRest();
    return new Section("WATCH", List.copyOf(warnings.entries.values()));
  }

  private void add(Severity severity, boolean ofTheGuide) {
    for (Said warning : material.decision().warnings()) {
      if (warning.severity() == severity && isOfTheGuide(warning) == ofTheGuide) {
        add(warning);
      }
    }
  }

  private static boolean isOfTheGuide(Said warning) {
    return warning.subjects().isEmpty();
  }

  private void add(Said warning) {
    Disagreement dispute = dispute(warning);
    if (isDistant(warning)) {
      distant = distant.and(References.rule(warning.rule(), warning.claims()));
    } else if (dispute == null) {
      add(warning.severity(), text(warning), References.rule(warning.rule(), warning.claims()));
    } else if (shown.contains(dispute)) {
      add(
          warning.severity(),
          "The guide: "
              + Prose.sentence(dispute.guideSays())
              + " The figures: "
              + Prose.sentence(dispute.figuresSay()),
          References.all(
              warning.rule(),
              dispute.claims(),
              material.onScreen() ? List.of() : dispute.sources()));
    } else {
      disputed = disputed.and(References.rule(warning.rule(), warning.claims()));
    }
  }

  private void add(Severity severity, String text, References references) {
    Entry.Mark mark = severity == Severity.NOTE ? Entry.Mark.NOTE : Entry.Mark.ALARM;
    entries.merge(
        text,
        new Entry(mark, "", text, references, null),
        (first, second) ->
            new Entry(first.mark(), "", text, first.references().and(second.references()), null));
  }

  /** What a screen has no room for is named at least. */
  private void addRest() {
    if (!disputed.rules().isEmpty()) {
      add(
          Severity.NOTE,
          "More statements that the figures speak against: "
              + "rigwright advise FILE --format markdown has both sides.",
          disputed);
    }
    if (!distant.rules().isEmpty()) {
      add(
          Severity.NOTE,
          "Notes on cards and goods that are not picked: "
              + "rigwright advise FILE --format markdown has them.",
          distant);
    }
  }

  /** A note on what the guide says of something that this buyer neither wants nor gets. */
  private boolean isDistant(Said warning) {
    return material.onScreen()
        && warning.severity() == Severity.NOTE
        && isOfTheGuide(warning)
        && dispute(warning) == null
        && warning.claims().stream().noneMatch(nearness::isNear);
  }

  /**
   * With the reason, where it is about this machine and costs something; a note speaks for itself.
   */
  private static String text(Said warning) {
    String says = Prose.sentence(warning.says());
    return warning.severity() == Severity.NOTE || isOfTheGuide(warning)
        ? says
        : says + " " + Prose.sentence(warning.because());
  }

  /** The disagreement that the warning repeats, where the guide is followed all the same. */
  private Disagreement dispute(Said warning) {
    if (!material.toTheLetter() || !isOfTheGuide(warning)) {
      return null;
    }
    for (Disagreement dispute : material.decision().conflicts()) {
      if (warning.claims().contains(dispute.claims().get(0))) {
        return dispute;
      }
    }
    return null;
  }
}
