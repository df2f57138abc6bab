package dev.rigwright.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.cli.Application;
import dev.rigwright.facts.Json;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application as it is started by a person or a service manager. */
class ServeApplicationTest {

  @TempDir Path folder;

  private Process start(String name, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(Application.flags("-Xmx1g", "-XX:+UseParallelGC"));
    command.addAll(List.of("-jar", Home.PATH.resolve("target/app/rigwright.jar").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve(name + ".out").toFile())
            .redirectError(folder.resolve(name + ".err").toFile());
    Application.environment(builder);
    builder.environment().put("RIGWRIGHT_LOG", folder.resolve("decisions.sqlite").toString());
    return builder.start();
  }

  private String said(String name, String stream) throws Exception {
    return Files.readString(folder.resolve(name + "." + stream));
  }

  private int port(String name, Process process) throws Exception {
    Pattern listens = Pattern.compile("Rigwright listens on http://127\\.0\\.0\\.1:(\\d+)/\n");
    while (process.isAlive()) {
      Matcher said = listens.matcher(said(name, "out"));
      if (said.matches()) {
        return Integer.parseInt(said.group(1));
      }
      Thread.sleep(50);
    }
    throw new AssertionError(said(name, "err"));
  }

  @Test
  void the_whole_sample_set_gets_the_bytes_of_the_command_line() throws Exception {
    List<byte[]> requirements = new ArrayList<>();
    List<String> arguments = new ArrayList<>(List.of("advise", "--no-log", "--format", "json"));
    Path sample = Home.PATH.resolve("facts/requirements");
    try (Stream<Path> files = Files.list(sample)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        requirements.add(Files.readAllBytes(file));
        arguments.add(file.toString());
      }
    }
    int number = 0;
    for (String line : Files.readAllLines(sample.resolve("sample.jsonl"))) {
      requirements.add(line.getBytes(StandardCharsets.UTF_8));
      arguments.add(Files.writeString(folder.resolve("r" + ++number + ".json"), line).toString());
    }
    Process advise = start("advise", arguments.toArray(String[]::new));
    Process server = start("serve", "serve", "--port", "0", "--no-log", "--no-access-log");
    try {
      HttpClient client = HttpClient.newHttpClient();
      URI decisions = URI.create("http://127.0.0.1:" + port("serve", server) + "/v1/decisions");
      StringBuilder answers = new StringBuilder();
      for (byte[] requirement : requirements) {
        HttpResponse<String> answer =
            client.send(
                HttpRequest.newBuilder(decisions)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(requirement))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        answers.append(answer.body());
      }
      assertThat(advise.waitFor(300, TimeUnit.SECONDS)).isTrue();
      assertThat(advise.exitValue()).as("some of the set cannot be met").isEqualTo(1);
      assertThat(requirements).hasSizeGreaterThan(500);
      assertThat(answers.toString().equals(said("advise", "out"))).as("the same bytes").isTrue();
    } finally {
      server.destroyForcibly();
      advise.destroyForcibly();
    }
  }

  @Test
  void told_to_stop_it_finishes_what_it_accepted_and_takes_nothing_new() throws Exception {
    Process server = start("serve", "serve", "--port", "0");
    try {
      int port = port("serve", server);
      int count = 16;
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < count; i++) {
        lines.append("{\"id\":\"r-%d\",\"budgetUsd\":%d}\n".formatted(i, 1000 + i));
      }
      HttpResponse<InputStream> stream =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/decisions"))
                      .header("Content-Type", "application/x-ndjson")
                      .POST(HttpRequest.BodyPublishers.ofString(lines.toString()))
                      .build(),
                  HttpResponse.BodyHandlers.ofInputStream());
      try (BufferedReader in =
          new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
        List<String> answered = new ArrayList<>();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          answered.add(Json.MAPPER.readTree(line).get("requirementId").asText());
          if (answered.size() == 1) {
            server.destroy();
          }
        }
        assertThat(answered).hasSize(count).startsWith("r-0").endsWith("r-" + (count - 1));
      }
      assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(server.exitValue()).isZero();
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> new Socket("127.0.0.1", port))
          .isInstanceOf(ConnectException.class);
      assertThat(said("serve", "err")).contains("\"POST /v1/decisions HTTP/1.1\" 200 ");
    } finally {
      server.destroyForcibly();
    }
  }

  @Test
  void a_port_that_is_taken_and_tokens_that_are_none_are_told() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
      Process server = start("taken", "serve", "--port", "" + taken.getLocalPort());
      assertThat(server.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(server.exitValue()).isEqualTo(4);
      assertThat(said("taken", "err"))
          .startsWith(
              "Port %d of 127.0.0.1 cannot be listened on: ".formatted(taken.getLocalPort()))
          .endsWith("Maybe another program has it; name another with --port.\n");
    }
    Process server = start("tokens", "serve", "--port", "0", "--tokens", "nowhere.txt");
    assertThat(server.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(server.exitValue()).isEqualTo(2);
    assertThat(said("tokens", "err"))
        .isEqualTo(
            "The file of tokens (nowhere.txt) cannot be read. Maybe the path is another one.\n");
    Process open = start("open", "serve", "--port", "0", "--host", "0.0.0.0", "--no-log");
    try {
      while (open.isAlive() && said("open", "out").isEmpty()) {
        Thread.sleep(50);
      }
      assertThat(said("open", "err")).startsWith("WARNING: everybody who reaches 0.0.0.0 may ask");
    } finally {
      open.destroyForcibly();
    }
  }
}
