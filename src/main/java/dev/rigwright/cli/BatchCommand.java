package dev.rigwright.cli;

import dev.rigwright.batch.Batch;
import dev.rigwright.batch.Batch.Outcome;
import dev.rigwright.batch.Batch.Plan;
import dev.rigwright.batch.InputFormat;
import dev.rigwright.batch.OutputFormat;
import dev.rigwright.batch.Summary;
import dev.rigwright.engine.Advisor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Answers a file of requirements. */
@Command(
    name = "batch",
    description =
        "Answers many requirements in their order. What cannot be answered goes into OUT.rejects.jsonl and stops nothing.",
    mixinStandardHelpOptions = true)
final class BatchCommand implements Callable<Integer> {

  private static final int END_SECONDS = 10;

  private static final String SLOW =
      "A long batch takes three to four times as long as it might: where many are asked rules run as loops, and there is none for %s. Maybe it can be said in another way; rules/README.md has which.";

  @Spec private CommandSpec spec;
  @Mixin private HomeOptions home;

  @Parameters(
      paramLabel = "IN",
      description =
          "Requirements: one JSON object a line, a JSON array, or CSV; packed by gzip or not; - for standard input.")
  private String in;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "OUT",
      description = "The answers: .jsonl, .csv, .md or .html, with .gz behind or not.")
  private Path out;

  @Option(
      names = "--in-format",
      description =
          "How IN is written: ${COMPLETION-CANDIDATES}; default: by its name, else by how it begins.")
  private InputFormat inputFormat;

  @Option(
      names = "--format",
      description = "How OUT is written: ${COMPLETION-CANDIDATES}; default: by its name.")
  private OutputFormat format;

  @Option(names = "--threads", paramLabel = "N", description = "Default: one for each processor.")
  private Integer threads;

  @Option(
      names = "--resume",
      description = "Go on where an interrupted run stopped; the bytes are those of one run.")
  private boolean resume;

  @Option(
      names = "--as-of",
      paramLabel = "DATE",
      description = "The day of requirements that name none, yyyy-MM-dd; default: today.")
  private LocalDate asOf;

  @Option(
      names = "--log",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "FILE",
      description = "Record each decision; in the usual log where no FILE is named.")
  private String log;

  @Option(names = "--redact", description = "Keep out of the log what was written freely.")
  private boolean redacted;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (threads != null && (threads < 1 || threads > 1024)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "The --threads (%d) must be between 1 and 1024.".formatted(threads));
    }
    PrintWriter err = spec.commandLine().getErr();
    Path from = in.equals("-") ? null : Path.of(in);
    Plan plan =
        new Plan(
            from,
            inputFormat,
            out,
            format == null ? OutputFormat.of(out) : format,
            threads == null ? Runtime.getRuntime().availableProcessors() : threads,
            resume,
            redacted,
            asOf == null ? LocalDate.now() : asOf);
    if (!resume && Batch.interrupted(plan)) {
      err.println(
          "What an interrupted run had done of %s is begun anew; --resume would have gone on."
              .formatted(out));
    }
    Path logged = log == null ? null : log.isEmpty() ? LogOptions.usual() : Path.of(log);
    Advisor advisor = home.advisor();
    CountDownLatch ended = new CountDownLatch(1);
    try (Recorder recorder = new Recorder(logged, err);
        Progress progress = Progress.of("Answers", lines(from))) {
      Batch batch =
          new Batch(
              advisor,
              plan,
              logged == null ? null : entries -> recorder.record(advisor, entries),
              Clock.systemUTC());
      Thread hook = new Thread(() -> end(batch, ended), "end");
      Runtime.getRuntime().addShutdownHook(hook);
      Outcome outcome =
          batch.run(
              (read, rejected) ->
                  progress.done(
                      read,
                      rejected == 0 ? "" : String.format(Locale.ROOT, "%,d rejected", rejected)));
      if (outcome.interrupted()) {
        say(err, progress, "Interrupted. Go on with the same command and --resume.");
        return ExitCode.ENVIRONMENT;
      }
      if (advisor.engineAlone() != null) {
        say(err, progress, SLOW.formatted(advisor.engineAlone()));
      }
      say(err, progress, told(plan, outcome));
      return outcome.summary().rejected() > 0 ? ExitCode.NEGATIVE : ExitCode.DONE;
    } finally {
      ended.countDown();
    }
  }

  /** What is said at the end; that nothing is missing is checked before it is said. */
  private String told(Plan plan, Outcome outcome) {
    Summary sum = outcome.summary();
    String verdicts =
        sum.verdicts().entrySet().stream()
            .map(
                verdict ->
                    String.format(Locale.ROOT, "%,d %s", verdict.getValue(), verdict.getKey()))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "%,d read = %,d answered%s + %,d rejected%s%s. %s",
        sum.read(),
        sum.accepted(),
        verdicts.isEmpty() ? "" : " (" + verdicts + ")",
        sum.rejected(),
        sum.rejected() == 0 ? "" : " (" + plan.rejects() + ")",
        outcome.resumedAt() == 0
            ? ""
            : String.format(
                Locale.ROOT, "; an earlier run had done %,d of them", outcome.resumedAt()),
        out);
  }

  private static void say(PrintWriter err, Progress progress, String message) {
    progress.close();
    err.println(message);
  }

  /** Stops at the next line and waits until all is tidy. */
  private static void end(Batch batch, CountDownLatch ended) {
    batch.stop();
    try {
      ended.await(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many lines there are to do; -1 where that takes reading more than a file. */
  private static long lines(Path from) throws IOException {
    if (from == null || !Files.isRegularFile(from) || from.toString().endsWith(".gz")) {
      return -1;
    }
    long lines = 0;
    byte[] buffer = new byte[1 << 16];
    try (java.io.InputStream stream = Files.newInputStream(from)) {
      for (int read = stream.read(buffer); read > 0; read = stream.read(buffer)) {
        for (int i = 0; i < read; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
      }
    }
    return lines;
  }
}
