package dev.rigwright;

import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;

/** The checkout that is tested: its rules, its facts, its packaged application. */
public final class Home {

  /** Where it is. */
  public static final Path PATH =
      Path.of(System.getProperty("rigwright.home", ".")).toAbsolutePath();

  /** The day on which tests ask. */
  public static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

  private static Advisor advisor;

  private Home() {}

  /** One advisor over the shipped rules and facts, for all tests. */
  public static synchronized Advisor advisor() {
    if (advisor == null) {
      advisor = Advisor.open(PATH);
    }
    return advisor;
  }

  /** A requirement as a person would write it. */
  public static Requirement requirement(String json) {
    return advisor().reader().read(json.getBytes(StandardCharsets.UTF_8), TODAY);
  }
}
