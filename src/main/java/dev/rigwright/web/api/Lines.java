package dev.rigwright.web.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.engine.DecisionJson;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.Json;
import dev.rigwright.web.Decider;
import dev.rigwright.web.Media;
import dev.rigwright.web.Problem;
import dev.rigwright.web.Problem.Kind;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Requirements, one a line, answered one a line in their order while more come. What is wrong with
 * one is said in its place. All of a stream is decided with the same rules and facts.
 */
final class Lines {

  /** So long the rest of a body is taken, so that whoever still sends hears the answer. */
  private static final Duration FORGETTING = Duration.ofSeconds(5);

  private final Decider decider;

  Lines(Decider decider) {
    this.decider = decider;
  }

  void answer(Context http) throws IOException {
    Media.wanted(http, List.of(Media.LINES));
    try (Decider.Stream stream = decider.stream()) {
      LineReader reader =
          new LineReader(http.bodyInputStream(), stream.lineBytes(), stream.lineTime());
      http.disableCompression();
      http.contentType(Media.LINES);
      http.header("X-Accel-Buffering", "no");
      OutputStream out = http.outputStream();
      Deque<Future<byte[]>> window = new ArrayDeque<>();
      try {
        boolean more = true;
        while (more) {
          if (window.size() == stream.width()) {
            out.write(joined(window.remove()));
          }
          if (!reader.ready()) {
            // Whoever waits for answers before sending more gets them.
            drain(window, out);
          }
          if (stream.ends()) {
            throw new Problem(
                Kind.BUSY,
                "The server is stopping; all lines before were answered. Maybe send the rest in a moment.");
          }
          LineReader.Line line = reader.next();
          more = line != null;
          if (more) {
            window.add(stream.submit(() -> answered(stream, line)));
          }
        }
        drain(window, out);
      } catch (Problem broken) {
        drain(window, out);
        out.write(problem(reader.number(), broken));
        out.flush();
        if (stream.ends()) {
          reader.forget(FORGETTING);
        }
      } finally {
        window.forEach(future -> future.cancel(false));
      }
    }
  }

  private static void drain(Deque<Future<byte[]>> window, OutputStream out) throws IOException {
    while (!window.isEmpty()) {
      out.write(joined(window.remove()));
    }
    // Also what was written before, to make room in the window.
    out.flush();
  }

  private static byte[] joined(Future<byte[]> future) throws IOException {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Error error) {
        throw error;
      }
      throw failed.getCause() instanceof RuntimeException own
          ? own
          : new IllegalStateException(failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("The server is stopping.", stopped);
    }
  }

  private static byte[] answered(Decider.Stream stream, LineReader.Line line) {
    try {
      if (line.problem() != null) {
        return problem(line.number(), line.problem());
      }
      return DecisionJson.line(
          stream.answer(stream.inForce().advisor().reader().parse(line.text())).decision());
    } catch (BadInputException refused) {
      return problem(line.number(), Problem.of(refused));
    } catch (RuntimeException failed) {
      return problem(
          line.number(), new Problem(Kind.INTERNAL, "No decision could be made of this line."));
    }
  }

  private static byte[] problem(long number, Problem problem) {
    ObjectNode line = Json.MAPPER.createObjectNode();
    line.put("line", number);
    line.set("problem", problem.json());
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
