package dev.rigwright.web.page;

import dev.rigwright.Home;
import dev.rigwright.audit.DecisionLog;
import dev.rigwright.web.Installation;
import dev.rigwright.web.Server;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;

/** A server over rules and facts of its own, which a test may edit. */
final class Site implements AutoCloseable {

  /** The day of the server. */
  static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final Path home;
  private final Installation installation;
  private final Server server;
  private final HttpClient client = HttpClient.newHttpClient();

  private Site(Path home, Path log) throws IOException {
    this.home = home;
    PrintWriter messages = new PrintWriter(new StringWriter());
    Installation.Places places =
        new Installation.Places(
            home, home.resolve("rules"), "rules/", home.resolve("facts"), null, log, false);
    installation = Installation.open(places, Clock.fixed(NOW, ZoneOffset.UTC), messages);
    server = new Server(installation, Server.Options.on("127.0.0.1", 0).messages(messages));
    server.start();
  }

  /** A site in a folder, which gets the rules and facts of the checkout. */
  static Site in(Path home) throws IOException {
    copy(Home.PATH.resolve("rules"), home.resolve("rules"));
    copy(Home.PATH.resolve("facts"), home.resolve("facts"));
    return new Site(home, home.resolve("decisions.sqlite"));
  }

  /** The same where nothing is recorded. */
  static Site withoutLogIn(Path home) throws IOException {
    copy(Home.PATH.resolve("rules"), home.resolve("rules"));
    copy(Home.PATH.resolve("facts"), home.resolve("facts"));
    return new Site(home, null);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  /** An address on it. */
  String at(String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }

  int port() {
    return server.port();
  }

  Installation installation() {
    return installation;
  }

  DecisionLog log() {
    return installation.log();
  }

  Path rule(String file) {
    return home.resolve("rules").resolve(file);
  }

  /** Changes a file of rules as an editor does. */
  void edit(String file, String from, String to) {
    try {
      String text = Files.readString(rule(file));
      if (!text.contains(from)) {
        throw new IllegalArgumentException(file + " does not hold: " + from);
      }
      Files.writeString(rule(file), text.replace(from, to));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Asks without a browser. */
  HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(at(path)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  HttpResponse<String> head(String path) {
    return send(
        HttpRequest.newBuilder(URI.create(at(path)))
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .build());
  }

  HttpResponse<String> post(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(at(path))).POST(HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  @Override
  public void close() {
    server.close();
    installation.close();
  }
}
