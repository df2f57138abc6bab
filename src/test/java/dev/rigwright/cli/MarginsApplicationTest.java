package dev.rigwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.Home;
import dev.rigwright.facts.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** margins and what-would of the packaged application. */
class MarginsApplicationTest {

  @TempDir Path folder;

  @Test
  void a_recorded_decision_says_how_far_it_holds_and_what_would_change_it() throws Exception {
    Application application = new Application(folder);
    String log = folder.resolve("log.sqlite").toString();
    String writer = Home.PATH.resolve("facts/requirements/writer.json").toString();
    assertThat(application.run("", "advise", writer, "--log", log).code()).isZero();

    Application.Ran text = application.run("", "margins", "writer", "--log", log);
    assertThat(text.code()).as(text.err()).isZero();
    assertThat(text.err()).startsWith("Looking at budgetUsd ...");
    assertThat(text.out())
        .contains("rtx-3090 used, best-value")
        .contains("budgetUsd")
        .contains("budget/over")
        .contains("Left open: ")
        .containsPattern("contextTokens +8,192 +any +18,411\n")
        .doesNotContain("Certain from")
        .containsPattern("promptTokens +1,000\\* +any +3,929\n");
    assertThat(text.out().lines()).allMatch(line -> line.length() <= 80);

    Application.Ran none = application.run("", "margins", "writer", "--log", log, "--decide", "0");
    assertThat(none.out())
        .as("what is found and not proven is not told as if it were")
        .containsPattern("contextTokens +8,192 +any\\? +18,411\\?")
        .contains("Certain from 8,192 to 8,192.");

    Application.Ran few =
        application.run("", "margins", "writer", "--log", log, "--decide", "0", "--format", "json");
    JsonNode context = Json.MAPPER.readTree(few.out()).path("margins").get(2);
    assertThat(context.path("field").asText()).isEqualTo("contextTokens");
    assertThat(context.at("/to/value").asLong()).isEqualTo(18411);
    assertThat(context.at("/to/proven").asLong()).isEqualTo(8192);
    assertThat(context.at("/to/unproven").toString()).contains("sizing/fits");

    Application.Ran what =
        application.run(
            "",
            "what-would",
            "writer",
            "--for",
            "keep",
            "--log",
            log,
            "--decide",
            "1",
            "--format",
            "json");
    assertThat(what.code()).as("nothing is owned that could be kept").isEqualTo(1);
    JsonNode json = Json.MAPPER.readTree(what.out());
    assertThat(json.path("holds").asBoolean()).isFalse();
    assertThat(json.path("changes").findValues("to")).allMatch(JsonNode::isNull);

    Application.Ran unsure =
        application.run("", "what-would", "writer", "--for", "keep", "--log", log, "--decide", "0");
    assertThat(unsure.out().replaceAll("\\s+", " "))
        .contains("No value from 8,192 to 8,192 does, for certain.")
        .contains("--decide N decides for more.");

    Application.Ran unknown =
        application.run("", "what-would", "writer", "--for", "rtx-3091", "--log", log);
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("rtx-3090");
  }
}
