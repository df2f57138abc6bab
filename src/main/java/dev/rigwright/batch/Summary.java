package dev.rigwright.batch;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rigwright.engine.Decision;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What many answers come to: counts, of which there are few whatever the number of answers. */
@JsonAutoDetect(
    fieldVisibility = JsonAutoDetect.Visibility.NONE,
    getterVisibility = JsonAutoDetect.Visibility.NONE,
    isGetterVisibility = JsonAutoDetect.Visibility.NONE)
public final class Summary {

  @JsonProperty private long accepted;
  @JsonProperty private long rejected;
  @JsonProperty private final Map<String, Long> verdicts = new TreeMap<>();
  @JsonProperty private final Map<String, Long> picks = new TreeMap<>();
  @JsonProperty private final Map<String, Long> warnings = new TreeMap<>();
  @JsonProperty private final Map<String, Long> infeasible = new TreeMap<>();
  @JsonProperty private final TreeMap<Long, Long> totals = new TreeMap<>();

  /** One answer more. */
  void add(Decision decision) {
    accepted++;
    count(verdicts, decision.verdict().word());
    if (decision.recommendation() != null) {
      count(picks, cards(decision.recommendation()));
      totals.merge(decision.recommendation().totalUsd(), 1L, Long::sum);
    }
    decision.warnings().stream()
        .map(Decision.Said::rule)
        .distinct()
        .forEach(r -> count(warnings, r));
    decision.relaxations().stream()
        .map(Decision.Relaxation::field)
        .distinct()
        .forEach(field -> count(infeasible, field));
  }

  /** One rejected line more. */
  void reject() {
    rejected++;
  }

  private static void count(Map<String, Long> counts, String what) {
    counts.merge(what, 1L, Long::sum);
  }

  /** Cards as people write them, such as {@code 2x rtx-3090 (used)}. */
  static String cards(Decision.Recommendation recommendation) {
    return recommendation.gpus().isEmpty()
        ? "no card"
        : recommendation.gpus().stream()
            .map(
                card ->
                    (card.count() == 1 ? "" : card.count() + "x ")
                        + card.id()
                        + (card.condition() == null ? "" : " (" + card.condition().word() + ")"))
            .collect(Collectors.joining(", "));
  }

  /** Lines that were answered. */
  public long accepted() {
    return accepted;
  }

  /** Lines that were not. */
  public long rejected() {
    return rejected;
  }

  /** Lines that were read. */
  public long read() {
    return accepted + rejected;
  }

  /** How many answers have each verdict. */
  public Map<String, Long> verdicts() {
    return verdicts;
  }

  /** How many answers recommend each set of cards. */
  Map<String, Long> picks() {
    return picks;
  }

  /** In how many answers each rule warns. */
  Map<String, Long> warnings() {
    return warnings;
  }

  /** In how many answers a change of each field would bring a machine. */
  Map<String, Long> changes() {
    return infeasible;
  }

  /** How many recommendations have each total, in whole USD. */
  TreeMap<Long, Long> totals() {
    return totals;
  }

  /**
   * The total that a share of the recommendations does not exceed, in USD; null where there is
   * none.
   */
  Long quantile(double share) {
    long all = totals.values().stream().mapToLong(Long::longValue).sum();
    long wanted = Math.max(1, (long) Math.ceil(share * all));
    long seen = 0;
    for (Map.Entry<Long, Long> total : totals.entrySet()) {
      seen += total.getValue();
      if (seen >= wanted) {
        return total.getKey();
      }
    }
    return null;
  }
}
