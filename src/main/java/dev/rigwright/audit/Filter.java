package dev.rigwright.audit;

import com.fasterxml.jackson.databind.JsonNode;
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

  /** The records that are wanted, in their order, one in memory at a time. */
  public void each(DecisionLog log, DecisionLog.Each each) {
    log.each(
        since,
        until,
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

  private boolean wants(Recorded recorded) {
    if (requirement != null && !requirement.equals(recorded.requirementId())
        || verdict != null && !verdict.equals(recorded.verdict())) {
      return false;
    }
    if (rule == null && card == null && words.isEmpty()) {
      return true;
    }
    // As text first: reading every decision as a tree takes ten times as long.
    String outcome = new String(recorded.outcome(), StandardCharsets.UTF_8);
    if (rule != null && !outcome.contains(TextNode.valueOf(rule).toString())) {
      return false;
    }
    if (card != null && !(outcome.contains(TextNode.valueOf(card).toString()) && picks(recorded))) {
      return false;
    }
    String all =
        words.isEmpty()
            ? ""
            : (recorded.decisionId()
                    + '\n'
                    + recorded.requirementId()
                    + '\n'
                    + recorded.requirement()
                    + '\n'
                    + outcome)
                .toLowerCase(Locale.ROOT);
    return words.stream().allMatch(word -> all.contains(word.toLowerCase(Locale.ROOT)));
  }

  private boolean picks(Recorded recorded) {
    for (JsonNode gpu : recorded.decision().at("/recommendation/gpus")) {
      if (gpu.path("id").asText().equals(card)) {
        return true;
      }
    }
    return false;
  }
}
