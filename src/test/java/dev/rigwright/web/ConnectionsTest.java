package dev.rigwright.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.Scheduler;
import org.junit.jupiter.api.Test;

/** What one connection is read into is never another's meanwhile. */
class ConnectionsTest {

  private static final String NO_REQUEST = "rubbish\r\n\r\n";

  /** Long against what answering takes, and shorter than reading does here. */
  private static final int PAUSE_MILLIS = 5;

  private static final int READ_MILLIS = 20;

  @Test
  void a_buffer_is_not_given_back_while_another_thread_fills_it() throws Exception {
    int refused = 0;
    AtomicInteger fills;
    AtomicInteger givenBack;
    try (Unlucky unlucky = new Unlucky(new Connections(new HttpConfiguration()))) {
      fills = unlucky.fills;
      givenBack = unlucky.givenBack;
      for (int i = 0; i < 20; i++) {
        try (Socket socket = new Socket("127.0.0.1", unlucky.port())) {
          socket.setSoTimeout(60_000);
          socket.getOutputStream().write(NO_REQUEST.getBytes(StandardCharsets.ISO_8859_1));
          if (Running.line(socket.getInputStream()).startsWith("HTTP/1.1 400 ")) {
            refused++;
          }
        }
      }
    }
    assertThat(fills).as("reads").hasValueGreaterThan(20);
    assertThat(givenBack).as("given back while they were filled").hasValue(0);
    assertThat(refused).isEqualTo(20);
  }

  @Test
  void the_server_reads_so() throws Exception {
    try (Running running = Running.shipped(usual -> usual)) {
      assertThat(running.server.connections()).singleElement().isInstanceOf(Connections.class);
    }
  }

  /**
   * A server whose threads are switched where it hurts: whoever hands a task to another thread is
   * late to go on, and reading takes long.
   */
  private static final class Unlucky implements AutoCloseable {
    private final Set<Integer> filled = ConcurrentHashMap.newKeySet();
    private final AtomicInteger fills = new AtomicInteger();
    private final AtomicInteger givenBack = new AtomicInteger();
    private final org.eclipse.jetty.server.Server server =
        new org.eclipse.jetty.server.Server(new Late());
    private final ServerConnector connector;

    Unlucky(ConnectionFactory connections) throws Exception {
      connector =
          new ServerConnector(server, null, null, new Watched(), 1, 1, connections) {
            @Override
            protected SocketChannelEndPoint newEndPoint(
                SocketChannel channel, ManagedSelector selector, SelectionKey key) {
              return new Slow(channel, selector, key, getScheduler());
            }
          };
      connector.setHost("127.0.0.1");
      server.addConnector(connector);
      server.start();
    }

    int port() {
      return connector.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      try {
        server.stop();
      } catch (Exception failed) {
        throw new IOException(failed);
      }
    }

    private static void pause(int millis) {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }

    private static final class Late extends QueuedThreadPool {
      @Override
      public boolean tryExecute(Runnable task) {
        boolean taken = super.tryExecute(task);
        pause(PAUSE_MILLIS);
        return taken;
      }

      @Override
      public void execute(Runnable task) {
        super.execute(task);
        pause(PAUSE_MILLIS);
      }
    }

    private final class Slow extends SocketChannelEndPoint {
      Slow(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
      }

      @Override
      public int fill(ByteBuffer buffer) throws IOException {
        fills.incrementAndGet();
        filled.add(System.identityHashCode(buffer));
        try {
          pause(READ_MILLIS);
          return super.fill(buffer);
        } finally {
          filled.remove(System.identityHashCode(buffer));
        }
      }
    }

    private final class Watched extends ByteBufferPool.Wrapper {
      Watched() {
        super(new ArrayByteBufferPool());
      }

      @Override
      public RetainableByteBuffer.Mutable acquire(int size, boolean direct) {
        return new RetainableByteBuffer.Wrapper(super.acquire(size, direct)) {
          @Override
          public boolean release() {
            if (filled.contains(System.identityHashCode(getByteBuffer()))) {
              givenBack.incrementAndGet();
            }
            return super.release();
          }
        };
      }
    }
  }
}
