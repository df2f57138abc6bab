package dev.rigwright.audit;

import dev.rigwright.audit.Why.Value;
import dev.rigwright.engine.Blocking;
import java.util.List;

/**
 * Why a rule did not fire in a decision.
 *
 * @param decisionId the decision that is asked about
 * @param rule its id
 * @param file below the home folder
 * @param line where the rule begins
 * @param because why the rule is there
 * @param fired how often its condition holds; 0 where something blocks it
 * @param stages the elements of its condition up to the one that blocks, with how often the
 *     condition holds up to there
 * @param kind how the last of them blocks; null where the rule fired
 * @param type of the facts that it asks for; null where there are several
 * @param standing how many of them there are
 * @param together whether no fact fulfils all constraints but one
 * @param constraints what is not met, with the nearest facts
 * @param facts what stands and must not, a few of them by name
 * @param count how many stand and must not
 */
public record Blocked(
    String decisionId,
    String rule,
    String file,
    int line,
    String because,
    long fired,
    List<Blocking.Stage> stages,
    Blocking.Kind kind,
    String type,
    long standing,
    boolean together,
    List<Unmet> constraints,
    List<String> facts,
    long count) {

  public Blocked {
    stages = List.copyOf(stages);
    constraints = List.copyOf(constraints);
    facts = List.copyOf(facts);
  }

  /**
   * A constraint that is not met.
   *
   * @param facts how many facts fulfil all others
   * @param misses the nearest of them
   */
  public record Unmet(String constraint, int line, long facts, List<Miss> misses) {

    public Unmet {
      misses = List.copyOf(misses);
    }
  }

  /**
   * A near miss.
   *
   * @param fact its name
   * @param actual what it has; its name is null where the constraint is no comparison
   * @param operator such as {@code >=}; null where the constraint is no comparison
   * @param required what it would need
   */
  public record Miss(String fact, Value actual, String operator, Object required) {}
}
