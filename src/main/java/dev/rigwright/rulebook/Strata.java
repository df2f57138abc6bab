package dev.rigwright.rulebook;

import java.util.List;

/** The folders of rules, in the order in which their conclusions follow from each other. */
public final class Strata {

  /** From what is needed to what is said. */
  public static final List<String> FOLDERS =
      List.of(
          "needs",
          "candidates",
          "exclusions",
          "platforms",
          "rejections",
          "scores",
          "picks",
          "cautions");

  private Strata() {}

  /** A folder's place; folders that are no stratum come last. */
  public static int rank(String folder) {
    int rank = FOLDERS.indexOf(folder);
    return rank < 0 ? FOLDERS.size() : rank;
  }
}
