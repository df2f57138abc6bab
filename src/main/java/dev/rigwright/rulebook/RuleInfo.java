package dev.rigwright.rulebook;

import dev.rigwright.domain.Severity;
import java.util.List;
import java.util.Set;

/**
 * What a rule says about itself, as it stands in its file.
 *
 * @param id {@code topic/problem}
 * @param folder the stratum it lies in, such as {@code exclusions}
 * @param severity null for a rule that does not speak to a buyer
 * @param says wording with bindings in braces; null for a rule that does not speak
 * @param relaxes the field of the requirement whose change would lift it, or null
 * @param reads fact types that its condition matches
 * @param negates those of them under {@code not}, {@code exists}, {@code forall} or {@code
 *     accumulate}
 */
public record RuleInfo(
    String id,
    String file,
    String folder,
    int line,
    Severity severity,
    String says,
    String because,
    List<String> sources,
    String reviewed,
    String relaxes,
    Set<String> reads,
    Set<String> negates) {

  public RuleInfo {
    sources = List.copyOf(sources);
    reads = Set.copyOf(reads);
    negates = Set.copyOf(negates);
  }
}
