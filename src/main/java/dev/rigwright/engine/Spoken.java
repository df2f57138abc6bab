package dev.rigwright.engine;

import dev.rigwright.domain.Candidate;
import dev.rigwright.domain.Conclusion;
import dev.rigwright.domain.Gpu;
import dev.rigwright.facts.Facts;
import dev.rigwright.rulebook.Rulebook;

/** What a conclusion says to a buyer: its rule's wording, with cards by the name on their box. */
public final class Spoken {

  private Spoken() {}

  /** A conclusion in the wording of its rule; empty where the rule has none. */
  public static String says(Rulebook rulebook, Facts facts, Conclusion conclusion) {
    return Wording.render(
        rulebook.rule(conclusion.rule()).says(), conclusion.values(), value -> named(facts, value));
  }

  /** Cards by the name that is on the box, instead of by their id; anything else as it is. */
  public static Object named(Facts facts, Object value) {
    if (value instanceof String text) {
      Gpu gpu = facts.gpuById().get(text);
      if (gpu != null) {
        return gpu.label();
      }
      String id = Candidate.gpuOf(text);
      Gpu one = id.equals(text) ? null : facts.gpuById().get(id);
      if (one != null) {
        return text.substring(0, text.length() - id.length()) + one.label();
      }
    }
    return value;
  }
}
