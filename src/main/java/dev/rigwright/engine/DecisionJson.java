package dev.rigwright.engine;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rigwright.domain.Requirement;
import dev.rigwright.facts.Json;

/** A decision as the contract's JSON. */
public final class DecisionJson {

  private static final ObjectMapper MAPPER =
      Json.MAPPER
          .rebuild()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .addMixIn(Decision.class, Shape.class)
          .build();

  private DecisionJson() {}

  /**
   * What of a decision is written: all but the way to it; and that there is no pick is written too.
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  private abstract static class Shape {
    @JsonIgnore
    abstract Requirement requirement();

    @JsonIgnore
    abstract Proof proof();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    abstract String title();
  }

  /** The decision as a tree. */
  public static JsonNode tree(Decision decision) {
    return MAPPER.valueToTree(decision);
  }
}
