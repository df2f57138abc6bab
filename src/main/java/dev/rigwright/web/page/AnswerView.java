package dev.rigwright.web.page;

import java.util.List;

/**
 * An answer as a page shows it: every text is ready to be read, every line opens to its reason.
 *
 * @param tone {@code good}, {@code mixed} or {@code bad}
 * @param verdict what to do, in a word or two
 * @param headline what to buy or keep, or that nothing fits
 * @param lead what follows from it at once
 * @param title what somebody called it; empty for nothing
 * @param wish budget, people, use
 * @param need models and what they are run with
 * @param tiles the figures that people look for first
 * @param partsTitle what the parts are of: the pick, or what comes nearest where nothing fits
 * @param total against the budget; null where there is no machine
 * @param changes the smallest changes, where nothing fits
 * @param memory null where none was computed
 * @param refused why the rest is left out, by rule
 * @param machines pick and alternatives, side by side
 * @param otherMachine what the comparison says in words
 * @param announcement the answer in a sentence, for those who hear the page
 */
public record AnswerView(
    String tone,
    String verdict,
    String headline,
    List<String> lead,
    String title,
    String wish,
    List<String> need,
    List<Tile> tiles,
    String partsTitle,
    Total total,
    List<Part> parts,
    String partsNote,
    List<Change> changes,
    MemoryView memory,
    List<Line> figures,
    List<Line> why,
    List<Line> watch,
    List<Line> notes,
    List<Line> notThese,
    List<Refused> refused,
    List<Machine> machines,
    List<Line> otherMachine,
    List<Line> guide,
    List<Dispute> disputes,
    List<Line> counsel,
    List<Line> assumed,
    String overlaid,
    Identity identity,
    String announcement,
    Links links) {

  /** A figure with what it means. */
  public record Tile(String name, String figure, String meaning) {}

  /**
   * The price against the budget, drawn on a scale of so many dollars.
   *
   * @param budgetUsd null where none was named
   */
  public record Total(
      String sum,
      String words,
      String note,
      long lowUsd,
      long usd,
      long highUsd,
      Long budgetUsd,
      long scale) {

    /** Where an amount stands, in thousandths of the scale. */
    public long at(long amount) {
      return Math.round(1000.0 * amount / scale);
    }
  }

  /**
   * A line of the parts list.
   *
   * @param kind what it is, for everybody
   * @param state new, used or owned
   * @param range empty where it is owned or there is one price
   * @param indicative whether no sale or listing stands behind the price
   */
  public record Part(
      String kind,
      String name,
      String state,
      String range,
      String price,
      boolean indicative,
      Line reason) {}

  /**
   * A change that brings an answer.
   *
   * @param link the form with the change made; null where the form has no field for it
   */
  public record Change(String label, String text, String link) {}

  /**
   * How the memory is filled.
   *
   * @param room what else would fit; null where nothing is said of it
   */
  public record MemoryView(String summary, Line room, List<Bar> bars) {

    private static final List<Key> KEYS =
        List.of(
            new Key("weights", "weights"),
            new Key("kv", "KV cache"),
            new Key("overhead", "overhead"),
            new Key("used", "models on the card"),
            new Key("free", "free"),
            new Key("over", "more than the card has"));

    /** What the stretches mean that are drawn. */
    public List<Key> legend() {
      return KEYS.stream()
          .filter(
              key ->
                  bars.stream()
                      .flatMap(bar -> bar.segments().stream())
                      .anyMatch(drawn -> drawn.kind().equals(key.kind()) && drawn.length() > 0))
          .toList();
    }
  }

  /** An entry of the legend of bars. */
  public record Key(String kind, String name) {}

  /**
   * A bar of memory.
   *
   * @param name of the card
   * @param words all of it in words
   */
  public record Bar(String name, String words, List<Segment> segments) {}

  /**
   * A stretch of a bar, in thousandths of it.
   *
   * @param kind {@code weights}, {@code kv}, {@code overhead}, {@code used}, {@code free} or {@code
   *     over}
   */
  public record Segment(String kind, String name, String size, long from, long length) {}

  /** What a rule left out. */
  public record Refused(String count, Line reason, List<Line> each) {}

  /**
   * A machine beside others.
   *
   * @param labels what it is the best in
   * @param cells in the order of {@link AnswerViews#COLUMNS}
   */
  public record Machine(String labels, boolean pick, String cards, List<String> cells) {}

  /** Where the guide and published figures disagree. */
  public record Dispute(Line guide, Line figures) {}

  /** What names an answer and what it rests on. */
  public record Identity(
      String decisionId, String asOf, String policy, String rulebook, String facts) {}
}
