package dev.rigwright.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.facts.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever means harm, or makes mistakes that look like it, gets a clear refusal. */
class HostileTest {

  private static final String SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";

  private static Running running;

  private static Limits limits(int deciders, int waiting, int perClient) {
    Limits usual = Limits.usual();
    return new Limits(
        deciders,
        waiting,
        usual.patience(),
        perClient,
        usual.streams(),
        usual.bodyBytes(),
        Duration.ofSeconds(2),
        usual.headerBytes(),
        Duration.ofSeconds(5),
        usual.connections(),
        usual.grace());
  }

  @BeforeAll
  static void start() throws Exception {
    running = Running.shipped(usual -> usual.limits(limits(2, 256, 64)));
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static int status(String answer) {
    return Integer.parseInt(answer.substring(9, 12));
  }

  @Test
  void a_body_of_ten_megabytes_is_refused_however_it_comes() throws Exception {
    byte[] large = new byte[10 << 20];
    java.util.Arrays.fill(large, (byte) ' ');
    HttpRequest.Builder known =
        running
            .to("/v1/decisions")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(large));
    assertThat(running.send(known).statusCode()).isEqualTo(413);
    HttpRequest.Builder chunked =
        running
            .to("/v1/fit")
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new java.io.ByteArrayInputStream(large)));
    assertThat(running.send(chunked).statusCode()).isEqualTo(413);
    assertThat(
            running.raw(
                "POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 10485760\r\nExpect: 100-continue\r\n\r\n"))
        .startsWith("HTTP/1.1 413 ");
    String answer =
        running.raw(
            "POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 99999999999\r\n\r\n{");
    assertThat(answer).startsWith("HTTP/1.1 413 ").contains("application/problem+json");
  }

  @Test
  void a_line_of_ten_megabytes_is_refused_in_its_place() throws Exception {
    String sent = "{\"budgetUsd\":900}\n" + "[".repeat(10 << 20) + "\n{\"budgetUsd\":901}\n";
    List<String> lines =
        running.post("/v1/decisions", "application/x-ndjson", sent).body().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(Json.MAPPER.readTree(lines.get(1)).at("/problem/status").asInt()).isEqualTo(413);
    assertThat(Json.MAPPER.readTree(lines.get(1)).get("line").asInt()).isEqualTo(2);
    assertThat(lines.get(0)).startsWith("{\"decisionId\":");
    assertThat(lines.get(2)).startsWith("{\"decisionId\":");
  }

  /** What is answered to somebody who goes on sending a part, slowly. */
  private static String dripping(Socket socket, String part) throws Exception {
    CompletableFuture<String> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Running.rest(socket.getInputStream());
              } catch (java.io.IOException broken) {
                return broken.toString();
              }
            });
    while (!answer.isDone()) {
      try {
        Running.part(socket.getOutputStream(), part);
      } catch (java.io.IOException refused) {
        break;
      }
      Thread.sleep(100);
    }
    return answer.get();
  }

  @Test
  void a_body_that_drips_is_not_waited_for() throws Exception {
    try (Socket socket = running.socket()) {
      Running.part(
          socket.getOutputStream(),
          "POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Content-Length: 500\r\n\r\n");
      assertThat(dripping(socket, " "))
          .startsWith("HTTP/1.1 408 ")
          .contains("urn:rigwright:problem:too-slow");
    }
  }

  @Test
  void a_line_that_drips_is_not_waited_for_and_those_before_are_answered() throws Exception {
    try (Socket socket = running.socket()) {
      String line = "{\"id\":\"whole\",\"budgetUsd\":900}\n";
      Running.part(
          socket.getOutputStream(),
          "POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
              + "Content-Type: application/x-ndjson\r\nConnection: close\r\n\r\n"
              + "%x\r\n%s\r\n".formatted(line.length(), line));
      assertThat(dripping(socket, "1\r\n \r\n"))
          .contains("\"requirementId\":\"whole\"", "urn:rigwright:problem:too-slow");
    }
  }

  @Test
  void headers_that_drip_are_cut_off_on_a_connection_that_was_good_before() throws Exception {
    try (Socket socket = running.socket()) {
      var out = socket.getOutputStream();
      Running.part(out, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
      byte[] status = socket.getInputStream().readNBytes(12);
      assertThat(new String(status, java.nio.charset.StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200");
      Running.part(out, "GET / HTTP/1.1\r\nHost: localhost\r\n");
      boolean open = true;
      while (open) {
        try {
          Running.part(out, "X: y\r\n");
        } catch (java.io.IOException cutOff) {
          open = false;
        }
        Thread.sleep(100);
      }
    }
  }

  @Test
  void many_who_drip_keep_nobody_else_waiting() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 400; i++) {
        Socket socket = running.socket();
        slow.add(socket);
        Running.part(
            socket.getOutputStream(),
            "POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: 500\r\n\r\n{");
      }
      assertThat(running.get("/healthz").statusCode()).isEqualTo(200);
      assertThat(running.decide("{\"budgetUsd\": 900}").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void deep_json_is_refused() throws Exception {
    for (String deep :
        List.of(
            "[".repeat(100_000),
            "{\"models\":".repeat(50_000),
            "{\"a\":".repeat(900) + "1" + "}".repeat(900))) {
      HttpResponse<String> answer = running.decide(deep);
      assertThat(answer.statusCode()).isIn(400, 422);
      assertThat(running.post("/v1/fit", "application/json", deep).statusCode()).isIn(400, 422);
    }
  }

  @Test
  void tricks_with_paths_are_refused() throws Exception {
    Map<String, Integer> found = new TreeMap<>();
    for (String path :
        List.of(
            "/../../etc/passwd",
            "/v1/../../etc/passwd",
            "/%2e%2e/%2e%2e/etc/passwd",
            "/v1/rules/..%2f..%2fetc/passwd",
            "/v1/rules/%5c..%5c/x",
            "//etc/passwd",
            "/v1/decisions/%00",
            "/v1/decisions/..;/..;/etc",
            "/v1/decisions/%ff%fe",
            "/v1/decisions/%zz",
            "/v1/decisions/#42x/why",
            "/assets/..%2f..%2frules",
            "/assets/%2e%2e/web/openapi.json",
            "/v1/decisions/" + "x".repeat(6_000))) {
      String answer =
          running.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      found.put(path.substring(0, Math.min(40, path.length())), status(answer));
      assertThat(answer).contains("application/problem+json").doesNotContain("root:", "\tat ");
    }
    assertThat(found.values()).allMatch(status -> status == 400 || status == 404);
  }

  @Test
  void what_is_no_http_is_refused() throws Exception {
    Map<String, Integer> refusals = new TreeMap<>();
    refusals.put("GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", 400);
    refusals.put("\u0016\u0003\u0001 hello\r\n\r\n", 400);
    refusals.put("GET / HTTP/1.1\r\n\r\n", 400);
    refusals.put("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n", 400);
    refusals.put(
        "POST /v1/fit HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{}",
        400);
    refusals.put(
        "POST /v1/fit HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
        400);
    refusals.put(
        "POST /v1/fit HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        400);
    refusals.put("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n", 431);
    refusals.put("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n", 414);
    Map<String, String> found = new TreeMap<>();
    for (Map.Entry<String, Integer> refusal : refusals.entrySet()) {
      String answer = running.raw(refusal.getKey());
      int status = answer.isEmpty() ? 0 : status(answer);
      if (status != refusal.getValue() || answer.contains("\tat ")) {
        found.put(refusal.getKey().substring(0, Math.min(80, refusal.getKey().length())), answer);
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void another_version_of_http_or_none_is_refused_as_malformed() throws Exception {
    for (String first :
        List.of(
            "hello world",
            "GET /healthz",
            "GET /healthz HTTP/1.2",
            "GET /healthz HTTP/2.0",
            "GET /healthz HTTP/3.0")) {
      assertThat(running.raw(first + "\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
          .as(first)
          .startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void a_packed_body_is_refused() throws Exception {
    String post =
        "POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\n";
    assertThat(
            running.raw(
                post + "Content-Encoding: gzip\r\nContent-Length: 17\r\n\r\n{\"budgetUsd\":900}"))
        .startsWith("HTTP/1.1 415 ")
        .contains("\r\nAccept-Encoding: identity\r\n");
    assertThat(
            running.raw(
                post
                    + "Transfer-Encoding: gzip, chunked\r\n\r\n11\r\n{\"budgetUsd\":900}\r\n0\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ");
  }

  @Test
  void a_query_that_cannot_be_decoded_is_refused() throws Exception {
    for (Map.Entry<String, Integer> asked :
        Map.of(
                "/answer.json?budgetUsd=500%zz", 400,
                "/v1/claims?status=contradicted%", 400,
                "/v1/rules?q=%ff", 400,
                "/v1/rules?q=psu+%C3%A9", 200)
            .entrySet()) {
      String answer =
          running.raw(
              "GET "
                  + asked.getKey()
                  + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      assertThat(status(answer)).as(asked.getKey()).isEqualTo(asked.getValue());
    }
  }

  @Test
  void lines_that_break_off_are_malformed_and_not_slow() throws Exception {
    String line = "{\"id\":\"whole\",\"budgetUsd\":900}\n";
    try (Socket socket = running.socket()) {
      Running.part(
          socket.getOutputStream(),
          "POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
              + "Content-Type: application/x-ndjson\r\nConnection: close\r\n\r\n"
              + "%x\r\n%s\r\n".formatted(line.length(), line));
      InputStream in = socket.getInputStream();
      while (!Running.line(in).isEmpty()) {
        // The head.
      }
      assertThat(Running.line(in)).contains("\"requirementId\":\"whole\"");
      Running.part(socket.getOutputStream(), "xyz\r\n");
      JsonNode last = Json.MAPPER.readTree(Running.rest(in));
      assertThat(last.get("line").asInt()).isEqualTo(2);
      assertThat(last.at("/problem/status").asInt()).isEqualTo(400);
      assertThat(last.at("/problem/type").asText()).isEqualTo("urn:rigwright:problem:malformed");
    }
  }

  @Test
  void many_unknown_fields_are_told_in_part() throws Exception {
    ObjectNode many = Json.MAPPER.createObjectNode();
    for (int i = 0; i < 2_000; i++) {
      many.put("unknown%04d".formatted(i), i);
    }
    HttpResponse<String> answer = running.decide(many.toString());
    assertThat(answer.statusCode()).isEqualTo(422);
    JsonNode problems = Json.MAPPER.readTree(answer.body()).get("problems");
    assertThat(problems).hasSize(101);
    assertThat(problems.get(100).get("message").asText()).isEqualTo("1,900 more are wrong.");
  }

  @Test
  void script_in_a_text_field_stays_text_wherever_it_is_shown() throws Exception {
    List<String> requirements = new ArrayList<>();
    for (String field :
        List.of(
            "id", "title", "region", "scope", "engine", "policy", "kvCache", "asOf", "condition")) {
      requirements.add(Json.MAPPER.createObjectNode().put(field, SCRIPT).toString());
    }
    ObjectNode model = Json.MAPPER.createObjectNode();
    model.putArray("models").addObject().put("id", SCRIPT);
    requirements.add(model.toString());
    ObjectNode quantization = Json.MAPPER.createObjectNode();
    quantization
        .putArray("models")
        .addObject()
        .put("id", "qwen2.5-32b")
        .put("quantization", SCRIPT);
    requirements.add(quantization.toString());
    ObjectNode owned = Json.MAPPER.createObjectNode();
    owned.putObject("owned").putArray("gpus").addObject().put("id", SCRIPT);
    requirements.add(owned.toString());
    requirements.add(Json.MAPPER.createObjectNode().put(SCRIPT, 1).toString());

    int decided = 0;
    for (String requirement : requirements) {
      HttpResponse<String> answer = running.decide(requirement);
      assertThat(answer.statusCode()).as(requirement).isIn(200, 422);
      assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
          .isIn("application/json", "application/problem+json");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      if (answer.statusCode() == 200) {
        decided++;
        String place = answer.headers().firstValue("Location").orElseThrow();
        for (String shown :
            List.of("/why?format=html&depth=99", "/why?format=svg", "/why?format=html&about=psu")) {
          HttpResponse<String> page = running.get(place + shown);
          assertThat(page.statusCode()).isEqualTo(200);
          assertThat(page.body()).doesNotContain("<script", "<img");
        }
      }
    }
    assertThat(decided).as("some of it is allowed, as a title").isPositive();
    String encoded = java.net.URLEncoder.encode(SCRIPT, java.nio.charset.StandardCharsets.UTF_8);
    for (String path :
        List.of(
            "/v1/rules?q=" + encoded,
            "/v1/claims?status=" + encoded,
            "/v1/decisions/x?format=" + encoded,
            "/nothing?" + encoded)) {
      HttpResponse<String> answer = running.get(path);
      assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
          .isIn("application/json", "application/problem+json");
    }
  }

  @Test
  void who_finds_the_waiting_room_full_is_told_to_come_later() throws Exception {
    try (Running small = Running.shipped(usual -> usual.limits(limits(1, 2, 64)))) {
      Map<Integer, Integer> statuses = together(small, null);
      assertThat(statuses).containsOnlyKeys(200, 503);
      assertThat(statuses.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(24);
    }
  }

  @Test
  void one_client_does_not_take_the_whole_waiting_room() throws Exception {
    var file = java.nio.file.Files.createTempFile("tokens", ".txt");
    java.nio.file.Files.writeString(file, "greedy 0123456789abcdef0123456789abcdef\n");
    try (Running small = Running.shipped(usual -> usual.tokens(file).limits(limits(1, 100, 2)))) {
      assertThat(together(small, "0123456789abcdef0123456789abcdef")).containsOnlyKeys(200, 429);
    }
  }

  /** Many requests at once; how many ended with which status. */
  private static Map<Integer, Integer> together(Running small, String token) throws Exception {
    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      HttpRequest.Builder request =
          small
              .to("/v1/decisions")
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString("{\"budgetUsd\": %d}".formatted(900 + i)));
      if (token != null) {
        request.header("Authorization", "Bearer " + token);
      }
      all.add(small.client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString()));
    }
    Map<Integer, Integer> statuses = new TreeMap<>();
    for (CompletableFuture<HttpResponse<String>> one : all) {
      HttpResponse<String> answer = one.get();
      statuses.merge(answer.statusCode(), 1, Integer::sum);
      if (answer.statusCode() != 200) {
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        JsonNode problem = Json.MAPPER.readTree(answer.body());
        assertThat(problem.get("detail").asText()).contains("Maybe ");
      }
    }
    return statuses;
  }

  @Test
  void who_asks_the_same_twice_at_once_gets_two_answers() throws Exception {
    String body = "{\"id\": \"once\", \"budgetUsd\": 900}";
    String one =
        "POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(body.length(), body);
    try (Socket socket = running.socket()) {
      socket.getOutputStream().write((one + one).getBytes(StandardCharsets.ISO_8859_1));
      assertThat(answer(socket)).contains("\"once\"");
      assertThat(answer(socket)).contains("\"once\"");
    }
  }

  /** What a chunked answer holds. */
  private static String answer(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    while (!Running.line(in).isEmpty()) {
      // The head.
    }
    StringBuilder body = new StringBuilder();
    for (String chunk = Running.chunk(in); !chunk.isEmpty(); chunk = Running.chunk(in)) {
      body.append(chunk);
    }
    Running.line(in);
    return body.toString();
  }
}
