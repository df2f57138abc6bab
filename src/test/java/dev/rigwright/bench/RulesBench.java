package dev.rigwright.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.rigwright.authoring.Check;
import dev.rigwright.authoring.RuleDiff;
import dev.rigwright.authoring.RulebookSource;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.facts.Facts;
import dev.rigwright.facts.FactsReader;
import dev.rigwright.facts.RequirementReader;
import dev.rigwright.rulebook.RulebookReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Times what a rule author waits for: {@code save-to-live [EDITS]}, {@code diff [REQUIREMENTS]}.
 * Wall time and CPU time of the whole process, with the machine's load, as other work falsifies
 * wall times.
 */
public final class RulesBench {

  private static final Path HOME = Path.of(".");
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

  private RulesBench() {}

  /** Runs one of them. */
  public static void main(String[] args) throws Exception {
    Facts facts = FactsReader.read(HOME.resolve("facts"), null);
    RequirementReader reader = RequirementReader.of(facts, HOME.resolve("facts"));
    int count = args.length > 1 ? Integer.parseInt(args[1]) : 0;
    if (args[0].equals("save-to-live")) {
      saveToLive(facts, reader, count == 0 ? 60 : count);
    } else {
      diff(facts, reader, count == 0 ? 10_000 : count);
    }
    System.out.printf("load of the machine %.1f%n", SYSTEM.getSystemLoadAverage());
    System.exit(0);
  }

  /** Rewords a rule in one file after the other and waits until that is in force. */
  private static void saveToLive(Facts facts, RequirementReader reader, int edits)
      throws Exception {
    Path rules = copied(Files.createTempDirectory("rules"));
    List<String> files = List.copyOf(new TreeSet<>(RulebookReader.texts(rules).keySet()));
    List<long[]> times = new ArrayList<>();
    try (RulebookSource source =
        new RulebookSource(
            rules,
            rulebook -> new Advisor(rulebook, facts, reader),
            Check.live(HOME, facts.claims()),
            Clock.systemUTC())) {
      BlockingQueue<RulebookSource.State> changes = new LinkedBlockingQueue<>();
      source.onChange(changes::add);
      source.refresh(); // Waits for the first cases.
      Random random = new Random(1);
      for (int i = 0; i < edits; i++) {
        Path file = rules.resolve(files.get(random.nextInt(files.size())));
        String text =
            Files.readString(file).replaceFirst("@because\\( \"", "@because( \"" + i + " ");
        Path aside = Files.writeString(rules.resolve("aside.tmp"), text);
        long wall = System.nanoTime();
        long cpu = SYSTEM.getProcessCpuTime();
        Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
        RulebookSource.State state = changes.take();
        times.add(new long[] {System.nanoTime() - wall, SYSTEM.getProcessCpuTime() - cpu});
        if (state.refused() != null) {
          throw new IllegalStateException(state.refused().findings().toString());
        }
      }
    }
    List<long[]> warm = times.subList(edits / 2, edits);
    System.out.printf(
        "save to live, second half of %d edits: median wall %d ms, best %d ms; median CPU %d ms%n",
        edits, at(warm, 0, 2), at(warm, 0, warm.size() + 1), at(warm, 1, 2));
  }

  /** The median for a divisor of 2, the least for a large one, in milliseconds. */
  private static long at(List<long[]> times, int column, int divisor) {
    long[] sorted = times.stream().mapToLong(time -> time[column]).sorted().toArray();
    return sorted[sorted.length / divisor] / 1_000_000;
  }

  /** A limit that matters to many, and one that matters to few. */
  private static void diff(Facts facts, RequirementReader reader, int count) throws Exception {
    Map<String, String> texts = RulebookReader.texts(HOME.resolve("rules"));
    List<Requirement> requirements = requirements(reader, count);
    Advisor before = new Advisor(RulebookReader.read(HOME.resolve("rules")), facts, reader);
    for (String[] edit :
        List.of(
            new String[] {"exclusions/avoid.drl", "vramGib <= 8,", "vramGib <= 12,"},
            new String[] {"cautions/cards.drl", "tdpWatts >= 400", "tdpWatts >= 350"})) {
      Map<String, String> edited = new LinkedHashMap<>(texts);
      edited.computeIfPresent(edit[0], (path, text) -> text.replace(edit[1], edit[2]));
      Advisor after =
          new Advisor(
              RulebookReader.compile(RulebookReader.parse(Path.of("rules"), edited)),
              facts,
              reader);
      long wall = System.nanoTime();
      long cpu = SYSTEM.getProcessCpuTime();
      RuleDiff.Comparison found =
          new RuleDiff(before, after)
              .on(requirements, Runtime.getRuntime().availableProcessors(), done -> {});
      System.out.printf(
          "diff %s: %d of %d decisions differ; wall %.1f s, CPU %.1f s%n",
          Arrays.toString(edit),
          found.changed().size(),
          requirements.size(),
          (System.nanoTime() - wall) / 1e9,
          (SYSTEM.getProcessCpuTime() - cpu) / 1e9);
    }
  }

  /** The sample set again and again, each time with budgets of its own. */
  private static List<Requirement> requirements(RequirementReader reader, int count)
      throws IOException {
    List<String> lines = Files.readAllLines(HOME.resolve("facts/requirements/sample.jsonl"));
    List<Requirement> requirements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int more = i / lines.size();
      String line =
          lines
              .get(i % lines.size())
              .replaceFirst("\"budgetUsd\":(\\d+)\\d\\d", "\"budgetUsd\":$1" + (10 + more % 90));
      requirements.add(reader.read(line.getBytes(StandardCharsets.UTF_8), TODAY));
    }
    return requirements;
  }

  private static Path copied(Path to) throws IOException {
    Path from = HOME.resolve("rules");
    try (var paths = Files.walk(from)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        Files.createDirectories(target.getParent());
        Files.copy(path, target);
      }
    }
    return to;
  }
}
