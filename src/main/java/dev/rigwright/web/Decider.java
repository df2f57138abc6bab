package dev.rigwright.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.audit.Entry;
import dev.rigwright.audit.LogException;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Decision;
import dev.rigwright.web.Problem.Kind;
import io.javalin.http.Context;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
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

  private final Installation installation;
  private final Limits limits;
  private final PrintWriter messages;
  private final ThreadPoolExecutor threads;
  private final AtomicInteger inside = new AtomicInteger();
  private final Map<String, AtomicInteger> perClient = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> verdicts = new ConcurrentHashMap<>();
  private final LongAdder unrecorded = new LongAdder();

  Decider(Installation installation, Limits limits, PrintWriter messages) {
    this.installation = installation;
    this.limits = limits;
    this.messages = messages;
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
    return within(http, () -> now(given, record));
  }

  /**
   * Does something that takes time, when it is its turn, on a thread of its own.
   *
   * @throws Problem if nobody has time
   */
  public <T> T within(Context http, Callable<T> work) {
    String client = Access.client(http);
    AtomicInteger own =
        client == null
            ? new AtomicInteger()
            : perClient.computeIfAbsent(client, key -> new AtomicInteger());
    try {
      if (own.incrementAndGet() > limits.perClient()) {
        throw new Problem(
                Kind.TOO_MANY,
                "%d requests of yours are being answered already. Maybe wait for some of them."
                    .formatted(limits.perClient()))
            .with("Retry-After", RETRY_SECONDS);
      }
      if (inside.incrementAndGet() > limits.waiting() + limits.deciders()) {
        inside.decrementAndGet();
        throw busy();
      }
      try {
        return joined(threads.submit(work));
      } finally {
        inside.decrementAndGet();
      }
    } finally {
      own.decrementAndGet();
    }
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

  /** Answers at once, on the thread that asks. */
  Answer now(JsonNode given, boolean record) {
    InForce inForce = installation.inForce();
    Advisor advisor = inForce.advisor();
    LocalDate today = installation.today();
    Requirement requirement = advisor.reader().read(given, today);
    Decision decision = advisor.decide(requirement);
    verdicts.computeIfAbsent(decision.verdict().word(), key -> new LongAdder()).increment();
    boolean recorded =
        record
            && record(
                advisor,
                new Entry(
                    decision,
                    given,
                    today,
                    installation.clock().instant(),
                    installation.places().redacted()));
    return new Answer(decision, inForce, recorded);
  }

  /** An answer is given even where it cannot be recorded; that it was not is said. */
  private boolean record(Advisor advisor, Entry entry) {
    if (installation.log() == null) {
      return false;
    }
    try {
      installation.log().record(advisor, List.of(entry));
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
