package dev.rigwright.bench;

import dev.rigwright.engine.Advisor;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Compares ways of answering the same requirements, and prints one table: {@code compare [--size N]
 * [--lines N] [--threads T]}. JMH measures what happens in one process; the whole batch is a
 * process of its own.
 */
final class Comparison {

  private static final long TICKS_A_SECOND = 100;

  /**
   * A row of the table, each figure for one decision.
   *
   * @param decisions how many were measured at a time
   */
  private record Row(String what, long decisions, double wallMillis, double cpuMillis) {}

  private final int size;
  private final int lines;
  private final int threads;

  Comparison(int size, int lines, int threads) {
    this.size = size;
    this.lines = lines;
    this.threads = threads;
  }

  /** Runs all of it and prints the table. */
  void run() throws IOException, InterruptedException, RunnerException {
    Path folder = Files.createTempDirectory("rigwright-bench");
    List<Row> rows = new ArrayList<>();
    try {
      Path one = folder.resolve("one.jsonl");
      Path all = folder.resolve("all.jsonl");
      write(one, all);
      Collection<RunResult> measured =
          new Runner(
                  new OptionsBuilder()
                      .include(StrategyBenchmark.class.getName())
                      .param("size", Integer.toString(size))
                      .param("threads", Integer.toString(threads))
                      .addProfiler(CpuProfiler.class)
                      .jvmArgs("-Xmx2g", "-XX:+UseParallelGC")
                      .build())
              .run();
      Map<String, RunResult> byName = new TreeMap<>();
      measured.forEach(
          result ->
              byName.put(result.getParams().getBenchmark().replaceFirst(".*\\.", ""), result));
      Row byHand = row("by hand, a slice of the rules", size, byName.get("byHand"));
      Row fresh = row("the rules alone, a session for each pass", size, byName.get("bareEngine"));
      Row standing =
          row(
              "the rules alone, sessions that keep the catalogue",
              size,
              byName.get("bareEngineStanding"));
      Row bare = standing.cpuMillis() < fresh.cpuMillis() ? standing : fresh;
      Row proof = row("Advisor.decide, with its proof", size, byName.get("engineWithProof"));
      // Once without counting: the files of the application are in memory then.
      batch(one, folder, 1);
      double[] start = batch(one, folder, 1);
      double[] whole = batch(all, folder, lines);
      Row batch = new Row("batch, the whole process", lines, whole[0] / lines, whole[1] / lines);
      Row more =
          new Row(
              "batch, without its start",
              lines,
              (whole[0] - start[0]) / (lines - 1),
              (whole[1] - start[1]) / (lines - 1));
      Row plain = row("a new KieContainer each time", 1, byName.get("newContainerEachTime"));
      rows.addAll(List.of(byHand, standing, fresh, proof, more, batch, plain));
      print(rows, bare);
      System.out.printf(
          Locale.ROOT,
          "%nA process for one line: %.0f ms, %.0f ms of CPU. The last row: first requirement alone, 3 times; all %,d that way would take %s.%n",
          start[0],
          start[1],
          lines,
          hours(plain.wallMillis() * lines));
    } finally {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private static String hours(double millis) {
    return "%.1f hours".formatted(millis / 3_600_000);
  }

  private void write(Path one, Path all) throws IOException {
    RequirementSet set = Tool.set(Advisor.open(Path.of(".")), 1);
    Files.writeString(one, set.line(0) + "\n");
    try (BufferedWriter out = Files.newBufferedWriter(all)) {
      for (Iterator<String> each = set.lines(0, lines).iterator(); each.hasNext(); ) {
        out.write(each.next());
        out.write('\n');
      }
    }
  }

  private static Row row(String what, int decisions, RunResult result) {
    return new Row(
        what,
        decisions,
        result.getPrimaryResult().getScore() / decisions,
        result.getSecondaryResults().get(CpuProfiler.CPU).getScore() / decisions);
  }

  /** Answers a file in a process of its own; its wall and CPU time in milliseconds. */
  private double[] batch(Path in, Path folder, int expected)
      throws IOException, InterruptedException {
    System.err.printf("batch over %,d lines%n", expected);
    Path out = folder.resolve("out.jsonl");
    long cpu = childrenTicks();
    long wall = System.nanoTime();
    int code =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC",
                "-Xmx512m",
                "-jar",
                "target/app/rigwright.jar",
                "batch",
                in.toString(),
                "--out",
                out.toString(),
                "--threads",
                Integer.toString(threads),
                "--as-of",
                LocalDate.of(2026, 11, 22).toString())
            .inheritIO()
            .start()
            .waitFor();
    double took = (System.nanoTime() - wall) / 1e6;
    double used = (childrenTicks() - cpu) * 1000.0 / TICKS_A_SECOND;
    long answers;
    try (var written = Files.lines(out)) {
      answers = written.count();
    }
    if (code != 0 || answers != expected) {
      throw new IllegalStateException(
          "batch ended with %d and wrote %,d of %,d answers.".formatted(code, answers, expected));
    }
    return new double[] {took, used};
  }

  /** CPU time of all processes that this one started and that are over, as Linux counts it. */
  private static long childrenTicks() throws IOException {
    Path stat = Path.of("/proc/self/stat");
    if (!Files.exists(stat)) {
      return 0;
    }
    String text = Files.readString(stat, StandardCharsets.ISO_8859_1);
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
  }

  private void print(List<Row> rows, Row bare) {
    System.out.printf(
        Locale.ROOT,
        "%n%,d requirements, a tenth without an answer; %d threads; %s %s; %d processors, load %.1f%n%n",
        size,
        threads,
        System.getProperty("java.vm.name"),
        System.getProperty("java.version"),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    System.out.println(
        "| a decision, its relaxations included | CPU ms | of the rules alone | wall ms | a second |");
    System.out.println("|---|---:|---:|---:|---:|");
    for (Row row : rows) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %.2f | %.2f | %.2f | %,.1f |%n",
          row.what(),
          row.cpuMillis(),
          row.cpuMillis() / bare.cpuMillis(),
          row.wallMillis(),
          1000 / row.wallMillis());
    }
  }
}
