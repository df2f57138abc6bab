package dev.rigwright.web;

import java.time.Duration;

/**
 * How much a server takes on.
 *
 * @param deciders how many decide at the same time
 * @param waiting how many requests may wait for one of them; more are told to come later
 * @param patience how long each of them waits at the most
 * @param perClient how many requests of one client may wait or be decided at the same time
 * @param streams how many streams of requirements may run at the same time
 * @param bodyBytes how large a body may be, except a stream's
 * @param bodyTime in what time headers, a body, or a line of a stream must have come
 * @param headerBytes how large the request line and headers may be together
 * @param idle how long a connection may be silent
 * @param connections how many there may be at the same time
 * @param grace how long what was accepted may take when the server stops
 */
public record Limits(
    int deciders,
    int waiting,
    Duration patience,
    int perClient,
    int streams,
    int bodyBytes,
    Duration bodyTime,
    int headerBytes,
    Duration idle,
    int connections,
    Duration grace) {

  /** What suits one machine. */
  public static Limits usual() {
    int processors = Runtime.getRuntime().availableProcessors();
    return new Limits(
        processors,
        256,
        Duration.ofSeconds(30),
        64,
        4 * processors,
        1 << 20,
        Duration.ofSeconds(10),
        16 << 10,
        Duration.ofSeconds(30),
        1_024,
        Duration.ofSeconds(20));
  }
}
