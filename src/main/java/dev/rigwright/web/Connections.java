package dev.rigwright.web;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * HTTP/1.1 connections of which each is read by one thread at a time.
 *
 * <p>Jetty's own (12.1.12 to 12.1.14) answer what is no request on a thread of its own, which then
 * has another one read on, while the first may still have to give its buffer back. A buffer that is
 * given back while somebody fills it is already that of another connection: there a request is seen
 * once more and each later answer comes one request late, or what a stranger sent is read. With a
 * second thread that waits until the first has left, the buffer is always its own.
 */
final class Connections extends HttpConnectionFactory {

  Connections(HttpConfiguration configuration) {
    super(configuration);
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    HttpConnection connection = new ReadByOne(getHttpConfiguration(), connector, endPoint);
    connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
    return configure(connection, connector, endPoint);
  }

  private static final class ReadByOne extends HttpConnection {
    private final Lock reading = new ReentrantLock();

    ReadByOne(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
      super(configuration, connector, endPoint);
    }

    @Override
    public void onFillable() {
      reading.lock();
      try {
        super.onFillable();
      } finally {
        reading.unlock();
      }
    }
  }
}
