package dev.rigwright.cli;

import dev.rigwright.authoring.Check;
import dev.rigwright.authoring.FindingsReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds what is wrong with the rules. */
@Command(
    name = "check",
    description =
        "Parses, lints, compiles and tries all rules and their cases; shows what is wrong, and where.",
    mixinStandardHelpOptions = true)
final class RulesCheckCommand implements Callable<Integer> {

  enum Format {
    TEXT,
    JSON,
    SARIF
  }

  @Spec private CommandSpec spec;
  @Mixin private HomeOptions home;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private Format format;

  @Override
  public Integer call() {
    Check.Report report = Check.folder(home.rules(), home.folder(), home.readFacts().claims());
    FindingsReport shown = new FindingsReport(report, home.rules(), home.rulesShown());
    String text =
        switch (format) {
          case TEXT -> shown.text();
          case JSON -> shown.json();
          case SARIF -> shown.sarif(version());
        };
    spec.commandLine().getOut().println(text.stripTrailing());
    return report.findings().isEmpty() ? ExitCode.DONE : ExitCode.NEGATIVE;
  }

  private static String version() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "0" : version;
  }
}
