package dev.rigwright.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rigwright.facts.BadInputException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shared installation answers who has a token. */
class TokensTest {

  private static final String ANNA = "a".repeat(32);
  private static final String BEN = "b".repeat(32);

  @TempDir Path folder;

  private static int status(Running running, String authorization) throws Exception {
    HttpRequest.Builder request = running.to("/v1/rules");
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return running.send(request).statusCode();
  }

  @Test
  void who_has_a_token_is_answered_and_nobody_else() throws Exception {
    Path file = Files.writeString(folder.resolve("tokens"), "# ours\nanna " + ANNA + "\n");
    try (Running running = Running.shipped(usual -> usual.tokens(file))) {
      assertThat(status(running, null)).isEqualTo(401);
      assertThat(status(running, "Bearer " + BEN)).isEqualTo(401);
      assertThat(status(running, "Bearer")).isEqualTo(401);
      assertThat(status(running, "Bearer " + ANNA)).isEqualTo(200);
      String basic =
          Base64.getEncoder().encodeToString(("anna:" + ANNA).getBytes(StandardCharsets.UTF_8));
      assertThat(status(running, "Basic " + basic)).isEqualTo(200);
      assertThat(status(running, "Basic !!")).isEqualTo(401);

      HttpResponse<String> program = running.get("/v1/rules");
      assertThat(program.headers().firstValue("WWW-Authenticate"))
          .contains("Bearer realm=\"Rigwright\"");
      HttpResponse<String> person = running.send(running.to("/").header("Accept", "text/html"));
      assertThat(person.statusCode()).isEqualTo(401);
      assertThat(person.headers().firstValue("WWW-Authenticate"))
          .contains("Basic realm=\"Rigwright\", charset=\"UTF-8\"");
    }
  }

  @Test
  void the_access_log_names_who_asked_and_never_the_token() throws Exception {
    Path file = Files.writeString(folder.resolve("tokens"), "anna " + ANNA + "\n");
    try (Running running = Running.shipped(usual -> usual.tokens(file).accessLog("-"))) {
      assertThat(status(running, "Bearer " + ANNA)).isEqualTo(200);
      while (!running.messages.toString().contains("127.0.0.1 anna [")) {
        Thread.sleep(20);
      }
      assertThat(running.messages.toString())
          .contains("\"GET /v1/rules HTTP/1.1\" 200 ")
          .doesNotContain(ANNA);
    }
  }

  @Test
  void without_a_token_health_says_whether_it_lives_and_no_more() throws Exception {
    Path file = Files.writeString(folder.resolve("tokens"), "anna " + ANNA + "\n");
    try (Running running = Running.shipped(usual -> usual.tokens(file))) {
      assertThat(running.get("/healthz").body()).isEqualTo("{\n  \"status\" : \"ok\"\n}\n");
      assertThat(running.get("/metrics").statusCode()).isEqualTo(401);
      assertThat(
              running.send(running.to("/healthz").header("Authorization", "Bearer " + ANNA)).body())
          .contains("\"rulebook\"");
    }
  }

  @Test
  void a_changed_file_counts_and_a_broken_one_does_not() throws Exception {
    Path file = Files.writeString(folder.resolve("tokens"), "anna " + ANNA + "\n");
    try (Running running = Running.shipped(usual -> usual.tokens(file))) {
      Files.writeString(file, "ben " + BEN + " \n\n");
      while (status(running, "Bearer " + BEN) != 200) {
        Thread.sleep(100);
      }
      assertThat(status(running, "Bearer " + ANNA)).isEqualTo(401);
      Files.writeString(file, "ben short\n");
      while (!running.messages.toString().contains("The tokens stay as they were.")) {
        assertThat(status(running, "Bearer " + BEN)).isEqualTo(200);
        Thread.sleep(100);
      }
      assertThat(status(running, "Bearer short")).isEqualTo(401);
    }
  }

  @Test
  void a_file_that_cannot_be_used_is_refused_with_its_line() throws Exception {
    PrintWriter nobody = new PrintWriter(new StringWriter());
    Path file = folder.resolve("tokens");
    assertThatThrownBy(() -> new Tokens(file, nobody))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("cannot be read");
    Files.writeString(file, "\nanna\n");
    assertThatThrownBy(() -> new Tokens(file, nobody))
        .hasMessage(file + ":2: A line is a name, a blank and a token; this one has 1 words.");
    Files.writeString(file, "# nobody\n");
    assertThatThrownBy(() -> new Tokens(file, nobody)).hasMessageContaining("has none");
  }
}
