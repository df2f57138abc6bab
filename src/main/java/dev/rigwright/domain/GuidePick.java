package dev.rigwright.domain;

/** What the guide gives for this budget. */
public record GuidePick(String build, String gpu, String cards, int count) {

  /** The pick of a machine. */
  public static GuidePick of(GuideBuild build) {
    return new GuidePick(
        build.id(), build.build().gpu(), build.build().cards(), build.build().count());
  }
}
