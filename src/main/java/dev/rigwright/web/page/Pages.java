package dev.rigwright.web.page;

import dev.rigwright.facts.BadInputException;
import dev.rigwright.web.Paths;
import dev.rigwright.web.Problem;
import dev.rigwright.web.Routes;
import dev.rigwright.web.Services;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pages: for who buys, for who writes rules, for who audits. */
public final class Pages implements Routes {

  private final Rendering rendering = new Rendering();

  @Override
  public void add(JavalinConfig config, Services services) {
    Assets assets = rendering.assets();
    Paths paths = new Paths(config);
    paths.get("/assets/<path>", http -> asset(http, assets.at(http.path())));
    paths.get("/favicon.ico", http -> asset(http, assets.at(assets.address("logo.svg"))));
    new AdvicePages(rendering, services).add(config);
    new AuthorPages(rendering, services).add(config);
    new LogPages(rendering, services).add(config);
  }

  private static void asset(Context http, Assets.Asset asset) {
    if (asset == null) {
      throw new Problem(
          Problem.Kind.NOT_FOUND,
          "There is no such file any more. Maybe load the page again: it names the new one.");
    }
    http.header("Cache-Control", "public, max-age=31536000, immutable");
    http.contentType(asset.type());
    http.result(asset.content());
  }

  @Override
  public Optional<String> page(Problem problem) {
    return Optional.of(
        rendering.html(
            "message",
            Map.of(
                "shell",
                rendering.shell(problem.kind().title(), ""),
                "title",
                problem.kind().title(),
                "text",
                problem.problems().isEmpty() ? problem.detail() : "",
                "more",
                problem.problems().stream().map(BadInputException.Problem::toString).toList())));
  }

  /**
   * What may be left out of a template's parameters is null there, which no map of the JDK takes.
   */
  static Map<String, Object> parameters(Object... pairs) {
    Map<String, Object> parameters = new java.util.HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      parameters.put((String) pairs[i], pairs[i + 1]);
    }
    return parameters;
  }

  /** Words that were typed into a search. */
  static List<String> words(String text) {
    return text == null || text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
  }
}
