package dev.rigwright.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.rigwright.facts.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The document that describes the HTTP interface, held against a server that runs. */
class OpenApiTest {

  private static final String ADDRESS = "https://rigwright.dev/openapi.json";

  private static Running running;
  private static JsonNode document;
  private static SchemaRegistry registry;

  @BeforeAll
  static void start() throws Exception {
    running = Running.shipped(usual -> usual);
    String text = running.get("/openapi.json").body();
    document = Json.MAPPER.readTree(text);
    registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(ADDRESS, text)));
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  /** The operations of the document. */
  private static Set<String> documented() {
    Set<String> documented = new TreeSet<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    return documented;
  }

  @Test
  void every_route_for_programs_is_in_the_document_and_the_other_way_round() {
    Set<String> served = new TreeSet<>();
    for (String route : running.server.routes()) {
      String path = route.substring(route.indexOf(' ') + 1);
      if (Problems.forPrograms(path)) {
        served.add(route.replaceAll("<(\\w+)>", "{$1}"));
      }
    }
    assertThat(served).contains("POST /v1/decisions", "GET /healthz");
    assertThat(documented()).isEqualTo(served);
  }

  /** Who sends what, what comes back. */
  private record Sent(
      String method,
      String route,
      String path,
      Map<String, String> headers,
      String body,
      int status) {

    Sent(String method, String route, String path, int status) {
      this(method, route, path, Map.of(), null, status);
    }

    static Sent json(String route, String body, int status) {
      return new Sent(
          "POST", route, route, Map.of("Content-Type", "application/json"), body, status);
    }
  }

  @Test
  void what_every_operation_answers_is_what_the_document_says() throws Exception {
    String id =
        Json.MAPPER
            .readTree(running.decide("{\"id\": \"seen\", \"budgetUsd\": 2400}").body())
            .get("decisionId")
            .asText();
    List<Sent> all = new ArrayList<>();
    all.add(Sent.json("/v1/decisions", "{\"budgetUsd\": 2400}", 200));
    all.add(Sent.json("/v1/decisions", "{\"budgetUsd\": 1, \"policy\": \"guide\"}", 200));
    all.add(Sent.json("/v1/decisions", "{\"owned\": {\"gpus\": [{\"id\": \"rtx-3090\"}]}}", 200));
    all.add(Sent.json("/v1/decisions", "{\"budgetUsd\": ", 400));
    all.add(Sent.json("/v1/decisions", "{\"budgetUsd\": -1}", 422));
    all.add(
        new Sent(
            "POST",
            "/v1/decisions",
            "/v1/decisions",
            Map.of("Content-Type", "application/x-ndjson"),
            "{\"budgetUsd\": 900}\n\nno json\n{\"budgetUsd\": -5}\n",
            200));
    all.add(
        new Sent(
            "POST",
            "/v1/decisions",
            "/v1/decisions",
            Map.of("Content-Type", "text/csv"),
            "a",
            415));
    String one = "/v1/decisions/{id}";
    all.add(new Sent("GET", one, "/v1/decisions/" + id, 200));
    all.add(new Sent("GET", one, "/v1/decisions/d-none", 404));
    all.add(new Sent("GET", one, "/v1/decisions/" + id, Map.of("Accept", "image/png"), null, 406));
    String why = one + "/why";
    all.add(new Sent("GET", why, "/v1/decisions/" + id + "/why", 200));
    all.add(new Sent("GET", why, "/v1/decisions/" + id + "/why?format=svg", 200));
    all.add(
        new Sent(
            "GET",
            why,
            "/v1/decisions/" + id + "/why?about=psu",
            Map.of("Accept", "text/html"),
            null,
            200));
    all.add(new Sent("GET", why, "/v1/decisions/" + id + "/why?about=nothing-known", 404));
    all.add(new Sent("GET", why, "/v1/decisions/" + id + "/why?depth=x", 422));
    String whyNot = one + "/why-not/{card}";
    all.add(new Sent("GET", whyNot, "/v1/decisions/" + id + "/why-not/2x%20rtx-4090", 200));
    all.add(new Sent("GET", whyNot, "/v1/decisions/" + id + "/why-not/fit/too-large", 200));
    all.add(new Sent("GET", whyNot, "/v1/decisions/" + id + "/why-not/voodoo-2", 404));
    all.add(
        Sent.json(
            "/v1/fit", "{\"model\": \"llama3.1:70b\", \"gpu\": \"rtx-3090\", \"count\": 2}", 200));
    all.add(Sent.json("/v1/fit", "{\"gpu\": \"rtx-3090\"}", 422));
    all.add(new Sent("GET", "/v1/rules", "/v1/rules", 200));
    all.add(new Sent("GET", "/v1/rules", "/v1/rules?q=nothing+like+it", 200));
    String rule = "/v1/rules/{topic}/{problem}";
    all.add(new Sent("GET", rule, "/v1/rules/fit/too-large", 200));
    all.add(new Sent("GET", rule, "/v1/rules/fit/too-larg", 404));
    all.add(new Sent("GET", "/v1/catalog/gpus", "/v1/catalog/gpus", 200));
    all.add(new Sent("GET", "/v1/catalog/models", "/v1/catalog/models", 200));
    all.add(new Sent("GET", "/v1/claims", "/v1/claims", 200));
    all.add(new Sent("GET", "/v1/claims", "/v1/claims?status=wrong", 422));
    all.add(new Sent("GET", "/openapi.json", "/openapi.json", 200));
    all.add(new Sent("GET", "/healthz", "/healthz", 200));
    all.add(new Sent("GET", "/metrics", "/metrics", 200));
    for (Sent get : List.copyOf(all)) {
      if (get.method().equals("GET") && get.status() == 200) {
        all.add(new Sent("HEAD", get.route(), get.path(), get.headers(), null, 200));
      }
    }

    Set<String> asked = new TreeSet<>();
    Map<String, List<String>> wrong = new LinkedHashMap<>();
    for (Sent sent : all) {
      asked.add(sent.method() + " " + sent.route());
      List<String> problems = problems(sent);
      if (!problems.isEmpty()) {
        wrong.put(sent.method() + " " + sent.path(), problems);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(asked).as("operations that were tried").isEqualTo(documented());
  }

  private static List<String> problems(Sent sent) throws Exception {
    HttpRequest.Builder request =
        running
            .to(sent.path())
            .method(
                sent.method(),
                sent.body() == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(sent.body()));
    sent.headers().forEach(request::header);
    HttpResponse<String> answer = running.send(request);
    List<String> problems = new ArrayList<>();
    if (answer.statusCode() != sent.status()) {
      problems.add("status " + answer.statusCode() + ": " + answer.body());
      return problems;
    }
    String operation =
        "/paths/" + escaped(sent.route()) + "/" + sent.method().toLowerCase(Locale.ROOT);
    String place = operation + "/responses/" + sent.status();
    JsonNode response = document.at(place);
    if (response.has("$ref")) {
      place = response.get("$ref").asText().substring(1);
      response = document.at(place);
    }
    if (response.isMissingNode()) {
      problems.add("the status is not documented");
      return problems;
    }
    response
        .path("headers")
        .fieldNames()
        .forEachRemaining(
            name -> {
              boolean single = !"application/x-ndjson".equals(sent.headers().get("Content-Type"));
              if (single && answer.headers().firstValue(name).isEmpty()) {
                problems.add("the header " + name + " is missing");
              }
            });
    if (sent.method().equals("HEAD")) {
      return problems;
    }
    String type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
    if (!response.path("content").has(type)) {
      problems.add("the type " + type + " is not documented");
      return problems;
    }
    Schema schema =
        registry.getSchema(
            SchemaLocation.of(ADDRESS + "#" + place + "/content/" + escaped(type) + "/schema"));
    if (type.endsWith("json") && !type.endsWith("x-ndjson")) {
      errors(schema, answer.body(), problems);
    } else if (type.endsWith("x-ndjson")) {
      answer.body().lines().forEach(line -> errors(schema, line, problems));
    }
    return problems;
  }

  private static void errors(Schema schema, String json, List<String> problems) {
    try {
      for (Error error : schema.validate(Json.MAPPER.readTree(json))) {
        problems.add(error.getInstanceLocation() + " " + error.getMessage());
      }
    } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
      problems.add(broken.getMessage());
    }
  }

  private static String escaped(String step) {
    return step.replace("~", "~0").replace("/", "~1");
  }
}
