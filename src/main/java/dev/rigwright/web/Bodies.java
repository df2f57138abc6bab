package dev.rigwright.web;

import dev.rigwright.web.Problem.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Has the whole body of a request before anybody works on it: within a size and a time, and without
 * a thread that waits for it. Whoever sends slowly holds a connection and nothing else. A stream of
 * requirements that does not fit is read as it comes.
 */
final class Bodies extends Handler.Wrapper {

  /** What is too large is still taken and forgotten up to this, so that the answer is heard. */
  private static final long FORGOTTEN_BYTES = 64L << 20;

  private final Problems problems;
  private final int mostBytes;
  private final Duration time;

  Bodies(Problems problems, Limits limits) {
    this.problems = problems;
    this.mostBytes = limits.bodyBytes();
    this.time = limits.bodyTime();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    long length = request.getLength();
    boolean chunked = request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    if (length == 0 || length < 0 && !chunked) {
      return super.handle(request, response, callback);
    }
    Problem coded = coded(request);
    if (coded != null) {
      problems.write(request, response, callback, coded.with("Connection", "close"));
      return true;
    }
    if (stream(request) && (chunked || length > mostBytes)) {
      return super.handle(request, response, callback);
    }
    boolean waits = request.getHeaders().contains(HttpHeader.EXPECT);
    if (length > FORGOTTEN_BYTES || length > mostBytes && waits) {
      problems.write(request, response, callback, tooLarge().with("Connection", "close"));
      return true;
    }
    Reading reading = new Reading(request, response, callback);
    reading.start();
    return true;
  }

  /** Why a body that is packed is not read; null where it is not packed. */
  private static Problem coded(Request request) {
    String content =
        String.join(", ", request.getHeaders().getCSV(HttpHeader.CONTENT_ENCODING, false));
    if (!content.isEmpty() && !content.equalsIgnoreCase("identity")) {
      return new Problem(
              Kind.MEDIA_TYPE,
              "The body is packed (Content-Encoding: %s), and none is unpacked here. Maybe send it as it is."
                  .formatted(content))
          .with("Accept-Encoding", "identity");
    }
    String transfer =
        String.join(", ", request.getHeaders().getCSV(HttpHeader.TRANSFER_ENCODING, false));
    return transfer.isEmpty() || transfer.equalsIgnoreCase("chunked")
        ? null
        : new Problem(
            Kind.MALFORMED,
            "The body comes as (%s); read is chunked, and a body with its length."
                .formatted(transfer));
  }

  private static boolean stream(Request request) {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    return type != null && type.toLowerCase(java.util.Locale.ROOT).startsWith(Media.LINES);
  }

  private Problem tooLarge() {
    return new Problem(
        Kind.TOO_LARGE,
        "The body has more than %,d bytes. Maybe send many requirements as lines, as %s."
            .formatted(mostBytes, Media.LINES));
  }

  /** A body that is being read. */
  private final class Reading implements Runnable {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private long bytes;
    private boolean over;
    private Scheduler.Task timer;

    Reading(Request request, Response response, Callback callback) {
      this.request = request;
      this.response = response;
      this.callback = callback;
    }

    void start() {
      timer =
          request
              .getComponents()
              .getScheduler()
              .schedule(this::late, time.toMillis(), TimeUnit.MILLISECONDS);
      run();
    }

    @Override
    public void run() {
      Problem problem;
      synchronized (this) {
        if (over) {
          return;
        }
        Content.Chunk chunk = all();
        if (chunk == null) {
          request.demand(this);
          return;
        }
        problem = Content.Chunk.isFailure(chunk) ? broken(chunk.getFailure()) : null;
        over = true;
      }
      timer.cancel();
      // Without the lock: the timer's thread is not to wait for an answer.
      end(problem);
    }

    /** Whose fault it is that there is no more. */
    private Problem broken(Throwable failure) {
      if (failure instanceof HttpException) {
        return problems.of(failure);
      }
      return failure instanceof TimeoutException
          ? new Problem(Kind.TOO_SLOW, "Nothing came for too long.")
          : new Problem(Kind.MALFORMED, "The body ended before it was whole.");
    }

    /** Takes what is there; the last chunk or a failure, or null where more is to come. */
    private Content.Chunk all() {
      while (true) {
        Content.Chunk chunk = request.read();
        if (chunk == null || Content.Chunk.isFailure(chunk)) {
          return chunk;
        }
        take(chunk.getByteBuffer());
        chunk.release();
        if (chunk.isLast() || bytes > FORGOTTEN_BYTES) {
          return chunk;
        }
      }
    }

    private void take(ByteBuffer buffer) {
      bytes += buffer.remaining();
      if (bytes <= mostBytes) {
        byte[] part = new byte[buffer.remaining()];
        buffer.get(part);
        body.writeBytes(part);
      } else {
        body.reset();
        buffer.position(buffer.limit());
      }
    }

    private void late() {
      synchronized (this) {
        if (over) {
          return;
        }
        over = true;
      }
      Problem problem =
          bytes > mostBytes
              ? tooLarge()
              : new Problem(
                  Kind.TOO_SLOW,
                  "Of the body %,d bytes came in %d seconds. Maybe the connection is slow, or its length was given wrongly."
                      .formatted(bytes, time.toSeconds()));
      problems.write(request, response, callback, problem.with("Connection", "close"));
    }

    private void end(Problem failed) {
      if (failed != null || bytes > mostBytes) {
        Problem problem = failed == null ? tooLarge() : failed;
        problems.write(request, response, callback, problem.with("Connection", "close"));
        return;
      }
      Request whole = new Whole(request, body.toByteArray());
      try {
        if (!getHandler().handle(whole, response, callback)) {
          Response.writeError(whole, response, callback, 404);
        }
      } catch (Throwable failure) {
        Response.writeError(whole, response, callback, failure);
      }
    }
  }

  /** A request whose body is here. */
  private static final class Whole extends Request.Wrapper {
    private final Content.Source body;

    Whole(Request request, byte[] bytes) {
      super(request);
      body = Content.Source.from(ByteBuffer.wrap(bytes));
    }

    @Override
    public Content.Chunk read() {
      return body.read();
    }

    @Override
    public void demand(Runnable available) {
      body.demand(available);
    }

    @Override
    public void fail(Throwable failure) {
      body.fail(failure);
    }
  }
}
