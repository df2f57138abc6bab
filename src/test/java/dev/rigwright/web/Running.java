package dev.rigwright.web;

import dev.rigwright.Home;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.stream.Stream;

/** A server over rules and facts of its own, asked over real sockets. */
final class Running implements AutoCloseable {

  /** The day of requirements that name none. */
  static final Clock CLOCK =
      Clock.fixed(Home.TODAY.atStartOfDay(ZoneOffset.UTC).toInstant(), ZoneOffset.UTC);

  final Path home;
  final Installation installation;
  final Server server;
  final StringWriter messages = new StringWriter();
  final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final boolean own;

  private Running(Path home, Installation installation, Otherwise otherwise, boolean own)
      throws IOException {
    this.home = home;
    this.installation = installation;
    this.own = own;
    this.server =
        new Server(
            installation,
            otherwise.of(
                Server.Options.on("127.0.0.1", 0).messages(new PrintWriter(messages, true))));
    server.start();
  }

  /** How a server is run that a test wants otherwise. */
  interface Otherwise {
    Server.Options of(Server.Options usual);
  }

  private static Installation shipped;

  /** Starts one over the checkout's own rules and facts, which are opened once for all tests. */
  static Running shipped(Otherwise otherwise) throws IOException {
    return new Running(Home.PATH, shipped(), otherwise, false);
  }

  private static synchronized Installation shipped() throws IOException {
    if (shipped == null) {
      Path folder = Files.createTempDirectory(Home.PATH.resolve("target"), "served");
      shipped = open(Home.PATH, folder);
    }
    return shipped;
  }

  /** Starts one over a copy of rules and facts. */
  static Running copied(Path folder) throws IOException {
    copy(Home.PATH.resolve("rules"), folder.resolve("rules"));
    copy(Home.PATH.resolve("facts"), folder.resolve("facts"));
    return new Running(folder, open(folder, folder), usual -> usual, true);
  }

  private static Installation open(Path home, Path folder) {
    return Installation.open(
        new Installation.Places(
            home,
            home.resolve("rules"),
            "rules/",
            home.resolve("facts"),
            null,
            folder.resolve("decisions.sqlite"),
            false),
        CLOCK,
        new PrintWriter(System.err, true));
  }

  /** A request to a path. */
  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(to(path));
  }

  HttpResponse<String> post(String path, String type, String body) throws Exception {
    return send(
        to(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** The decision of a requirement. */
  HttpResponse<String> decide(String requirement) throws Exception {
    return post("/v1/decisions", "application/json", requirement);
  }

  /** Sends bytes as they are and reads to the end. */
  String raw(String request) throws IOException {
    try (Socket socket = socket()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return rest(socket.getInputStream());
    }
  }

  /** A connection. */
  Socket socket() throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    socket.setSoTimeout(60_000);
    return socket;
  }

  static String rest(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** A line of a response's head, or the size of a chunk. */
  static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("The answer ended after (" + line + ").");
      }
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }

  /** A chunk of a body; the last one is empty. */
  static String chunk(InputStream in) throws IOException {
    String size = line(in);
    // What ends a chunk comes with the next one.
    int bytes = Integer.parseInt(size.isEmpty() ? line(in) : size, 16);
    return new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
  }

  /** Sends a part of a request. */
  static void part(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        Files.createDirectories(target.getParent());
        Files.copy(path, target);
      }
    }
  }

  @Override
  public void close() {
    server.close();
    if (own) {
      installation.close();
    }
  }
}
