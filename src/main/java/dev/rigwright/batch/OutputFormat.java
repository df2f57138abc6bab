package dev.rigwright.batch;

import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Decision;
import dev.rigwright.engine.DecisionJson;
import dev.rigwright.facts.BadInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** How answers are written. */
public enum OutputFormat {
  /** A whole decision a line. */
  JSONL,
  /** The answer's main figures, a line each. */
  CSV,
  /** Sums and a table. */
  MARKDOWN,
  /** One page that needs nothing beside it: sums, charts, and each answer to open. */
  HTML;

  /**
   * The format that a file's name tells.
   *
   * @throws BadInputException if it tells none
   */
  public static OutputFormat of(Path out) {
    String name = out.getFileName().toString().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
      return JSONL;
    }
    if (name.endsWith(".csv")) {
      return CSV;
    }
    if (name.endsWith(".md")) {
      return MARKDOWN;
    }
    if (name.endsWith(".html")) {
      return HTML;
    }
    throw new BadInputException(
        "",
        "The name of %s tells no format; .jsonl, .csv, .md and .html do, with .gz behind as well. Maybe say --format."
            .formatted(out));
  }

  /** Whether what stands first can only be written when all is known. */
  boolean framed() {
    return this == MARKDOWN || this == HTML;
  }

  /** What stands before the first answer. */
  byte[] opening() {
    return this == CSV ? FlatRow.header() : new byte[0];
  }

  /** The answer, as far as this format shows it. */
  Decision decide(Advisor advisor, Requirement requirement) {
    return this == HTML ? advisor.decide(requirement) : advisor.answer(requirement);
  }

  /** One answer. */
  byte[] row(Advisor advisor, long number, Decision decision) {
    return switch (this) {
      case JSONL -> DecisionJson.line(decision);
      case CSV -> FlatRow.of(number, decision);
      case MARKDOWN -> MarkdownPage.row(number, decision).getBytes(StandardCharsets.UTF_8);
      case HTML -> HtmlPage.row(advisor, number, decision).getBytes(StandardCharsets.UTF_8);
    };
  }

  /** What stands before all answers, sums included. */
  byte[] head(Summary summary, String rejects) {
    return switch (this) {
      case MARKDOWN -> MarkdownPage.head(summary, rejects).getBytes(StandardCharsets.UTF_8);
      case HTML -> HtmlPage.head(summary, rejects).getBytes(StandardCharsets.UTF_8);
      default -> new byte[0];
    };
  }

  /** What stands behind all answers. */
  byte[] tail() {
    return this == HTML ? HtmlPage.TAIL.getBytes(StandardCharsets.UTF_8) : new byte[0];
  }
}
