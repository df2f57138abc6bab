package dev.rigwright;

import java.util.List;

/** What every answer promises to programs. */
public final class Contract {

  /** Fields of every decision, in their order; others may stand among them. */
  public static final List<String> DECISION_FIELDS =
      List.of(
          "decisionId",
          "requirementId",
          "asOf",
          "policy",
          "rulebook",
          "facts",
          "verdict",
          "tier",
          "guidePick",
          "recommendation",
          "alternatives",
          "warnings",
          "exclusions",
          "conflicts",
          "relaxations",
          "advice",
          "assumptions");

  private Contract() {}
}
