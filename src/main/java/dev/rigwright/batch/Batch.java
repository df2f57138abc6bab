package dev.rigwright.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.audit.Entry;
import dev.rigwright.domain.Fingerprint;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Decision;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.BadInputException.Problem;
import dev.rigwright.facts.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;

/**
 * Many requirements in, as many answers out, in their order. What cannot be answered goes into a
 * file of its own and stops nothing. Beside the output, until it is whole, lie its parts and how
 * far they go; what was interrupted can go on from there and comes to the same bytes.
 *
 * <p>One run is for one thread; {@link #stop} may be called from any.
 */
public final class Batch {

  /** Lines after which all is brought to the disk. */
  private static final int SEGMENT = 500;

  /** Lines that are decided in one go. */
  private static final int CHUNK = 8;

  /**
   * What is to be done.
   *
   * @param in null for standard input
   * @param inputFormat null to be told by the name, else by how it begins
   * @param today the day that is filled in where a requirement names none
   */
  public record Plan(
      Path in,
      InputFormat inputFormat,
      Path out,
      OutputFormat format,
      int threads,
      boolean resume,
      boolean redacted,
      LocalDate today) {

    /** Whether the output is packed by gzip. */
    boolean packed() {
      return out.toString().endsWith(".gz");
    }

    /** Where the rejected lines go. */
    public Path rejects() {
      return beside(".rejects.jsonl");
    }

    private Path beside(String ending) {
      return out.resolveSibling(out.getFileName() + ending);
    }
  }

  /**
   * How a run ended.
   *
   * @param resumedAt lines that an earlier run had done; 0 for none
   * @param interrupted whether it was stopped; then nothing stands under the output's name yet
   */
  public record Outcome(Summary summary, long resumedAt, boolean interrupted) {}

  /** What is told while it runs. */
  public interface Watcher {
    /** So many lines are done, so many of them rejected. */
    void done(long read, long rejected);
  }

  /** Where decisions are recorded before they are written. */
  public interface Recording {
    /** Records some of them. */
    void record(List<Entry> entries);
  }

  /** What came of a line. */
  private record Result(
      long number, byte[] row, Entry entry, Decision decision, String id, List<Problem> problems) {}

  private final Advisor advisor;
  private final Plan plan;
  private final Recording recording;
  private final InstantSource clock;
  private volatile boolean stopped;

  /**
   * A run.
   *
   * @param recording null for none
   */
  public Batch(Advisor advisor, Plan plan, Recording recording, InstantSource clock) {
    this.advisor = advisor;
    this.plan = plan;
    this.recording = recording;
    this.clock = clock;
  }

  /** Ends the run after the lines that are being decided; it can be resumed. */
  public void stop() {
    stopped = true;
  }

  /** Whether an interrupted run of this output lies there. */
  public static boolean interrupted(Plan plan) {
    return Files.exists(plan.beside(".resume.json"));
  }

