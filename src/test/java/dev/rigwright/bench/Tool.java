package dev.rigwright.bench;

import com.github.luben.zstd.ZstdDictTrainer;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.DecisionJson;
import dev.rigwright.oracle.Agreement;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import me.tongfei.progressbar.ProgressBar;

/**
 * What {@code scripts/bench} offers beside single benchmarks: {@code compare [--size N] [--lines N]
 * [--threads T]}, {@code cards} and {@code rules [--size N]}, {@code requirements COUNT [SEED]
 * [FILE]}, which writes requirement sets, {@code dictionary COUNT [SEED] [FILE]}, which trains what
 * outcomes are packed with, and {@code oracle COUNT [SEED]}, which holds the engine's decisions
 * against those of the oracle.
 */
public final class Tool {

  private static final Path HOME = Path.of(".");
  private static final int SHOWN = 20;

  /** The usual size of such a dictionary; half of it makes records a quarter larger. */
  private static final int DICTIONARY_BYTES = 110 << 10;

  private Tool() {}

  /** Runs one of them. */
  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "compare" -> {
        new Comparison(
                option(args, "--size", 200),
                option(args, "--lines", 2000),
                option(args, "--threads", Runtime.getRuntime().availableProcessors()))
            .run();
        return;
      }
      case "cards" -> {
        Scaling.cards(option(args, "--size", 60));
        return;
      }
      case "rules" -> {
        Scaling.rules(option(args, "--size", 60));
        return;
      }
      default -> counted(args);
    }
  }

  private static int option(String[] args, String name, int otherwise) {
    for (int i = 1; i + 1 < args.length; i++) {
      if (args[i].equals(name)) {
        return Integer.parseInt(args[i + 1]);
      }
    }
    return otherwise;
  }

  private static void counted(String[] args) throws IOException {
    int count = args.length > 1 ? Integer.parseInt(args[1]) : 10_000;
    boolean seeded = args.length > 2;
    long seed = seeded ? Long.parseLong(args[2]) : 1;
    Advisor advisor = Advisor.open(HOME);
    if (args[0].equals("requirements")) {
      RequirementSet set = set(advisor, seed);
      Path file = Path.of(args.length > 3 ? args[3] : "target/requirements-" + count + ".jsonl");
      try (BufferedWriter out = Files.newBufferedWriter(file);
          ProgressBar bar = new ProgressBar("Requirements", count)) {
        Iterator<String> lines = set.lines(0, count).iterator();
        while (lines.hasNext()) {
          out.write(lines.next());
          out.write('\n');
          bar.step();
        }
      }
      System.out.println(file);
      return;
    }
    if (args[0].equals("dictionary")) {
      dictionary(
          advisor, count, seed, Path.of(args.length > 3 ? args[3] : "target/outcomes.dictionary"));
      return;
    }
    System.exit(
        oracle(advisor, count, seeded ? seed : ThreadLocalRandom.current().nextInt(1 << 20)));
  }

  /** What the log packs outcomes with: a file that is never changed once it was shipped. */
  private static void dictionary(Advisor advisor, int count, long seed, Path file)
      throws IOException {
    RequirementSet set = set(advisor, seed);
    ZstdDictTrainer trainer = new ZstdDictTrainer(Integer.MAX_VALUE / 4, DICTIONARY_BYTES);
    try (ProgressBar bar = new ProgressBar("Outcomes", count)) {
      for (int number = 0; number < count; number++) {
        trainer.addSample(DecisionJson.content(advisor.decide(set.requirement(advisor, number))));
        bar.step();
      }
    }
    Files.write(file, trainer.trainSamples());
    System.out.println(file);
  }

  /** The set that is like the shipped sample. */
  static RequirementSet set(Advisor advisor, long seed) {
    return new RequirementSet(advisor, HOME.resolve("facts/requirements/sample.jsonl"), seed);
  }

  private static int oracle(Advisor advisor, int count, long seed) {
    System.out.printf("%,d requirements of seed %d%n", count, seed);
    RequirementSet set = set(advisor, seed);
    Agreement agreement = new Agreement(advisor);
    AtomicLong differing = new AtomicLong();
    try (ProgressBar bar = new ProgressBar("Agree", count)) {
      LongStream.range(0, count)
          .parallel()
          .forEach(
              number -> {
                Requirement requirement = set.requirement(advisor, number);
                List<String> differences = agreement.disagreements(requirement);
                if (!differences.isEmpty() && differing.getAndIncrement() < SHOWN) {
                  System.out.println(set.line(number) + "\n  " + String.join("\n  ", differences));
                }
                bar.step();
              });
    }
    System.out.printf("%,d agree, %,d differ%n", count - differing.get(), differing.get());
    return differing.get() == 0 ? 0 : 1;
  }
}
