package dev.rigwright.web;

import dev.rigwright.authoring.Finding;
import dev.rigwright.authoring.RuleIndex;
import dev.rigwright.authoring.RulebookSource.Refused;
import dev.rigwright.domain.Fingerprint;
import dev.rigwright.engine.Advisor;
import dev.rigwright.facts.Facts;
import dev.rigwright.rulebook.Rulebook;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What answers are made with at one moment. Immutable: take it once for a request, and all of the
 * answer is of the same rules and facts.
 */
public final class InForce {

  /**
   * A change of the facts that did not come into force.
   *
   * @param problems each begins with file, line and column
   */
  public record RefusedFacts(Instant at, List<String> problems) {
    public RefusedFacts {
      problems = List.copyOf(problems);
    }
  }

  private final Advisor advisor;
  private final Instant rulesSince;
  private final Instant factsSince;
  private final List<Finding> warnings;
  private final Refused refusedRules;
  private final RefusedFacts refusedFacts;
  private final Path folder;
  private final Map<String, Object> kept = new ConcurrentHashMap<>();

  InForce(
      Advisor advisor,
      Instant rulesSince,
      Instant factsSince,
      List<Finding> warnings,
      Refused refusedRules,
      RefusedFacts refusedFacts,
      Path folder) {
    this.advisor = advisor;
    this.rulesSince = rulesSince;
    this.factsSince = factsSince;
    this.warnings = List.copyOf(warnings);
    this.refusedRules = refusedRules;
    this.refusedFacts = refusedFacts;
    this.folder = folder;
  }

  /** Who decides. */
  public Advisor advisor() {
    return advisor;
  }

  /** The rules. */
  public Rulebook rulebook() {
    return advisor.rulebook();
  }

  /** The facts, with the claims as they stand by the figures. */
  public Facts facts() {
    return advisor.facts();
  }

  /** When the rules came into force. */
  public Instant rulesSince() {
    return rulesSince;
  }

  /** When the facts came into force. */
  public Instant factsSince() {
    return factsSince;
  }

  /** What was found in the rules and did not keep them out. */
  public List<Finding> warnings() {
    return warnings;
  }

  /** The newest change of the rules, where it did not come into force; null where all is well. */
  public Refused refusedRules() {
    return refusedRules;
  }

  /** The newest change of the facts, where it did not come into force; null where all is well. */
  public RefusedFacts refusedFacts() {
    return refusedFacts;
  }

  /** Names rules and facts together: the same one, the same answers. */
  public String fingerprint() {
    return kept(
        "fingerprint",
        key ->
            Fingerprint.sha256(
                (rulebook().hash() + facts().hash() + facts().overlaid())
                    .getBytes(StandardCharsets.UTF_8)));
  }

  /** The rules as their author sees them. */
  public RuleIndex rules() {
    return kept("rules", key -> RuleIndex.of(rulebook(), folder));
  }

  /**
   * Something that is made of these rules and facts alone, made once.
   *
   * @param key names it
   */
  @SuppressWarnings("unchecked")
  public <T> T kept(String key, Function<String, T> made) {
    Object known = kept.get(key);
    if (known == null) {
      known = made.apply(key);
      kept.put(key, known);
    }
    return (T) known;
  }
}
