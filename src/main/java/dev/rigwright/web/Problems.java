package dev.rigwright.web;

import dev.rigwright.audit.LogException;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.web.Problem.Kind;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Tells why a request is not answered: to a program as a problem document, to a person as a page.
 * What a program said to itself goes to whoever runs the server, under a number.
 */
final class Problems extends ErrorHandler {

  private static final List<String> PROGRAMS =
      List.of("/v1/", "/openapi.json", "/healthz", "/metrics");

  private static final List<Integer> VERSIONS =
      List.of(HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505, HttpStatus.UPGRADE_REQUIRED_426);

  private final List<Routes> routes;
  private final PrintWriter messages;
  private final AtomicLong failures = new AtomicLong();

  Problems(List<Routes> routes, PrintWriter messages) {
    this.routes = routes;
    this.messages = messages;
  }

  /** Whether what lies at a path is for programs first. */
  static boolean forPrograms(String path) {
    return PROGRAMS.stream().anyMatch(path::startsWith) || path.equals("/v1");
  }

  /** Whether somebody looks at the answer in a browser. */
  static boolean wantsPage(String accept) {
    return accept != null && accept.contains("text/html");
  }

  /** How many requests failed by the server's own fault. */
  long failures() {
    return failures.get();
  }

  /** What an exception means to whoever asked. */
  Problem of(Throwable failure) {
    if (failure instanceof Problem own) {
      return own;
    }
    if (failure instanceof BadInputException refused) {
      return Problem.of(refused);
    }
    if (failure instanceof HttpResponseException refused) {
      return of(refused.getStatus(), null);
    }
    if (failure instanceof HttpException refused) {
      return of(refused.getCode(), refused.getReason());
    }
    long number = failures.incrementAndGet();
    if (failure instanceof LogException log) {
      messages.println("FAILURE %d: %s".formatted(number, log.getMessage()));
      return new Problem(
          Kind.INTERNAL,
          "The decision log cannot be read (failure %d). Whoever runs this server was told why."
              .formatted(number));
    }
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    messages.println("FAILURE %d: %s".formatted(number, trace.toString().stripTrailing()));
    return new Problem(
        Kind.INTERNAL,
        "Something went wrong that should not have (failure %d). Whoever runs this server was told what."
            .formatted(number));
  }

  /** What the HTTP layer says of a request that it cannot read, and the next step. */
  private static String malformed(String reason) {
    if (reason == null) {
      return "This cannot be read as HTTP. Maybe a character of the address is not encoded, or a header is broken.";
    }
    if (reason.contains("Version") || reason.startsWith("HTTP/") || reason.startsWith("Upgrade")) {
      return reason + ". Maybe ask in HTTP/1.1.";
    }
    boolean address = reason.equals("Bad Request") || reason.contains("URI");
    return reason
        + (address
            ? ". Maybe a character of the address is encoded that should stand there as it is."
            : ". Maybe a header is broken, stands there twice, or speaks against another.");
  }

  private Problem of(int asked, String reason) {
    // Of another version than is spoken here, or of none: whoever asks can change it.
    int status = VERSIONS.contains(asked) ? 400 : asked;
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(each -> each.status() == status && each != Kind.OTHER)
            .findFirst()
            .orElse(Kind.OTHER);
    String detail =
        switch (status) {
          case 400 -> malformed(reason);
          case 405 ->
              "This path is answered, and not by this method; the header Allow names those that are.";
          case 404 -> "There is nothing at this path. Maybe /openapi.json lists what was meant.";
          case 413 -> "The body is larger than is read here.";
          case 414 -> "The address is longer than is read here.";
          case 431 -> "The headers are larger than is read here.";
          case 503 -> "The server is stopping. Maybe ask again in a moment.";
          default -> reason == null ? String.valueOf(HttpStatus.getMessage(status)) : reason + ".";
        };
    Problem problem = new Problem(kind, status, detail);
    return kind == Kind.BUSY ? problem.with("Retry-After", "1") : problem;
  }

  /** Writes a problem as the answer. */
  void write(Context http, Problem problem) {
    http.status(problem.status());
    problem.headers().forEach(http::header);
    http.header("Cache-Control", "no-store");
    Optional<String> page = page(http.path(), http.header("Accept"), problem);
    if (page.isPresent()) {
      http.contentType("text/html; charset=utf-8").result(page.get());
    } else {
      http.contentType(Problem.TYPE).result(problem.bytes());
    }
  }

  /** Writes a problem as the answer, before a route was looked for. */
  void write(Request request, Response response, Callback callback, Problem problem) {
    Guard.put(response.getHeaders());
    response.setStatus(problem.status());
    problem.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    String path = Request.getPathInContext(request);
    Optional<String> page =
        page(path == null ? "" : path, request.getHeaders().get(HttpHeader.ACCEPT), problem);
    byte[] body = page.map(html -> html.getBytes(StandardCharsets.UTF_8)).orElseGet(problem::bytes);
    response
        .getHeaders()
        .put(HttpHeader.CONTENT_TYPE, page.isPresent() ? "text/html; charset=utf-8" : Problem.TYPE);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    boolean head = "HEAD".equals(request.getMethod());
    response.write(true, head ? ByteBuffer.allocate(0) : ByteBuffer.wrap(body), callback);
  }

  private Optional<String> page(String path, String accept, Problem problem) {
    if (forPrograms(path) || !wantsPage(accept)) {
      return Optional.empty();
    }
    return routes.stream().flatMap(each -> each.page(problem).stream()).findFirst();
  }

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  /** What the HTTP layer itself refuses. */
  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      String message,
      Throwable cause,
      Callback callback) {
    Problem problem =
        cause == null || cause instanceof HttpException || code < 500
            ? of(code, cause instanceof HttpException http ? http.getReason() : null)
            : of(cause);
    write(request, response, callback, problem);
  }
}
