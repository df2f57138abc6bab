package dev.rigwright.audit;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where the decision log lies if nobody names another place: in the user's own data folder. */
public final class LogPlace {

  /** Names the log in place of the data folder's: for tests, for scripts, for a shared machine. */
  public static final String VARIABLE = "RIGWRIGHT_LOG";

  private static final String NAME = "decisions.sqlite";

  private LogPlace() {}

  /**
   * The file.
   *
   * @param environment the variables of the process
   * @param system the operating system, as {@code os.name} says it
   * @param home the user's home folder
   */
  public static Path of(Map<String, String> environment, String system, Path home) {
    String named = environment.getOrDefault(VARIABLE, "");
    return named.isBlank() ? folder(environment, system, home).resolve(NAME) : Path.of(named);
  }

  private static Path folder(Map<String, String> environment, String system, Path home) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      String local = environment.getOrDefault("LOCALAPPDATA", "");
      return (local.isBlank() ? home.resolve("AppData").resolve("Local") : Path.of(local))
          .resolve("rigwright");
    }
    if (name.startsWith("mac")) {
      return home.resolve("Library").resolve("Application Support").resolve("rigwright");
    }
    String data = environment.getOrDefault("XDG_DATA_HOME", "");
    // The XDG specification has relative paths ignored.
    return (data.startsWith("/") ? Path.of(data) : home.resolve(".local").resolve("share"))
        .resolve("rigwright");
  }
}
