package dev.rigwright.web;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** What the server counts, in the form that Prometheus reads. */
final class Metrics implements AutoCloseable {

  /** The media type of the form. */
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** The attribute of a request that holds the pattern of its path. */
  static final String ROUTE = "rigwright.route";

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private static final Duration[] STEPS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();

  Metrics(Installation installation, Decider decider, Problems problems) {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
    Gauge.builder("rigwright.queue", decider, Decider::inside)
        .description("Requests that wait for an answer or are being answered")
        .register(registry);
    FunctionCounter.builder("rigwright.unrecorded", decider, Decider::unrecorded)
        .description("Decisions that could not be written into the log")
        .register(registry);
    FunctionCounter.builder("rigwright.failures", problems, Problems::failures)
        .description("Requests that failed by the server's own fault")
        .register(registry);
    reloads("rules", installation, Installation::rulesReloads);
    reloads("facts", installation, Installation::factsReloads);
    FunctionCounter.builder("rigwright.refusals", installation, Installation::refusals)
        .description("Changes of rules or facts that did not come into force")
        .register(registry);
    Gauge.builder("rigwright.refused", installation, Metrics::refused)
        .description("1 where the newest change of rules or facts is not in force")
        .register(registry);
    decider.verdicts().forEach(this::verdict);
  }

  private static double refused(Installation installation) {
    InForce now = installation.inForce();
    return now.refusedRules() != null || now.refusedFacts() != null ? 1 : 0;
  }

  private void reloads(
      String what,
      Installation installation,
      java.util.function.ToDoubleFunction<Installation> count) {
    FunctionCounter.builder("rigwright.reloads", installation, count)
        .tag("of", what)
        .description("Changes that came into force")
        .register(registry);
  }

  private void verdict(String word, LongAdder count) {
    FunctionCounter.builder("rigwright.decisions", count, LongAdder::sum)
        .tag("verdict", word)
        .description("Decisions by how they end")
        .register(registry);
  }

  /** Counts a request. */
  void took(String method, String route, int status, long nanos) {
    Timer.builder("rigwright.http.requests")
        .description("Requests by method, path and status")
        .tag("method", METHODS.contains(method) ? method : "other")
        .tag("route", route == null ? "none" : route)
        .tag("status", String.valueOf(status))
        .serviceLevelObjectives(STEPS)
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /** All of it. */
  String text() {
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
