package dev.rigwright.audit;

import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Decision;

/**
 * A record with the rules and facts that it was decided with, opened from the log alone.
 *
 * @param recorded the record
 * @param advisor its rules and facts
 * @param requirement its requirement, read against them
 */
public record Rederived(Recorded recorded, Advisor advisor, Requirement requirement) {

  /** Decides again. */
  public Decision decide() {
    return advisor.decide(requirement);
  }
}
