package dev.rigwright.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.audit.Entry;
import dev.rigwright.audit.LogException;
import dev.rigwright.domain.Outcome;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Decision;
import dev.rigwright.web.Problem.Kind;
import io.javalin.http.Context;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The one way to whatever takes time: a fixed number of threads, and a bounded waiting room before
 * them. Who finds it full is told so at once, before anything was done.
 */
public final class Decider implements AutoCloseable {

  /**
   * An answer.
   *
   * @param inForce what it was made with
   * @param recorded whether it is in the log
   */
  public record Answer(Decision decision, InForce inForce, boolean recorded) {}

  private static final String RETRY_SECONDS = "1";

  /** What is recorded waits for others where so many are inside for each of those who decide. */
  private static final int MANY = 4;

  /** How long, for each of those: a part of the time that they wait for their turn anyway. */
  private static final Duration GATHERING = Duration.ofNanos(250_000);

  private final Installation installation;
  private final Limits limits;
  private final PrintWriter messages;
  private final ThreadPoolExecutor threads;
  private final AtomicInteger inside = new AtomicInteger();
  private volatile Long endingSinceNanos;
  private final AtomicInteger streams = new AtomicInteger();
  private final Map<String, Integer> perClient = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> verdicts = new TreeMap<>();
  private final LongAdder unrecorded = new LongAdder();

  Decider(Installation installation, Limits limits, PrintWriter messages) {
    this.installation = installation;
    this.limits = limits;
    this.messages = messages;
    for (Outcome outcome : Outcome.values()) {
      verdicts.put(outcome.word(), new LongAdder());
    }
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            limits.deciders(),
            limits.deciders(),
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "decider-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Answers a requirement, when it is its turn.
   *
   * @param given as it was sent
   * @param record whether the answer goes into the log
   * @throws dev.rigwright.facts.BadInputException if it cannot be used
   * @throws Problem if nobody has time
   */
  public Answer answer(Context http, JsonNode given, boolean record) {
    Decided decided = within(http, () -> decided(installation.inForce(), given));
    // Not where it was decided: what waits for the disk goes there together, and others decide.
    return answered(decided, given, record);
  }

  /**
   * Does something that takes time, when it is its turn, on a thread of its own.
   *
   * @throws Problem if nobody has time
   */
  public <T> T within(Context http, Callable<T> work) {
    String client = http.attribute(Guard.CLIENT);
    if (client != null && perClient.merge(client, 1, Integer::sum) > limits.perClient()) {
      left(client);
      throw new Problem(
              Kind.TOO_MANY,
              "%d requests of yours are being answered already. Maybe wait for some of them."
                  .formatted(limits.perClient()))
          .with("Retry-After", RETRY_SECONDS);
    }
    try {
      if (inside.incrementAndGet() > limits.waiting() + limits.deciders()) {
        throw busy();
      }
      return joined(threads.submit(work));
    } finally {
      inside.decrementAndGet();
      left(client);
    }
  }

  private void left(String client) {
    if (client != null) {
      perClient.computeIfPresent(client, (same, count) -> count == 1 ? null : count - 1);
    }
  }

  /** Requirements that come one after the other and are answered in their order. */
  public final class Stream implements AutoCloseable {
    private final InForce inForce = installation.inForce();

    private Stream() {}

    /** What all of it is answered with. */
    public InForce inForce() {
      return inForce;
    }

    /** How many may be under way at once, so that the others get their turn. */
    public int width() {
      return 2 * limits.deciders();
    }

    /** In what time a line must have come once it began. */
    public Duration lineTime() {
      return limits.bodyTime();
    }

    /** How long a line may be. */
    public int lineBytes() {
      return limits.bodyBytes();
    }

    /** Begins with one of them; nothing is refused for want of room. */
    public <T> Future<T> submit(Callable<T> work) {
      return threads.submit(work);
    }

    /** Whether no more of it is to be read: the server stops, and half of its time is over. */
    public boolean ends() {
      Long since = endingSinceNanos;
      return since != null && System.nanoTime() - since > limits.grace().toNanos() / 2;
    }

    /** An answer, on the thread that asks. */
    public Answer answer(JsonNode given) {
      return answered(decided(inForce, given), given, true);
    }

    @Override
    public void close() {
      streams.decrementAndGet();
    }
  }

  /**
   * Lets streams that do not come to their end in time end where they are, and answer what they
   * have read.
   */
  void end() {
    endingSinceNanos = System.nanoTime();
  }

  /**
   * Begins a stream; close it at its end.
   *
   * @throws Problem if too many run already
   */
  public Stream stream() {
    if (streams.incrementAndGet() > limits.streams()) {
      streams.decrementAndGet();
      throw busy();
    }
    return new Stream();
  }

  private <T> T joined(Future<T> future) {
    try {
      return future.get(limits.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      // What has begun is not interrupted: the engine does not expect it.
      future.cancel(false);
      throw busy();
    } catch (ExecutionException failed) {
      throw unchecked(failed.getCause());
    } catch (InterruptedException | CancellationException stopped) {
      Thread.currentThread().interrupt();
      throw busy();
    }
  }

  private static RuntimeException unchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException own ? own : new IllegalStateException(failure);
  }

  private static Problem busy() {
    return new Problem(
            Kind.BUSY, "Too many others wait for an answer. Maybe ask again in a second.")
        .with("Retry-After", RETRY_SECONDS);
  }

  /**
   * What was decided and is yet to be recorded.
   *
   * @param askedOn the day for a requirement that names none
   */
  private record Decided(Decision decision, InForce inForce, LocalDate askedOn) {}

  /** Decides on the thread that asks. */
  private Decided decided(InForce inForce, JsonNode given) {
    Advisor advisor = inForce.advisor();
    LocalDate today = installation.today();
    Requirement requirement = advisor.reader().read(given, today);
    return new Decided(counted(advisor.answer(requirement)), inForce, today);
  }

  private Answer answered(Decided decided, JsonNode given, boolean record) {
    boolean recorded =
        record
            && record(
                decided.inForce().advisor(),
                new Entry(
                    decided.decision(),
                    given,
                    decided.askedOn(),
                    installation.clock().instant(),
                    installation.places().redacted()));
    return new Answer(decided.decision(), decided.inForce(), recorded);
  }

  /** Counts a decision that somebody is answered with, however it was made; returns it. */
  public Decision counted(Decision decision) {
    verdicts.get(decision.verdict().word()).increment();
    return decision;
  }

  /** An answer is given even where it cannot be recorded; that it was not is said. */
  private boolean record(Advisor advisor, Entry entry) {
    if (installation.log() == null) {
      return false;
    }
    try {
      int each = inside() / limits.deciders();
      Duration gathering = each < MANY ? Duration.ZERO : GATHERING.multipliedBy(each);
      installation.log().record(advisor, List.of(entry), gathering);
      return true;
    } catch (LogException failed) {
      unrecorded.increment();
      messages.println(
          "NOT RECORDED: " + entry.decision().decisionId() + ". " + failed.getMessage());
      return false;
    }
  }

  /** How many requests wait or are being answered. */
  int inside() {
    return inside.get();
  }

  /** How many decisions ended how. */
  Map<String, LongAdder> verdicts() {
    return verdicts;
  }

  /** How many decisions could not be recorded. */
  long unrecorded() {
    return unrecorded.sum();
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
