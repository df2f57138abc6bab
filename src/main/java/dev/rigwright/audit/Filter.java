package dev.rigwright.audit;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which records are wanted; null and an empty list leave a field open.
 *
 * @param since the first moment, as {@link DecisionLog#moment} writes it
 * @param until the first moment that is no more wanted
 * @param requirement a requirement's id
 * @param card a card that is recommended, by its catalogue id
 * @param rule a rule that the decision cites
 * @param verdict the contract's word
 * @param words each of which stands somewhere in requirement or decision, upper and lower case
 *     alike
 */
public record Filter(
    String since,
    String until,
    String requirement,
    String card,
    String rule,
    String verdict,
    List<String> words) {

  public Filter {
    words = List.copyOf(words);
  }

  /** All records since a moment. */
  public static Filter since(String moment) {
    return new Filter(moment, null, null, null, null, null, List.of());
  }

  /** The records that are wanted, in their order, few in memory at a time. */
  public void each(DecisionLog log, DecisionLog.Each each) {
    log.each(
        this,
        recorded -> {
          if (wants(recorded)) {
            each.take(recorded);
          }
        });
  }

  /** The records that are wanted, in their order. */
  public List<Recorded> of(DecisionLog log) {
    List<Recorded> found = new ArrayList<>();
    each(log, found::add);
    return found;
  }

  /** Whether it asks for what stands in requirement and decision. */
  boolean reads() {
    return rule != null || card != null || !words.isEmpty();
  }

  private boolean wants(Recorded recorded) {
    if (requirement != null && !requirement.equals(recorded.requirementId())
        || verdict != null && !verdict.equals(recorded.verdict())) {
      return false;
    }
    if (rule != null
        && !new String(recorded.outcome(), StandardCharsets.UTF_8)
            .contains(TextNode.valueOf(rule).toString())) {
      return false;
    }
    if (card != null && !SearchIndex.cards(recorded).contains(card)) {
      return false;
    }
    String text = words.isEmpty() ? "" : SearchIndex.text(recorded);
    return words.stream().allMatch(word -> text.contains(word.toLowerCase(Locale.ROOT)));
  }
}
