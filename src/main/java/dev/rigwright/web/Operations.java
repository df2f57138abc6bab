package dev.rigwright.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.authoring.Finding;
import dev.rigwright.facts.Json;
import io.javalin.config.JavalinConfig;
import java.util.List;

/** What whoever runs the server asks it. */
final class Operations implements Routes {

  private final Metrics metrics;

  Operations(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void add(JavalinConfig config, Services services) {
    Paths paths = new Paths(config);
    paths.get(
        "/healthz",
        http -> {
          Media.wanted(http, List.of(Media.JSON));
          boolean known = Boolean.TRUE.equals(http.attribute(Guard.KNOWN));
          ObjectNode health = known ? health(services) : brief(services);
          http.contentType(Media.JSON).result(health.toPrettyString() + "\n");
        });
    paths.get("/metrics", http -> http.contentType(Metrics.TYPE).result(metrics.text()));
  }

  /** Whether it lives, and nothing that only those with a token may know. */
  private static ObjectNode brief(Services services) {
    InForce now = services.installation().inForce();
    boolean well = now.refusedRules() == null && now.refusedFacts() == null;
    return Json.MAPPER.createObjectNode().put("status", well ? "ok" : "refused-change");
  }

  private static ObjectNode health(Services services) {
    Installation installation = services.installation();
    InForce now = installation.inForce();
    ObjectNode health = brief(services);
    ObjectNode rules = health.putObject("rulebook");
    rules.put("hash", now.rulebook().hash());
    rules.put("rules", now.rulebook().rules().size());
    rules.put("since", now.rulesSince().toString());
    rules.put("reloads", installation.rulesReloads());
    rules.put("casesNotRun", installation.leftCases());
    rules.put("slowedBy", now.advisor().engineAlone());
    findings(rules.putArray("warnings"), installation, now.warnings());
    ObjectNode facts = health.putObject("facts");
    facts.put("hash", now.facts().hash());
    facts.put("since", now.factsSince().toString());
    facts.put("reloads", installation.factsReloads());
    facts.set("overlaid", Json.MAPPER.valueToTree(now.facts().overlaid()));
    ObjectNode refused = health.putObject("refused");
    if (now.refusedRules() != null) {
      ObjectNode change = refused.putObject("rulebook");
      change.put("at", now.refusedRules().at().toString());
      findings(change.putArray("findings"), installation, now.refusedRules().findings());
    }
    if (now.refusedFacts() != null) {
      ObjectNode change = refused.putObject("facts");
      change.put("at", now.refusedFacts().at().toString());
      change.set("problems", Json.MAPPER.valueToTree(now.refusedFacts().problems()));
    }
    health.put("recording", installation.log() != null);
    health.put("waiting", services.decider().inside());
    return health;
  }

  private static void findings(ArrayNode array, Installation installation, List<Finding> findings) {
    for (Finding finding : findings) {
      array
          .addObject()
          .put("file", installation.places().rulesShown() + finding.place().file())
          .put("line", finding.place().line())
          .put("column", finding.place().column())
          .put("severity", finding.severity().word())
          .put("code", finding.code())
          .put("message", finding.message());
    }
  }
}
