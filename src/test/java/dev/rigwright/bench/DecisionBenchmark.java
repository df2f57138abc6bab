package dev.rigwright.bench;

import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Decision;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Time of one decision with the shipped rules and the whole catalogue on a warm process. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 3)
public class DecisionBenchmark {

  /** What is asked. */
  @Param({
    "{\"budgetUsd\": 2400, \"models\": [{\"id\": \"qwen2.5-32b\"}]}",
    "{\"budgetUsd\": 6000, \"models\": [{\"id\": \"llama-3.3-70b\"}]}",
    "{\"budgetUsd\": 3000, \"policy\": \"guide\", \"models\": [{\"id\": \"qwen2.5-32b\"}]}"
  })
  public String requirement;

  private Advisor advisor;
  private Requirement read;

  /** Opens rules and facts, once. */
  @Setup
  public void open() {
    advisor = Advisor.open(Path.of("."));
    read =
        advisor
            .reader()
            .read(requirement.getBytes(StandardCharsets.UTF_8), LocalDate.of(2026, 11, 22));
  }

  /** A whole, explained decision. */
  @Benchmark
  public Decision decide() {
    return advisor.decide(read);
  }
}
