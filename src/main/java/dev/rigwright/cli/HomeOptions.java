package dev.rigwright.cli;

import dev.rigwright.engine.Advisor;
import dev.rigwright.facts.Facts;
import dev.rigwright.facts.FactsReader;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where rules and facts are read from. */
public final class HomeOptions {

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description =
          "Folder that holds rules/ and facts/. Default: RIGWRIGHT_HOME, else the current folder.")
  private Path home;

  @Option(
      names = "--rules",
      paramLabel = "DIR",
      description = "Folder of rules to use instead of those of the home folder.")
  private Path rules;

  @Option(
      names = "--facts",
      paramLabel = "DIR",
      description =
          "Folder of your own rows of facts, laid over those of the home folder: same files, same id replaces.")
  private Path own;

  /** The folder of own rows; null where there is none. */
  public Path own() {
    return own;
  }

  /**
   * The facts, with own rows laid over them.
   *
   * @throws dev.rigwright.facts.FactsException if a file cannot be used
   */
  public Facts readFacts() {
    return FactsReader.read(facts(), own);
  }

  /** The folder of the facts. */
  public Path facts() {
    return home().resolve("facts");
  }

  /** The folder of the rules. */
  public Path rules() {
    return rules == null ? home().resolve("rules") : rules;
  }

  /** What stands before a rule file's path where it is shown, with a slash at its end. */
  public String rulesShown() {
    return rules == null ? "rules/" : rules.toString().replace('\\', '/').replaceAll("/*$", "/");
  }

  /** The home folder. */
  public Path folder() {
    return home();
  }

  /** Rules and facts together. */
  public Advisor advisor() {
    return Advisor.open(rules(), facts(), own);
  }

  private Path home() {
    if (home != null) {
      return home;
    }
    String environment = System.getenv("RIGWRIGHT_HOME");
    return Path.of(environment == null || environment.isBlank() ? "." : environment);
  }
}