  /**
   * Runs.
   *
   * @throws BadInputException if there is nothing to read, or nothing that can be resumed
   * @throws IOException if the disk fails; what is done can be resumed
   */
  public Outcome run(Watcher watcher) throws IOException {
    refuseItself();
    Path partFile = plan.beside(".part");
    Path rejectsFile = plan.beside(".rejects.jsonl.part");
    Path idsFile = plan.beside(".ids.part");
    Path checkpointFile = plan.beside(".resume.json");
    String run = fingerprint();
    Checkpoint from = plan.resume() ? Checkpoint.read(checkpointFile) : null;
    if (from != null && !from.run().equals(run)) {
      throw new BadInputException(
          "",
          "%s belongs to a run over another input, other rules or facts, or in another format, so it cannot go on. Maybe begin anew, without --resume."
              .formatted(checkpointFile));
    }
    if (from == null) {
      from = new Checkpoint(run, plan.today(), 0, 0, 0, 0, new Summary(), false);
    }
    Summary summary = from.summary();
    if (from.finished()) {
      publish(partFile, rejectsFile, summary);
      tidy(idsFile, checkpointFile);
      return new Outcome(summary, from.read(), false);
    }
    boolean body = plan.format().framed();
    try (Input input = InputFormat.open(plan.in(), plan.inputFormat(), advisor.reader());
        Part out = new Part(partFile, plan.packed() && !body, from.outBytes());
        Part rejects = new Part(rejectsFile, false, from.rejectBytes());
        Part ids = new Part(idsFile, false, from.idBytes())) {
      if (!out.lock()) {
        throw new BadInputException(
            "", "Another run is writing %s. Maybe wait for it.".formatted(plan.out()));
      }
      SeenIds seen = seen(idsFile, from.idBytes());
      if (from.read() == 0) {
        out.write(plan.format().opening());
      }
      skip(input, from.read());
      watcher.done(summary.read(), summary.rejected());
      ExecutorService pool = Executors.newFixedThreadPool(plan.threads());
      try {
        Deque<Future<List<Result>>> window = new ArrayDeque<>();
        boolean more = true;
        long taken = from.read();
        while (!stopped && (more || !window.isEmpty())) {
          while (more && window.size() < plan.threads() * 4) {
            List<Item> chunk = chunk(input);
            more = chunk.size() == CHUNK;
            taken += chunk.size();
            if (!chunk.isEmpty()) {
              LocalDate today = from.today();
              window.add(pool.submit(() -> chunk.stream().map(i -> result(i, today)).toList()));
            }
          }
          if (window.isEmpty()) {
            break;
          }
          List<Result> results = unique(joined(window.poll()), seen, ids);
          record(results);
          for (Result result : results) {
            write(result, out, rejects, summary);
            if (summary.read() % SEGMENT == 0) {
              reached(from, summary, false, out, rejects, ids).write(checkpointFile);
            }
          }
          watcher.done(summary.read(), summary.rejected());
        }
        if (!stopped && taken != summary.read()) {
          throw new IllegalStateException(
              Figures.text(
                  "%,d lines were read, but %,d answered and %,d rejected.",
                  taken, summary.accepted(), summary.rejected()));
        }
      } finally {
        pool.shutdown();
      }
      if (stopped) {
        return new Outcome(summary, from.read(), true);
      }
      new Checkpoint(
              run, from.today(), summary.read(), out.end(), rejects.end(), ids.end(), summary, true)
          .write(checkpointFile);
    }
    publish(partFile, rejectsFile, summary);
    tidy(idsFile, checkpointFile);
    return new Outcome(summary, from.read(), false);
  }

  /** What is read must not be what is written. */
  private void refuseItself() throws IOException {
    for (Path written : List.of(plan.out(), plan.rejects())) {
      if (plan.in() != null
          && Files.exists(plan.in())
          && Files.exists(written)
          && Files.isSameFile(plan.in(), written)) {
        throw new BadInputException(
            "",
            "%s is read and would be written over. Maybe name another --out.".formatted(written));
      }
    }
  }

  /** Brings all to the disk, and says how far that is. */
  private static Checkpoint reached(
      Checkpoint from, Summary summary, boolean finished, Part out, Part rejects, Part ids)
      throws IOException {
    return new Checkpoint(
        from.run(),
        from.today(),
        summary.read(),
        out.end(),
        rejects.end(),
        ids.end(),
        summary,
        finished);
  }

