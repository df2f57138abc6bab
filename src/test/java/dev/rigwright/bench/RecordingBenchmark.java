package dev.rigwright.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.audit.DecisionLog;
import dev.rigwright.audit.Entry;
import dev.rigwright.audit.Recorded;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Decision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What recording adds to a decision, its proof included: each on the disk by itself, and 32
 * together, as advise does it. The log lies in the folder for temporary files: on a real disk, or
 * the figures mean nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 3)
public class RecordingBenchmark {

  private static final int TOGETHER = 32;
  private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

  /** What is asked. */
  @Param({
    "{\"budgetUsd\": 2400, \"models\": [{\"id\": \"qwen2.5-32b\"}]}",
    "{\"budgetUsd\": 6000, \"models\": [{\"id\": \"llama-3.3-70b\"}]}"
  })
  public String requirement;

  private Path folder;
  private Advisor advisor;
  private JsonNode asked;
  private Requirement read;
  private DecisionLog log;

  /** Opens rules, facts and an empty log. */
  @Setup
  public void open() throws IOException {
    advisor = Advisor.open(Path.of("."));
    asked = advisor.reader().parse(requirement.getBytes(StandardCharsets.UTF_8));
    read = advisor.reader().read(asked, DAY);
    folder = Files.createTempDirectory("rigwright-bench");
    log = DecisionLog.open(folder.resolve("log.sqlite"));
  }

  /** Removes the log. */
  @TearDown
  public void close() throws IOException {
    log.close();
    Files.delete(folder.resolve("log.sqlite"));
    Files.delete(folder);
  }

  private Entry entry() {
    return new Entry(advisor.decide(read), asked, DAY, Instant.EPOCH, false);
  }

  /** A decision with its proof, not recorded. */
  @Benchmark
  public Decision decided() {
    return advisor.decide(read);
  }

  /** A decision that is on the disk when the next begins. */
  @Benchmark
  public Recorded recordedAlone() {
    return log.record(advisor, entry());
  }

  /** A decision of 32 that go to the disk together. */
  @Benchmark
  @OperationsPerInvocation(TOGETHER)
  public List<Recorded> recordedTogether() {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < TOGETHER; i++) {
      entries.add(entry());
    }
    return log.record(advisor, entries);
  }
}
