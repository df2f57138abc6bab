package dev.rigwright.report;

import java.util.List;

/**
 * What a report says, whatever it is printed as.
 *
 * @param tone how the headline is meant
 * @param headline the answer in a few words
 * @param lead what follows from it at once, such as what is nearest; empty where nothing does
 * @param wish budget, people, use
 * @param need models and what they are run with
 * @param purchase null where nothing fits
 * @param memory null where none was computed
 * @param figures speed and power
 * @param assumed what was filled in
 * @param overlaid which rows are the buyer's own; empty where none are
 * @param next commands, each with what it gives
 * @param identity what names this decision
 */
public record Answer(
    Tone tone,
    String headline,
    List<String> lead,
    String title,
    String wish,
    List<String> need,
    Purchase purchase,
    Memory memory,
    List<Entry> figures,
    List<Section> sections,
    String assumed,
    String overlaid,
    List<Entry> next,
    String identity) {

  /** How a headline is meant. */
  public enum Tone {
    GOOD,
    MIXED,
    BAD
  }

  public Answer {
    lead = List.copyOf(lead);
    need = List.copyOf(need);
    figures = List.copyOf(figures);
    sections = sections.stream().filter(section -> !section.entries().isEmpty()).toList();
    next = List.copyOf(next);
  }
}
