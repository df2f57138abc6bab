package dev.rigwright.bench;

import dev.rigwright.bench.Load.Asked;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.oracle.Oracle;
import dev.rigwright.rulebook.RulebookReader;
import java.nio.file.Path;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieContainer;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * The same requirements answered in several ways, all of them in one operation: the rules alone,
 * decisions with their proof, and the same judgement written by hand. A tenth of the requirements
 * has no answer, and what looks for relaxations is part of each way.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
public class StrategyBenchmark {

  /** Requirements. */
  @Param("200")
  public int size;

  /** Threads that share them. */
  @Param("2")
  public int threads;

  private Advisor advisor;
  private Load load;
  private KieBase base;
  private Oracle oracle;
  private Map<String, String> texts;
  private final Deque<Load.Standing> standing = new ConcurrentLinkedDeque<>();

  /** Opens rules and facts, and records what each decision makes the rules do. */
  @Setup
  public void open() {
    Path home = Path.of(".");
    advisor = Advisor.open(home);
    base = advisor.rulebook().base();
    oracle = new Oracle(advisor.facts());
    texts = RulebookReader.texts(home.resolve("rules"));
    RequirementSet set = Tool.set(advisor, 1);
    List<Requirement> requirements =
        LongStream.range(0, size).mapToObj(i -> set.requirement(advisor, i)).toList();
    load = new Load(advisor, requirements, threads);
  }

  /** {@code fireAllRules} alone, for the same passes; no proof, no answer. */
  @Benchmark
  public void bareEngine(Blackhole out) {
    load.each(asked -> asked.passes().forEach(pass -> out.consume(Load.fire(base, pass))));
  }

  /** The same in sessions that keep the catalogue, each used by one thread at a time. */
  @Benchmark
  public void bareEngineStanding(Blackhole out) {
    load.each(
        asked -> {
          Load.Standing session = standing.poll();
          if (session == null) {
            session = new Load.Standing(advisor, asked.passes().get(0).known());
          }
          for (Load.Pass pass : asked.passes()) {
            out.consume(session.fire(pass));
          }
          standing.push(session);
        });
  }

  /** Whole, explained decisions. */
  @Benchmark
  public void engineWithProof(Blackhole out) {
    load.each(asked -> out.consume(advisor.decide(asked.requirement())));
  }

  /** What the oracle judges of the same passes: avoid, fit, supply, cooling, best value. */
  @Benchmark
  public void byHand(Blackhole out) {
    load.each(
        asked ->
            asked
                .passes()
                .forEach(
                    pass ->
                        out.consume(
                            oracle.judge(pass.requirement(), pass.requirement().models()))));
  }

  /** A new container for each request, and a session for each pass; few, as it takes seconds. */
  @Benchmark
  @Warmup(iterations = 1)
  @Measurement(iterations = 3)
  public void newContainerEachTime(Blackhole out) {
    Asked asked = load.asked().get(0);
    KieContainer container = PlainDrools.container(texts);
    try {
      asked.passes().forEach(pass -> out.consume(Load.fire(container.getKieBase(), pass)));
    } finally {
      container.dispose();
    }
  }
}
