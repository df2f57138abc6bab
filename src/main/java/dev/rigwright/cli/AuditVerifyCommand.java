package dev.rigwright.cli;

import dev.rigwright.audit.DecisionLog;
import dev.rigwright.audit.LogException;
import dev.rigwright.audit.Verification;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.report.LogReport;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Proves that the log is what was written, or names the first record that is not. */
@Command(
    name = "verify",
    description =
        "Proves that no record, rulebook or set of facts was changed, and none removed or inserted.",
    mixinStandardHelpOptions = true)
final class AuditVerifyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private LogOptions options;

  @Option(
      names = "--head",
      paramLabel = "HASH",
      description =
          "A hash that audit head printed before: finds records cut off the end, and a log written anew.")
  private String head;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private TextOrJson format;

  @Override
  public Integer call() {
    String wanted = head();
    try (DecisionLog log = options.read()) {
      Verification verification = Verification.of(log, wanted);
      spec.commandLine()
          .getOut()
          .println(
              (format == TextOrJson.JSON
                      ? LogReport.json(verification)
                      : LogReport.text(verification, wanted != null))
                  .stripTrailing());
      return verification.verified() ? ExitCode.DONE : ExitCode.NEGATIVE;
    } catch (LogException unreadable) {
      if (!unreadable.damaged()) {
        throw unreadable;
      }
      spec.commandLine().getOut().println("NOT verified. " + unreadable.getMessage());
      return ExitCode.NEGATIVE;
    }
  }

  private String head() {
    if (head == null) {
      return null;
    }
    String hash = head.strip().toLowerCase(Locale.ROOT);
    String whole = hash.startsWith("sha256:") ? hash : "sha256:" + hash;
    if (!whole.matches("sha256:[0-9a-f]{64}")) {
      throw new BadInputException(
          "",
          "The hash (%s) must be 64 hexadecimal digits, as rigwright audit head prints them. Maybe it was cut short."
              .formatted(head));
    }
    return whole;
  }
}
