package dev.rigwright.web.api;

import dev.rigwright.facts.BadInputException;
import dev.rigwright.report.JsonReport;
import dev.rigwright.web.Decider;
import dev.rigwright.web.Problem;
import dev.rigwright.web.Routes;
import dev.rigwright.web.Services;
import io.javalin.config.JavalinConfig;

/** The HTTP interface for programs. */
public final class Api implements Routes {

  @Override
  public void add(JavalinConfig config, Services services) {
    config.routes.post(
        "/v1/decisions",
        http -> {
          try {
            var given =
                services.installation().inForce().advisor().reader().parse(http.bodyAsBytes());
            Decider.Answer answer = services.decider().answer(http, given, true);
            http.contentType("application/json").result(JsonReport.of(answer.decision()));
          } catch (BadInputException refused) {
            throw Problem.of(refused);
          }
        });
  }
}
