package dev.rigwright.web;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections on which a request has begun and its headers do not come. The idle time alone
 * does not: whoever sends a byte now and then is never idle.
 */
final class Dawdlers extends AbstractLifeCycle implements Connection.Listener {

  private static final long LOOK_MILLIS = 500;

  /**
   * How many bytes had come when no request had begun, and since when others may be of one that
   * has.
   */
  private record Seen(long bytes, long sinceNanos) {}

  private final Map<Connection, Seen> open = new ConcurrentHashMap<>();
  private final Set<Connection> answering = ConcurrentHashMap.newKeySet();
  private final Duration time;
  private Scheduler scheduler;

  Dawdlers(Duration time) {
    this.time = time;
  }

  /** Looks after a connector. */
  void lookAfter(Connector connector) {
    scheduler = connector.getScheduler();
    connector.addBean(this);
  }

  /** A request has all its headers; until it is answered its connection is not judged here. */
  void begun(Request request) {
    Connection connection = request.getConnectionMetaData().getConnection();
    answering.add(connection);
    Request.addCompletionListener(
        request,
        failure -> {
          open.computeIfPresent(
              connection, (same, seen) -> new Seen(connection.getBytesIn(), System.nanoTime()));
          answering.remove(connection);
        });
  }

  @Override
  protected void doStart() {
    lookLater();
  }

  private void lookLater() {
    scheduler.schedule(
        () -> {
          if (isStarting() || isRunning()) {
            open.forEach(this::look);
            lookLater();
          }
        },
        LOOK_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  private void look(Connection connection, Seen seen) {
    long now = System.nanoTime();
    if (answering.contains(connection) || connection.getBytesIn() == seen.bytes()) {
      open.replace(connection, seen, new Seen(connection.getBytesIn(), now));
    } else if (now - seen.sinceNanos() > time.toNanos()) {
      connection.getEndPoint().close();
    }
  }

  @Override
  public void onOpened(Connection connection) {
    open.put(connection, new Seen(0, System.nanoTime()));
  }

  @Override
  public void onClosed(Connection connection) {
    open.remove(connection);
    answering.remove(connection);
  }
}
