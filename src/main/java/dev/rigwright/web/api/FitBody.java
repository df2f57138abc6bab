package dev.rigwright.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Fitting;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.BadInputException.Problem;
import dev.rigwright.facts.Json;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A question whether models go onto given cards. Fields are named as in a requirement.
 *
 * @param given as it was sent
 */
record FitBody(ObjectNode given) {

  private static final int MOST_CARDS = 64;

  /** Fields that stand in a requirement under the same name. */
  private static final Set<String> SAME =
      Set.of(
          "contextTokens",
          "users",
          "promptTokens",
          "answerTokens",
          "kvCache",
          "engine",
          "headless");

  private static final Set<String> OWN =
      Set.of("model", "quantization", "gpu", "count", "ramGib", "with");

  /**
   * Takes a question.
   *
   * @throws BadInputException if it has fields that are not known, or lacks model or card
   */
  static FitBody of(JsonNode sent) {
    if (!(sent instanceof ObjectNode given)) {
      throw new BadInputException(
          "", "Found %s; allowed is an object with model and gpu.".formatted(sent.getNodeType()));
    }
    List<Problem> problems = new ArrayList<>();
    given
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!SAME.contains(name) && !OWN.contains(name)) {
                problems.add(
                    new Problem(
                        "/" + name,
                        "The field (%s) is not known. Maybe /openapi.json lists the one that was meant."
                            .formatted(name)));
              }
            });
    for (String needed : List.of("model", "gpu")) {
      if (!given.path(needed).isTextual()) {
        problems.add(
            new Problem(
                "/" + needed,
                given.has(needed)
                    ? "Found %s; allowed is a text.".formatted(given.get(needed))
                    : "The field (%s) is missing.".formatted(needed)));
      }
    }
    if (given.has("with") && !given.get("with").isArray()) {
      problems.add(
          new Problem("/with", "Found %s; allowed is a list.".formatted(given.get("with"))));
    }
    JsonNode count = given.path("count");
    if (!count.isMissingNode()
        && (!count.isInt() || count.asInt() < 1 || count.asInt() > MOST_CARDS)) {
      problems.add(
          new Problem("/count", "Found %s; allowed is 1 to %d.".formatted(count, MOST_CARDS)));
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
    return new FitBody(given);
  }

  /**
   * The answer.
   *
   * @throws BadInputException if something asked for is unknown or impossible
   */
  Fitting answered(Advisor advisor, LocalDate today) {
    String gpu = advisor.reader().names().gpu(given.get("gpu").asText(), "/gpu");
    if (advisor.facts().gpuById().get(gpu).vramGib() == null) {
      throw new BadInputException(
          "/gpu",
          "The memory of %s is not known, so nothing can be said."
              .formatted(advisor.facts().gpuById().get(gpu).name()));
    }
    try {
      Requirement requirement = advisor.reader().read(requirement(), today);
      return Fitting.of(advisor, requirement, gpu, given.path("count").asInt(1));
    } catch (BadInputException refused) {
      throw new BadInputException(
          refused.problems().stream()
              .map(problem -> new Problem(pointer(problem.pointer()), problem.message()))
              .toList());
    }
  }

  private ObjectNode requirement() {
    ObjectNode requirement = Json.MAPPER.createObjectNode().put("scope", "gpu");
    ArrayNode models = requirement.putArray("models");
    ObjectNode model = models.addObject();
    model.set("id", given.get("model"));
    if (given.has("quantization")) {
      model.set("quantization", given.get("quantization"));
    }
    given.path("with").forEach(other -> models.addObject().set("id", other));
    for (String field : SAME) {
      if (given.has(field)) {
        requirement.set(field, given.get(field));
      }
    }
    if (given.has("ramGib")) {
      requirement.putObject("owned").set("ramGib", given.get("ramGib"));
    }
    return requirement;
  }

  /** Where a problem of the requirement stands in what was sent. */
  private static String pointer(String inRequirement) {
    Map<String, String> own =
        Map.of(
            "/models/0/id", "/model",
            "/models/0/quantization", "/quantization",
            "/owned/ramGib", "/ramGib");
    if (own.containsKey(inRequirement)) {
      return own.get(inRequirement);
    }
    if (inRequirement.matches("/models/[1-9]\\d*(/.*)?")) {
      int number = Integer.parseInt(inRequirement.split("/")[2]);
      return "/with/" + (number - 1);
    }
    return inRequirement;
  }
}
