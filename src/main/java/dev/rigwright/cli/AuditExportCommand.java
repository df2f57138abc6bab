package dev.rigwright.cli;

import dev.rigwright.audit.DecisionLog;
import dev.rigwright.audit.Filter;
import dev.rigwright.report.LogReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes records for other programs. */
@Command(
    name = "export",
    description = "Writes recorded decisions as JSON lines, whole, or as CSV, one row each.",
    mixinStandardHelpOptions = true)
final class AuditExportCommand implements Callable<Integer> {

  /** What is written. */
  enum Format {
    /** A record a line, with requirement and decision. */
    JSONL,
    /** A table: what each decision comes down to. */
    CSV
  }

  @Spec private CommandSpec spec;
  @Mixin private LogOptions options;
  @Mixin private FilterOptions filter;

  @Option(
      names = "--format",
      defaultValue = "jsonl",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private Format format;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write to this file in place of standard output.")
  private Path file;

  @Override
  public Integer call() throws IOException {
    Filter wanted = filter.filter(List.of());
    try (DecisionLog log = options.read()) {
      long found;
      if (file == null) {
        found = write(log, wanted, spec.commandLine().getOut());
      } else {
        try (PrintWriter out =
            new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
          found = write(log, wanted, out);
          if (out.checkError()) {
            throw new IOException(
                "The file (%s) cannot be written. Maybe the disk is full.".formatted(file));
          }
        }
      }
      if (found == 0) {
        NothingFound.say(spec, log, wanted, filter.written(List.of()));
      }
      return ExitCode.DONE;
    }
  }

  /** Writes the records that are wanted; says how many there are. */
  private long write(DecisionLog log, Filter wanted, PrintWriter out) {
    if (format == Format.CSV) {
      out.println(LogReport.csvHead());
    }
    long[] found = {0};
    wanted.each(
        log,
        recorded -> {
          found[0]++;
          out.println(
              format == Format.CSV
                  ? LogReport.csvRow(recorded)
                  : LogReport.whole(recorded).toString());
        });
    return found[0];
  }
}
