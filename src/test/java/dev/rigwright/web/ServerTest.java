package dev.rigwright.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.Home;
import dev.rigwright.facts.Json;
import dev.rigwright.report.JsonReport;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a server answers, over real sockets. */
class ServerTest {

  private static final String WRITER = "{\"id\": \"writer\", \"budgetUsd\": 2400}";

  private static Running running;

  @BeforeAll
  static void start() throws Exception {
    running = Running.shipped(usual -> usual);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse(null);
  }

  private static JsonNode problem(HttpResponse<String> answer) throws Exception {
    assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    JsonNode problem = Json.MAPPER.readTree(answer.body());
    assertThat(problem.get("status").asInt()).isEqualTo(answer.statusCode());
    return problem;
  }

  @Test
  void a_decision_has_the_bytes_of_the_one_decision_function() throws Exception {
    HttpResponse<String> answer = running.decide(WRITER);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(JsonReport.of(Home.advisor().decide(Home.requirement(WRITER))));
  }

  @Test
  void an_answer_is_found_again_under_its_id_with_the_same_bytes() throws Exception {
    HttpResponse<String> answer = running.decide(WRITER);
    assertThat(header(answer, "Rigwright-Recorded")).isEqualTo("true");
    HttpResponse<String> again = running.get(header(answer, "Location"));
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(answer.body());
  }