  /** What makes a run the same as another. */
  private String fingerprint() throws IOException {
    ObjectNode run = Json.MAPPER.createObjectNode();
    if (plan.in() != null && Files.isRegularFile(plan.in())) {
      run.put("in", plan.in().toAbsolutePath().normalize().toString());
      run.put("bytes", Files.size(plan.in()));
      run.put("modified", Files.getLastModifiedTime(plan.in()).toMillis());
    }
    run.put("format", plan.format().name());
    run.put("rulebook", advisor.rulebook().hash());
    run.put("facts", advisor.facts().hash());
    return Fingerprint.sha256(run.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static SeenIds seen(Path file, long length) throws IOException {
    SeenIds seen = new SeenIds();
    try (InputStream in = Files.newInputStream(file)) {
      ByteBuffer kept = ByteBuffer.wrap(in.readNBytes((int) length));
      while (kept.hasRemaining()) {
        seen.add(kept.getLong());
      }
    }
    return seen;
  }

  private void skip(Input input, long lines) throws IOException {
    for (long i = 0; i < lines && !stopped; i++) {
      if (input.next() == null) {
        throw new BadInputException(
            "",
            Figures.text(
                "The input ends after %,d lines, and %,d were done before. Maybe it is another input.",
                i, lines));
      }
    }
  }

  private static List<Item> chunk(Input input) throws IOException {
    List<Item> chunk = new ArrayList<>(CHUNK);
    while (chunk.size() < CHUNK) {
      Item item = input.next();
      if (item == null) {
        break;
      }
      chunk.add(item);
    }
    return chunk;
  }

  private Result result(Item item, LocalDate today) {
    try {
      JsonNode given = item.given(advisor.reader());
      Requirement requirement = advisor.reader().read(given, today);
      Decision decision = plan.format().decide(advisor, requirement);
      byte[] row = plan.format().row(advisor, item.number(), decision);
      Entry entry =
          recording == null
              ? null
              : new Entry(decision, given, today, clock.instant(), plan.redacted());
      String id = given.path("id").isTextual() ? given.get("id").asText() : null;
      return new Result(item.number(), row, entry, decision, id, List.of());
    } catch (BadInputException refused) {
      return rejected(item, refused.problems());
    } catch (RuntimeException failed) {
      return rejected(
          item, List.of(new Problem("", "No decision could be made: " + failed.getMessage())));
    }
  }

  private static Result rejected(Item item, List<Problem> problems) {
    return new Result(item.number(), null, null, null, null, problems);
  }

  private static List<Result> joined(Future<List<Result>> future) {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Rejects what has an id that an earlier line has. */
  private static List<Result> unique(List<Result> results, SeenIds seen, Part ids)
      throws IOException {
    List<Result> unique = new ArrayList<>();
    for (Result result : results) {
      if (result.id() == null) {
        unique.add(result);
        continue;
      }
      long key = SeenIds.key(result.id());
      if (seen.add(key)) {
        ids.write(ByteBuffer.allocate(Long.BYTES).putLong(key).array());
        unique.add(result);
      } else {
        unique.add(
            new Result(
                result.number(),
                null,
                null,
                null,
                null,
                List.of(
                    new Problem(
                        "/id",
                        "Found \"%s\", which an earlier line has. Maybe one of the two wants another."
                            .formatted(result.id())))));
      }
    }
    return unique;
  }

  private void record(List<Result> results) {
    if (recording != null) {
      recording.record(results.stream().map(Result::entry).filter(Objects::nonNull).toList());
    }
  }

  private static void write(Result result, Part out, Part rejects, Summary summary)
      throws IOException {
    if (result.row() != null) {
      out.write(result.row());
      summary.add(result.decision());
      return;
    }
    ObjectNode reject = Json.MAPPER.createObjectNode();
    Problem first = result.problems().get(0);
    reject.put("line", result.number());
    reject.put("pointer", first.pointer());
    reject.put("reason", first.message());
    for (Problem more : result.problems().subList(1, result.problems().size())) {
      reject
          .withArrayProperty("more")
          .addObject()
          .put("pointer", more.pointer())
          .put("reason", more.message());
    }
    rejects.write((reject + "\n").getBytes(StandardCharsets.UTF_8));
    summary.reject();
  }

  /** Gives what is whole its name; done again, it does no harm. */
  private void publish(Path part, Path rejects, Summary summary) throws IOException {
    if (Files.exists(rejects)) {
      if (Files.size(rejects) > 0) {
        named(rejects, plan.rejects());
      } else {
        Files.delete(rejects);
        Files.deleteIfExists(plan.rejects());
      }
    }
    if (!Files.exists(part)) {
      return;
    }
    if (plan.format().framed()) {
      Path whole = plan.beside(".whole.part");
      String named = summary.rejected() == 0 ? null : plan.rejects().getFileName().toString();
      try (OutputStream file = Files.newOutputStream(whole);
          OutputStream stream =
              new BufferedOutputStream(plan.packed() ? new GZIPOutputStream(file) : file)) {
        stream.write(plan.format().head(summary, named));
        Files.copy(part, stream);
        stream.write(plan.format().tail());
      }
      named(whole, plan.out());
      Files.delete(part);
    } else {
      named(part, plan.out());
    }
  }

  private static void named(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void tidy(Path... files) {
    try {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException left) {
      throw new UncheckedIOException(left);
    }
  }
}
