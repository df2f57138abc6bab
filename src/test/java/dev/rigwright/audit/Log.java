package dev.rigwright.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.Home;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Decision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** What tests of the decision log share. */
final class Log {

  /** When tests decide. */
  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  /** A requirement with all that is written freely in it. */
  static final String WRITER =
      """
      {"id": "SECRET-ID", "title": "SECRET TITLE", "budgetUsd": 2400, "asOf": "2026-11-22",
       "models": [{"id": "Qwen/Qwen2.5-32B-Instruct", "quantization": "Q4_K_M"}],
       "owned": {"gpus": [{"id": "GeForce GTX 1080 Ti"}]}}
      """;

  private Log() {}

  /** A decision on a requirement, to be recorded. */
  static Entry entry(Advisor advisor, String json, boolean redacted) {
    JsonNode asked = advisor.reader().parse(json.getBytes(StandardCharsets.UTF_8));
    Decision decision = advisor.decide(advisor.reader().read(asked, Home.TODAY));
    return new Entry(decision, asked, Home.TODAY, NOW, redacted);
  }

  /** A decision of the shipped rules, to be recorded. */
  static Entry entry(String json) {
    return entry(Home.advisor(), json, false);
  }

  /** The sample requirements. */
  static List<String> sample() {
    Path file = Home.PATH.resolve("facts/requirements/sample.jsonl");
    try {
      return Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