  @Test
  void who_has_an_answer_already_is_told_so() throws Exception {
    String place = header(running.decide(WRITER), "Location");
    for (String path :
        List.of(
            "/v1/catalog/gpus",
            "/v1/catalog/models",
            "/v1/claims",
            "/v1/rules",
            "/v1/rules/fit/too-large",
            "/openapi.json",
            place,
            place + "/why",
            place + "/why-not/rtx-4090")) {
      HttpResponse<String> first = running.get(path);
      String tag = header(first, "ETag");
      HttpResponse<String> second =
          running.send(running.to(path).header("If-None-Match", "\"other\", " + tag));
      assertThat(second.statusCode()).as(path).isEqualTo(304);
      assertThat(second.body()).isEmpty();
      assertThat(running.send(running.to(path).header("If-None-Match", "\"other\"")).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void every_answer_keeps_a_browser_in_bounds() throws Exception {
    for (String path : List.of("/", "/v1/rules", "/nothing", "/v1//rules", "/healthz")) {
      HttpResponse<String> answer = running.get(path);
      assertThat(header(answer, "Content-Security-Policy"))
          .as(path)
          .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
          .endsWith("frame-ancestors 'none'");
      assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(header(answer, "Referrer-Policy")).isEqualTo("same-origin");
      assertThat(header(answer, "Server")).isNull();
    }
  }

  @Test
  void a_proof_as_a_page_may_use_its_own_style_and_nothing_else() throws Exception {
    String place = header(running.decide(WRITER), "Location");
    HttpResponse<String> page = running.get(place + "/why?format=html");
    String style = page.body().replaceFirst("(?s).*<style>(.*)</style>.*", "$1");
    String hash =
        java.util.Base64.getEncoder()
            .encodeToString(
                java.security.MessageDigest.getInstance("SHA-256")
                    .digest(style.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertThat(header(page, "Content-Security-Policy"))
        .isEqualTo(
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src 'sha256-"
                + hash
                + "'");
    assertThat(page.body()).doesNotContain("<script", " style=", "onclick");
  }

  @Test
  void what_is_wrong_with_a_requirement_is_said_where_it_stands() throws Exception {
    JsonNode problem =
        problem(running.decide("{\"budgetUsd\": -1, \"models\": [{\"id\": \"lama-3.3-70b\"}]}"));
    assertThat(problem.get("status").asInt()).isEqualTo(422);
    assertThat(problem.get("type").asText()).isEqualTo("urn:rigwright:problem:bad-input");
    assertThat(problem.at("/problems/0/pointer").asText()).isEqualTo("/budgetUsd");
    assertThat(problem.at("/problems/0/message").asText())
        .isEqualTo("Found -1; allowed is 1 or more.");

    JsonNode malformed = problem(running.decide("{\"budgetUsd\": 2400,\n  \"users\" 2}"));
    assertThat(malformed.get("status").asInt()).isEqualTo(400);
    assertThat(malformed.at("/problems/0/pointer").asText()).startsWith("line 2, column ");
  }

  @Test
  void a_wrong_method_is_told_the_right_ones() throws Exception {
    HttpResponse<String> get = running.get("/v1/decisions");
    assertThat(problem(get).get("status").asInt()).isEqualTo(405);
    assertThat(header(get, "Allow")).isEqualTo("POST");
    for (String method : List.of("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW")) {
      String answer =
          running.raw(
              method + " /v1/rules HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      assertThat(answer).as(method).startsWith("HTTP/1.1 405 ").contains("Allow: GET, HEAD");
    }
  }

  @Test
  void a_body_of_another_type_and_an_answer_of_another_form_are_refused() throws Exception {
    assertThat(problem(running.post("/v1/decisions", "text/plain", WRITER)).get("status").asInt())
        .isEqualTo(415);
    assertThat(problem(running.post("/v1/fit", "text/xml", "<a/>")).get("status").asInt())
        .isEqualTo(415);
    assertThat(
            problem(
                    running.send(
                        running.to("/v1/rules").header("Accept", "image/png, text/html;q=0.1")))
                .get("status")
                .asInt())
        .isEqualTo(406);
    assertThat(
            running
                .send(running.to("/v1/rules").header("Accept", "text/html, */*;q=0.1"))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void a_name_that_somebody_made_point_here_is_not_answered() throws Exception {
    for (String host : List.of("evil.example", "evil.example:8080", "127.0.0.1.evil.example")) {
      assertThat(
              running.raw(
                  "GET /v1/claims HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 421 ")
          .doesNotContain("G083");
    }
    for (String host : List.of("localhost", "LOCALHOST:99", "127.0.0.1", "[::1]:8080")) {
      assertThat(
              running.raw(
                  "GET /healthz HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ");
    }
    try (Running named = Running.shipped(usual -> usual.hosts(java.util.Set.of("box.example")))) {
      assertThat(
              named.raw("GET /healthz HTTP/1.1\r\nHost: box.example\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void a_page_of_another_site_cannot_ask() throws Exception {
    String request =
        "POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 2\r\nConnection: close\r\n";
    for (String foreign :
        List.of(
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site",
            "Origin: https://evil.example",
            "Origin: http://localhost:1",
            "Origin: null")) {
      assertThat(running.raw(request + foreign + "\r\n\r\n{}")).startsWith("HTTP/1.1 403 ");
    }
    for (String own : List.of("Sec-Fetch-Site: same-origin", "Origin: http://localhost", "X: y")) {
      assertThat(running.raw(request + own + "\r\n\r\n{}")).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void lines_are_answered_in_their_order_and_what_is_wrong_with_one_in_its_place()
      throws Exception {
    List<String> sample =
        Files.readAllLines(Home.PATH.resolve("facts/requirements/sample.jsonl")).subList(0, 40);
    List<String> sent = new ArrayList<>(sample);
    sent.add(7, "");
    sent.add(11, "{\"budgetUsd\": \"many\"}");
    sent.add(23, "not json");
    HttpResponse<String> answer =
        running.post("/v1/decisions", "application/x-ndjson", String.join("\n", sent));
    assertThat(header(answer, "Content-Type")).isEqualTo("application/x-ndjson");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      if (i == 11 || i == 23) {
        expected.add("problem in " + (i + 1));
      } else if (!sent.get(i).isEmpty()) {
        expected.add(Json.MAPPER.readTree(sent.get(i)).get("id").asText());
      }
    }
    List<String> found = new ArrayList<>();
    for (String line : answer.body().split("\n")) {
      JsonNode said = Json.MAPPER.readTree(line);
      found.add(
          said.has("problem")
              ? "problem in " + said.get("line").asInt()
              : said.get("requirementId").asText());
    }
    assertThat(found).isEqualTo(expected);
    ObjectNode alone = (ObjectNode) Json.MAPPER.readTree(running.decide(sample.get(0)).body());
    assertThat(Json.MAPPER.readTree(answer.body().split("\n")[0])).isEqualTo(alone);
  }

  @Test
  void who_waits_for_an_answer_before_sending_the_next_line_gets_it() throws Exception {
    try (var socket = running.socket()) {
      var out = socket.getOutputStream();
      Running.part(
          out,
          "POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
              + "Content-Type: application/x-ndjson\r\n\r\n");
      InputStream raw = new BufferedInputStream(socket.getInputStream());
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < 3; i++) {
        String line = "{\"id\":\"line-%d\",\"budgetUsd\":%d}\n".formatted(i, 2000 + i);
        Running.part(out, "%x\r\n%s\r\n".formatted(line.length(), line));
        if (i == 0) {
          assertThat(Running.line(raw)).isEqualTo("HTTP/1.1 200 OK");
          while (!Running.line(raw).isEmpty()) {}
        }
        lines.setLength(0);
        while (lines.indexOf("\n") < 0) {
          lines.append(Running.chunk(raw));
        }
        assertThat(Json.MAPPER.readTree(lines.toString()).get("requirementId").asText())
            .isEqualTo("line-" + i);
      }
      Running.part(out, "0\r\n\r\n");
      assertThat(Running.chunk(raw)).isEmpty();
    }
  }

  @Test
  void what_is_wrong_is_said_in_utf_8() throws Exception {
    for (var wrong :
        Map.of("{\"models\":[{\"id\":\"modèle\"}]}", "modèle", "{\"😀\":1}", "😀").entrySet()) {
      HttpResponse<byte[]> answer =
          running.client.send(
              running
                  .to("/v1/decisions")
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(wrong.getKey()))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(422);
      String said =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(answer.body())).toString();
      assertThat(said).contains(wrong.getValue());
    }
  }

  @Test
  void a_pointer_to_a_field_is_escaped() throws Exception {
    JsonNode problem = problem(running.decide("{\"a/b\":1,\"c~d\":2}"));
    assertThat(problem.get("problems").findValuesAsText("pointer"))
        .containsExactly("/a~1b", "/c~0d");
  }

  @Test
  void more_after_the_end_of_a_document_is_told_in_plain_words() throws Exception {
    HttpResponse<String> answer = running.decide("{}{}");
    assertThat(problem(answer).get("status").asInt()).isEqualTo(400);
    assertThat(answer.body())
        .doesNotContainIgnoringCase("jackson")
        .doesNotContain("DeserializationFeature");
  }

  @Test
  void what_is_accepted_may_stand_in_two_lines() throws Exception {
    assertThat(
            running.raw(
                "GET /v1/claims HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Accept: text/html\r\nAccept: application/json\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  void the_same_decision_under_another_id_is_another_record() throws Exception {
    String why = header(running.decide("{\"id\":\"aaa\",\"budgetUsd\":777}"), "Location") + "/why";
    String tag = header(running.get(why), "ETag");
    assertThat(running.send(running.to(why).header("If-None-Match", tag)).statusCode())
        .isEqualTo(304);
    String again =
        header(running.decide("{\"id\":\"bbb\",\"budgetUsd\":777}"), "Location") + "/why";
    assertThat(again).isEqualTo(why);
    HttpResponse<String> other = running.send(running.to(why).header("If-None-Match", tag));
    assertThat(other.statusCode()).isEqualTo(200);
    assertThat(header(other, "ETag")).isNotEqualTo(tag);
  }

  @Test
  void an_answer_says_that_it_may_come_packed() throws Exception {
    for (String path : List.of("/", "/v1/claims")) {
      for (String coding : List.of("identity", "gzip")) {
        HttpResponse<byte[]> answer =
            running.client.send(
                running.to(path).header("Accept-Encoding", coding).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(String.join(", ", answer.headers().allValues("Vary")).split(",\\s*"))
            .as(path + " as " + coding)
            .contains("Accept-Encoding");
      }
    }
  }

  /** Sends lines until they end or nobody takes them. */
  private static void send(Socket socket, List<String> lines) {
    try {
      OutputStream out = socket.getOutputStream();
      for (String line : lines) {
        Running.part(out, "%x\r\n%s\n\r\n".formatted(line.length() + 1, line));
      }
      Running.part(out, "0\r\n\r\n");
    } catch (IOException refused) {
      // What was answered says how far it came.
    }
  }

  @Test
  void whoever_sends_lines_while_the_server_stops_is_told_where_it_stopped() throws Exception {
    List<String> sent = new ArrayList<>();
    List<String> sample = Files.readAllLines(Home.PATH.resolve("facts/requirements/sample.jsonl"));
    for (int i = 0; i < 100; i++) {
      sent.addAll(sample);
    }
    StringBuilder received = new StringBuilder();
    Limits usual = Limits.usual();
    Limits hurried =
        new Limits(
            usual.deciders(),
            usual.waiting(),
            usual.patience(),
            usual.perClient(),
            usual.streams(),
            usual.bodyBytes(),
            usual.bodyTime(),
            usual.headerBytes(),
            usual.idle(),
            usual.connections(),
            Duration.ofSeconds(4));
    try (Running stopping = Running.shipped(options -> options.limits(hurried));
        Socket socket = stopping.socket()) {
      Running.part(
          socket.getOutputStream(),
          "POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
              + "Content-Type: application/x-ndjson\r\n\r\n");
      CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> send(socket, sent));
      InputStream in = new BufferedInputStream(socket.getInputStream());
      assertThat(Running.line(in)).isEqualTo("HTTP/1.1 200 OK");
      while (!Running.line(in).isEmpty()) {
        // The head.
      }
      CompletableFuture<Void> stop = null;
      for (String chunk = Running.chunk(in); !chunk.isEmpty(); chunk = Running.chunk(in)) {
        received.append(chunk);
        if (stop == null && received.length() > 100_000) {
          stop = CompletableFuture.runAsync(stopping::close);
        }
      }
      assertThat(stop).isNotNull();
      stop.get(1, TimeUnit.MINUTES);
      sender.get(1, TimeUnit.MINUTES);
    }
    assertThat(received.toString()).endsWith("\n");
    List<String> lines = received.toString().lines().toList();
    int decided = lines.size() - 1;
    List<String> ids = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < decided; i++) {
      ids.add(Json.MAPPER.readTree(lines.get(i)).path("requirementId").asText());
      expected.add(Json.MAPPER.readTree(sent.get(i)).get("id").asText());
    }
    assertThat(ids).isNotEmpty().isEqualTo(expected);
    JsonNode last = Json.MAPPER.readTree(lines.get(decided));
    assertThat(last.at("/problem/status").asInt()).isEqualTo(503);
    assertThat(last.get("line").asInt()).isEqualTo(decided + 1);
  }

  @Test
  void a_request_is_logged_without_its_query(@org.junit.jupiter.api.io.TempDir Path folder)
      throws Exception {
    Path log = folder.resolve("access.log");
    try (Running logging = Running.shipped(usual -> usual.accessLog(log.toString()))) {
      logging.get("/v1/claims?q=secret");
      logging.get("/healthz");
    }
    List<String> lines = Files.readAllLines(log);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .matches(
            "127\\.0\\.0\\.1 - \\[\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z] \"GET /v1/claims HTTP/1\\.1\" 200 \\d+ \\d+");
  }

  @Test
  void what_goes_on_is_counted_for_prometheus() throws Exception {
    running.decide(WRITER);
    running.get("/v1/rules/no/rule");
    running.get("/no/such/path/anywhere");
    String metrics = running.get("/metrics").body();
    assertThat(metrics)
        .contains("rigwright_decisions_total{verdict=\"recommended\"}")
        .contains(
            "rigwright_http_requests_seconds_count{method=\"POST\",route=\"/v1/decisions\",status=\"200\"}")
        .contains(
            "rigwright_http_requests_seconds_count{method=\"GET\",route=\"/v1/rules/{topic}/{problem}\",status=\"404\"}")
        .contains(
            "rigwright_http_requests_seconds_count{method=\"GET\",route=\"none\",status=\"404\"}")
        .contains("rigwright_queue ")
        .contains("rigwright_reloads_total{of=\"rules\"}")
        .contains("jvm_memory_used_bytes")
        .doesNotContain("/no/such/path");
  }
}
