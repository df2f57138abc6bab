package dev.rigwright.report;

import dev.rigwright.domain.Origin;
import dev.rigwright.engine.Decision.PartView;
import dev.rigwright.engine.Decision.Recommendation;
import java.util.ArrayList;
import java.util.List;

/** What comes nearest where nothing fits: what would be bought, and what it would do. */
final class Nearest {

  private Nearest() {}

  static Section of(Material material) {
    Recommendation nearest = material.infeasible() ? material.shown() : null;
    if (nearest == null) {
      return new Section("NEAREST", List.of());
    }
    Figures figures = new Figures(material, nearest);
    List<Entry> entries = new ArrayList<>();
    entries.add(Entry.of("Parts", parts(nearest)));
    Memory memory = figures.memory();
    if (memory != null) {
      entries.add(
          Entry.of(
              "Memory",
              memory.summary() + ". " + memory.room().text(),
              memory.room().references()));
    }
    entries.addAll(figures.entries());
    return new Section("NEAREST: " + Prose.cards(nearest.gpus()), entries);
  }

  private static String parts(Recommendation machine) {
    List<String> parts = new ArrayList<>();
    for (PartView part : machine.parts()) {
      if (part.origin() == Origin.BUY) {
        parts.add(Prose.times(part.quantity()) + part.name() + ", " + Prose.usd(part.priceUsd()));
      }
    }
    return String.join("; ", parts)
        + "; in all "
        + Prose.usd(machine.totalUsd())
        + " ("
        + Prose.range(machine.totalLowUsd(), machine.totalHighUsd())
        + ").";
  }
}
