package dev.rigwright.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.OperatingSystemMXBean;
import dev.rigwright.audit.DecisionLog;
import dev.rigwright.audit.Entry;
import dev.rigwright.audit.Filter;
import dev.rigwright.audit.Rederived;
import dev.rigwright.audit.WhyQuestion;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Decision;
import dev.rigwright.engine.ProofCost;
import dev.rigwright.report.TextReport;
import dev.rigwright.report.WhyText;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What the auditor's desk costs, in processor time of the thread, as other work falsifies wall
 * times: the proof and the record beside deciding alone, {@code why} of the examples, and finding a
 * decision among many.
 */
public final class DeskBench {

  private static final Path HOME = Path.of(".");
  private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int TOGETHER = 32;

  private DeskBench() {}

  private interface Work {
    void run() throws IOException;
  }

  private static long cpu(Work work) throws IOException {
    long start = THREADS.getCurrentThreadCpuTime();
    work.run();
    return THREADS.getCurrentThreadCpuTime() - start;
  }

  private static String millis(List<Long> nanos) {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    return "%.2f ms median, %.2f ms 9 of 10, %.2f ms at most"
        .formatted(
            sorted[sorted.length / 2] / 1e6,
            sorted[sorted.length * 9 / 10] / 1e6,
            sorted[sorted.length - 1] / 1e6);
  }

  private static double mean(List<Long> nanos) {
    return nanos.stream().mapToLong(Long::longValue).average().orElseThrow();
  }

  /** Runs all; how many decisions are measured can be named. */
  public static void main(String[] args) throws IOException {
    int decisions = args.length > 1 ? Integer.parseInt(args[1]) : 2_000;
    Path folder = Files.createTempDirectory("rigwright-desk");
    Path file = folder.resolve("log.sqlite");
    Advisor advisor = Advisor.open(HOME);
    try (DecisionLog log = DecisionLog.open(file)) {
      cost(advisor, log, decisions);
      why(advisor, log);
      search(advisor, log);
    }
    try (var files = Files.list(folder)) {
      for (Path one : files.toList()) {
        Files.delete(one);
      }
    }
    Files.delete(folder);
    System.out.printf(
        "load of the machine %.1f%n",
        ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getSystemLoadAverage());
    System.exit(0);
  }

  private static Entry entry(Advisor advisor, JsonNode asked) {
    Decision decision = advisor.decide(advisor.reader().read(asked, DAY));
    return new Entry(decision, asked, DAY, Instant.EPOCH, false);
  }

  private static List<JsonNode> sample(Advisor advisor) throws IOException {
    List<JsonNode> sample = new ArrayList<>();
    for (String line : Files.readAllLines(HOME.resolve("facts/requirements/sample.jsonl"))) {
      sample.add(advisor.reader().parse(line.getBytes(StandardCharsets.UTF_8)));
    }
    return sample;
  }

  /**
   * What one decision takes, in ms.
   *
   * @param decided without its proof
   * @param proven the proof
   * @param recorded its share of recording
   */
  private record Cost(List<Long> decided, List<Long> proven, List<Long> recorded) {
    void print(String title) {
      System.out.printf("%s%n", title);
      System.out.printf("  deciding without its proof %s%n", millis(decided));
      System.out.printf("  proof %s%n", millis(proven));
      System.out.printf("  recording %s%n", millis(recorded));
      System.out.printf(
          "  proof and record add %.0f %%%n",
          100 * (mean(proven) + mean(recorded)) / mean(decided));
    }
  }

  /**
   * Decides, proves and records.
   *
   * @param asked requirements that take turns
   * @param together how many decisions are recorded at once
   */
  private static Cost cost(
      Advisor advisor, DecisionLog log, List<JsonNode> asked, int together, int decisions)
      throws IOException {
    Cost cost = new Cost(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    int next = 0;
    while (next < decisions) {
      List<Entry> entries = new ArrayList<>();
      while (entries.size() < together) {
        JsonNode one = asked.get(next++ % asked.size());
        Requirement requirement = advisor.reader().read(one, DAY);
        Decision[] decision = new Decision[1];
        long whole = cpu(() -> decision[0] = advisor.decide(requirement));
        long proof = ProofCost.nanos(advisor, decision[0].requirement());
        cost.decided().add(whole - proof);
        cost.proven().add(proof);
        entries.add(new Entry(decision[0], one, DAY, Instant.now(), false));
      }
      long records = cpu(() -> log.record(advisor, entries));
      entries.forEach(entry -> cost.recorded().add(records / together));
    }
    return cost;
  }

  private static void cost(Advisor advisor, DecisionLog log, int decisions) throws IOException {
    List<JsonNode> sample = sample(advisor);
    // What runs once a decision is compiled thoroughly only after some thousands of them, long
    // after what a decision does a thousand times.
    cost(advisor, log, sample, 1, 3 * decisions);
    cost(advisor, log, sample, TOGETHER, decisions)
        .print("the sample, %d recorded together, each:".formatted(TOGETHER));
    cost(advisor, log, sample, 1, decisions).print("the sample, each recorded by itself:");
    for (String name : List.of("writer", "firm-70b")) {
      cost(advisor, log, List.of(advisor.reader().parse(example(name))), 1, decisions / 4)
          .print(name + ", recorded by itself:");
    }
  }

  private static void why(Advisor advisor, DecisionLog log) throws IOException {
    List<String> ids = new ArrayList<>();
    try (var files = Files.list(HOME.resolve("facts/requirements"))) {
      for (Path one : files.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
        JsonNode asked = advisor.reader().parse(Files.readAllBytes(one));
        ids.add("#" + log.record(advisor, entry(advisor, asked)).sequence());
      }
    }
    List<Long> times = new ArrayList<>();
    for (int round = 0; round < 12; round++) {
      for (String id : ids) {
        long nanos =
            cpu(
                () -> {
                  Rederived again = log.rederive(log.newest(id));
                  WhyText.of(
                      WhyQuestion.ask(
                          again.advisor(),
                          again.requirement(),
                          again.recorded().decisionId(),
                          null),
                      WhyText.DEPTH,
                      TextReport.Style.PLAIN);
                });
        if (round >= 4) {
          times.add(nanos);
        }
      }
    }
    System.out.printf("why, %d examples, %s%n", ids.size(), millis(times));
  }

  private static void search(Advisor advisor, DecisionLog log) throws IOException {
    JsonNode asked =
        advisor
            .reader()
            .parse("{\"id\": \"needle\", \"budgetUsd\": 1777}".getBytes(StandardCharsets.UTF_8));
    log.record(advisor, entry(advisor, asked));
    Filter needle = new Filter(null, null, null, null, null, null, List.of("needle"));
    long first = cpu(() -> needle.of(log));
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      times.add(cpu(() -> needle.of(log)));
    }
    System.out.printf(
        "search among %,d: first %.0f ms (%.2f a record), then %s%n",
        log.size(), first / 1e6, first / 1e6 / log.size(), millis(times));
  }

  private static byte[] example(String name) throws IOException {
    return Files.readAllBytes(HOME.resolve("facts/requirements/" + name + ".json"));
  }
}
