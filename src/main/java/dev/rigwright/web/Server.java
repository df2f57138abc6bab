package dev.rigwright.web;

import dev.rigwright.web.api.Api;
import dev.rigwright.web.page.Pages;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.nio.file.Path;
import java.util.List;

/** The page and the HTTP interface of an installation. */
public final class Server implements AutoCloseable {

  /**
   * How a server is run.
   *
   * @param host the address to listen on
   * @param port 0 for any that is free
   * @param tokens the file of tokens; null where everybody is answered
   * @param accessLog the file that gets a line for each request; {@code -} for the messages; null
   *     for none
   * @param messages where the server says what whoever runs it must know
   */
  public record Options(
      String host, int port, Path tokens, String accessLog, Limits limits, PrintWriter messages) {

    /** The usual options. */
    public static Options on(String host, int port) {
      return new Options(host, port, null, null, Limits.usual(), new PrintWriter(System.err, true));
    }

    /** The same with a file of tokens. */
    public Options tokens(Path file) {
      return new Options(host, port, file, accessLog, limits, messages);
    }

    /** The same with an access log. */
    public Options accessLog(String file) {
      return new Options(host, port, tokens, file, limits, messages);
    }

    /** The same within other limits. */
    public Options limits(Limits other) {
      return new Options(host, port, tokens, accessLog, other, messages);
    }

    /** The same with another place for messages. */
    public Options messages(PrintWriter other) {
      return new Options(host, port, tokens, accessLog, limits, other);
    }
  }

  private final Options options;
  private final Decider decider;
  private final List<Routes> routes = List.of(new Pages(), new Api());
  private final Javalin javalin;

  /** A server that listens once it is started. */
  public Server(Installation installation, Options options) {
    this.options = options;
    this.decider = new Decider(installation, options.limits(), options.messages());
    Services services = new Services(installation, decider);
    javalin = Javalin.create(config -> configure(config, services));
  }

  private void configure(JavalinConfig config, Services services) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    routes.forEach(each -> each.add(config, services));
  }

  /**
   * Starts to listen.
   *
   * @throws IOException if the port is taken or closed to this user
   */
  public void start() throws IOException {
    try {
      javalin.start(options.host(), options.port());
    } catch (io.javalin.util.JavalinException failed) {
      throw new BindException(
          "Port %d of %s cannot be listened on: %s. Maybe name another with --port."
              .formatted(options.port(), options.host(), failed.getMessage()));
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

  /** Stops: nothing new is accepted, and what was accepted is finished within the limit. */
  @Override
  public void close() {
    javalin.stop();
    decider.close();
  }
}
