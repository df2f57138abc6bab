package dev.rigwright.engine;

import dev.rigwright.domain.Claim;
import dev.rigwright.domain.ClaimStatus;
import dev.rigwright.domain.Finding;
import dev.rigwright.domain.Standing;
import dev.rigwright.facts.Facts;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.Strata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.kie.api.runtime.KieSession;

/**
 * The guide's claims with what the facts say of them: the rules of {@code rules/claims}, fired once
 * over the catalogue before anybody asks. Gathers and renders; judges nothing.
 */
final class Judged {

  private final Rulebook rulebook;
  private final Map<String, List<Finding>> findings = new HashMap<>();
  private final Map<String, ClaimStatus> standings = new HashMap<>();

  private Judged(Rulebook rulebook, Facts facts) {
    this.rulebook = rulebook;
    for (Object fact : standing(rulebook, facts)) {
      if (fact instanceof Finding finding) {
        findings.computeIfAbsent(finding.subject(), id -> new ArrayList<>()).add(finding);
      } else if (fact instanceof Standing standing) {
        standings.put(standing.claim(), standing.status());
      }
    }
  }

  /** All facts that stand when the rules of claims have fired. */
  static List<Object> standing(Rulebook rulebook, Facts facts) {
    return fired(rulebook, facts, session -> List.copyOf(session.getObjects()));
  }

  /** The same with the proof of all that was concluded. */
  static Judgement explained(Rulebook rulebook, Facts facts) {
    return fired(
        rulebook,
        facts,
        session -> {
          ProofReader proofs = new ProofReader(session);
          return new Judgement(
              proofs.read(proofs.concluded(), true), List.copyOf(session.getObjects()));
        });
  }

  private static <T> T fired(Rulebook rulebook, Facts facts, Function<KieSession, T> use) {
    KieSession session = rulebook.base().newKieSession();
    try {
      facts.forRules().forEach(session::insert);
      facts.forTrials().forEach(session::insert);
      Firing.fire(
          rulebook,
          session,
          match -> rulebook.rule(match.getRule().getName()).folder().equals(Strata.CLAIMS));
      return use.apply(session);
    } finally {
      session.dispose();
    }
  }

  /** The facts with the claims as they stand. */
  static Facts of(Rulebook rulebook, Facts facts) {
    if (rulebook.rules().values().stream().noneMatch(rule -> rule.folder().equals(Strata.CLAIMS))) {
      return facts;
    }
    Judged judged = new Judged(rulebook, facts);
    return facts.withClaims(facts.claims().stream().map(judged::claim).toList());
  }

  private Claim claim(Claim claim) {
    ClaimStatus status = standings.get(claim.id());
    List<Finding> all =
        findings.getOrDefault(claim.id(), List.of()).stream()
            .sorted(Comparator.comparing(Finding::status).reversed().thenComparing(this::says))
            .toList();
    return claim.judged(
        status,
        all.stream().filter(finding -> finding.status() == status).map(this::says).toList(),
        all.stream().map(this::says).distinct().toList());
  }

  private String says(Finding finding) {
    return Wording.render(rulebook.rule(finding.rule()).says(), finding.values());
  }
}
