package dev.rigwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.Home;
import dev.rigwright.facts.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java that the README shows, as somebody who copies it. */
class ReadmeExampleTest {

  private static final Pattern BLOCK = Pattern.compile("(?s)```java\n(.*?)```");

  @TempDir Path folder;

  private static String example() throws IOException {
    Matcher block = BLOCK.matcher(Files.readString(Home.PATH.resolve("README.md")));
    assertThat(block.find()).as("the README shows Java").isTrue();
    return block.group(1);
  }

  @Test
  void the_java_of_the_readme_compiles_and_decides_over_the_packaged_application()
      throws Exception {
    Path source = Files.writeString(folder.resolve("Ask.java"), example());
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Home.PATH.resolve("target/app/rigwright.jar").toString(),
                source.toString())
            .directory(Home.PATH.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor(600, TimeUnit.SECONDS)).as("it ends").isTrue();
    assertThat(process.exitValue()).as(Files.readString(err)).isZero();
    List<String> lines = Files.readAllLines(out);
    JsonNode decision = Json.MAPPER.readTree(lines.get(0));
    assertThat(decision.path("verdict").asText()).isEqualTo("recommended");
    List<String> expected = new ArrayList<>();
    for (String line :
        Files.readAllLines(Home.PATH.resolve("facts/requirements/sample.jsonl")).subList(0, 20)) {
      var alone = Home.advisor().decide(Home.requirement(line));
      expected.add(alone.requirementId() + " " + alone.verdict());
    }
    assertThat(lines.subList(1, lines.size())).isEqualTo(expected);
  }
}
