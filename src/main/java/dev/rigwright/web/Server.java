package dev.rigwright.web;

import dev.rigwright.web.api.Api;
import dev.rigwright.web.page.Pages;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.AsyncRequestLogWriter;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.CustomRequestLog;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The page and the HTTP interface of an installation. */
public final class Server implements AutoCloseable {

  /**
   * How a server is run.
   *
   * @param host the address to listen on
   * @param port 0 for any that is free
   * @param hosts further names that it may be asked under where it listens for one machine alone
   * @param tokens the file of tokens; null where everybody is answered
   * @param accessLog the file that gets a line for each request; {@code -} for the messages; null
   *     for none
   * @param messages where the server says what whoever runs it must know
   */
  public record Options(
      String host,
      int port,
      Set<String> hosts,
      Path tokens,
      String accessLog,
      Limits limits,
      PrintWriter messages) {

    public Options {
      hosts = Set.copyOf(hosts);
    }

    /** The usual options. */
    public static Options on(String host, int port) {
      return new Options(
          host,
          port,
          Set.of(),
          null,
          null,
          Limits.usual(),
          new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }

    /** The same with further names. */
    public Options hosts(Set<String> names) {
      return new Options(host, port, names, tokens, accessLog, limits, messages);
    }

    /** The same with a file of tokens. */
    public Options tokens(Path file) {
      return new Options(host, port, hosts, file, accessLog, limits, messages);
    }

    /** The same with an access log. */
    public Options accessLog(String file) {
      return new Options(host, port, hosts, tokens, file, limits, messages);
    }

    /** The same within other limits. */
    public Options limits(Limits other) {
      return new Options(host, port, hosts, tokens, accessLog, other, messages);
    }

    /**
     * Looks whether a server could be run so, which takes no time; the port is not tried.
     *
     * @throws dev.rigwright.facts.BadInputException if the file of tokens cannot be used
     * @throws IOException if there is no such host, or no folder for the access log
     */
    public void check() throws IOException {
      try {
        InetAddress.getByName(host);
      } catch (UnknownHostException unknown) {
        throw new IOException(
            "There is no address (%s) to listen on. Maybe 127.0.0.1 was meant.".formatted(host));
      }
      if (tokens != null) {
        new Tokens(tokens, messages);
      }
      if (accessLog != null
          && !Files.isDirectory(Path.of(accessLog).toAbsolutePath().getParent())) {
        throw new NoSuchFileException(
            "The access log (%s) cannot be written: its folder is missing. Maybe the path is another one."
                .formatted(accessLog));
      }
    }

    /** The same with another place for messages. */
    public Options messages(PrintWriter other) {
      return new Options(host, port, hosts, tokens, accessLog, limits, other);
    }
  }

  /** Who, when, what, how it ended, bytes, milliseconds; no query, as it may hold a requirement. */
  private static final String ACCESS =
      "%{client}a %u %{yyyy-MM-dd'T'HH:mm:ss.SSS'Z'|UTC}t \"%m %U %H\" %s %O %{ms}T";

  private final Options options;
  private final boolean loopback;
  private final Decider decider;
  private final Problems problems;
  private final Metrics metrics;
  private final Tokens tokens;
  private final Dawdlers dawdlers;
  private final Javalin javalin;
  private boolean closed;

  /**
   * A server that listens once it is started.
   *
   * @throws dev.rigwright.facts.BadInputException if the file of tokens cannot be used
   * @throws IOException if there is no such host
   */
  public Server(Installation installation, Options options) throws IOException {
    this.options = options;
    options.check();
    this.loopback = InetAddress.getByName(options.host()).isLoopbackAddress();
    this.tokens =
        options.tokens() == null ? null : new Tokens(options.tokens(), options.messages());
    this.dawdlers = new Dawdlers(options.limits().bodyTime());
    Pages pages = new Pages();
    this.problems = new Problems(List.of(pages), options.messages());
    this.decider = new Decider(installation, options.limits(), options.messages());
    this.metrics = new Metrics(installation, decider, problems);
    Services services = new Services(installation, decider);
    List<Routes> routes = List.of(pages, new Api(), new Operations(metrics));
    javalin =
        Javalin.create(
            config -> {
              configure(config);
              routes.forEach(each -> each.add(config, services));
            });
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.http.maxRequestSize = options.limits().bodyBytes() + 1L;
    Limits limits = options.limits();
    config.jetty.threadPool =
        new QueuedThreadPool(limits.waiting() + limits.deciders() + limits.streams() + 64, 8);
    config.jetty.modifyServer(this::configure);
    config.jetty.addConnector(this::connector);
    config.routes.beforeMatched(
        http -> http.attribute(Metrics.ROUTE, http.endpoints().matchedHttpEndpoint().path));
    config.routes.exception(
        HttpResponseException.class,
        (refused, http) -> {
          Problem problem = problems.of(refused);
          String allowed = refused.getDetails().get("availableMethods");
          allowed = allowed == null ? refused.getDetails().get("Available methods") : allowed;
          problems.write(http, allowed == null ? problem : problem.with("Allow", allowed));
        });
    config.routes.exception(
        Exception.class, (failure, http) -> problems.write(http, problems.of(failure)));
    config.router.javaLangErrorHandler(
        (response, error) -> {
          Problem problem = problems.of(error);
          try {
            response.setStatus(problem.status());
            response.setContentType(Problem.TYPE);
            response.getOutputStream().write(problem.bytes());
          } catch (IOException | IllegalStateException gone) {
            options.messages().println("Nobody could be told of it: " + gone.getMessage());
          }
        });
  }

  private void configure(org.eclipse.jetty.server.Server server) {
    Guard guard = new Guard(problems, tokens, dawdlers, loopback, options.host(), options.hosts());
    guard.setHandler(new Bodies(problems, options.limits()));
    server.setHandler(new GracefulHandler(guard));
    server.setErrorHandler(problems);
    server.setStopTimeout(options.limits().grace().toMillis());
    server.addBean(new NetworkConnectionLimit(options.limits().connections(), server));
    server.setRequestLog(requestLog(server));
  }

  private RequestLog requestLog(org.eclipse.jetty.server.Server server) {
    RequestLog.Writer writer = null;
    if ("-".equals(options.accessLog())) {
      writer = options.messages()::println;
    } else if (options.accessLog() != null) {
      AsyncRequestLogWriter file = new AsyncRequestLogWriter(options.accessLog());
      server.addBean(file);
      writer = file;
    }
    RequestLog lines = writer == null ? null : new CustomRequestLog(writer, ACCESS);
    return (request, response) -> {
      metrics.took(
          request.getMethod(),
          (String) request.getAttribute(Metrics.ROUTE),
          response.getStatus(),
          System.nanoTime() - request.getBeginNanoTime());
      if (lines != null) {
        lines.log(request, response);
      }
    };
  }

  private Connector connector(
      org.eclipse.jetty.server.Server server, HttpConfiguration configuration) {
    configuration.setSendServerVersion(false);
    configuration.setRequestHeaderSize(options.limits().headerBytes());
    configuration.setUriCompliance(UriCompliance.RFC3986);
    configuration.setHttpCompliance(HttpCompliance.RFC7230);
    ServerConnector connector = new ServerConnector(server, 1, 1, new Connections(configuration));
    connector.setHost(options.host());
    connector.setPort(options.port());
    connector.setIdleTimeout(options.limits().idle().toMillis());
    connector.setAcceptQueueSize(options.limits().connections());
    dawdlers.lookAfter(connector);
    return connector;
  }

  /**
   * Starts to listen.
   *
   * @throws IOException if the port is taken or closed to this user
   */
  public void start() throws IOException {
    try {
      javalin.start();
    } catch (JavalinException failed) {
      Throwable cause = failed;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw new BindException(
          "Port %d of %s cannot be listened on: %s. Maybe another program has it; name another with --port."
              .formatted(options.port(), options.host(), cause.getMessage()));
    }
    if (!loopback && tokens == null) {
      options
          .messages()
          .println(
              "WARNING: everybody who reaches %s may ask, and read all recorded decisions. Maybe give --tokens FILE."
                  .formatted(options.host()));
    }
  }

  /** The port that it listens on. */
  public int port() {
    return javalin.port();
  }

  /** Where it is reached. */
  public String address() {
    String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
    return "http://%s:%d/".formatted(host, port());
  }

  /** What is answered: method and pattern of the path, each once. */
  Set<String> routes() {
    Set<String> routes = new TreeSet<>();
    javalin.unsafe.internalRouter.allHttpHandlers().stream()
        .map(parsed -> parsed.endpoint)
        .filter(endpoint -> endpoint.method.isHttpMethod())
        .forEach(endpoint -> routes.add(endpoint.method.name() + " " + endpoint.path));
    return routes;
  }

  /** How what comes is read, for each thing that is listened on. */
  List<ConnectionFactory> connections() {
    return Stream.of(javalin.jettyServer().server().getConnectors())
        .map(Connector::getDefaultConnectionFactory)
        .toList();
  }

  /** Stops: nothing new is accepted, and what was accepted is finished within the limit. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    decider.end();
    try {
      javalin.stop();
    } catch (JavalinException late) {
      throw new IllegalStateException(
          "Not all that was accepted was finished in %d seconds: %s"
              .formatted(options.limits().grace().toSeconds(), late.getMessage()),
          late);
    } finally {
      decider.close();
      metrics.close();
    }
  }
}
