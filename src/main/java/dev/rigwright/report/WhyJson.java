package dev.rigwright.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.audit.Why;
import dev.rigwright.facts.Json;

/** A proof as JSON: all statements, each once, that refer to each other by their numbers. */
public final class WhyJson {

  private WhyJson() {}

  /** The document. */
  public static String of(Why why) {
    JsonNode tree = Json.MAPPER.valueToTree(why);
    return tree.toPrettyString();
  }
}
