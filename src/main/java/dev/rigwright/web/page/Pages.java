package dev.rigwright.web.page;

import dev.rigwright.web.Routes;
import dev.rigwright.web.Services;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.config.JavalinConfig;
import java.util.Map;

/** The page. */
public final class Pages implements Routes {

  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(null, ContentType.Html, null, "dev.rigwright.web.templates");

  @Override
  public void add(JavalinConfig config, Services services) {
    config.routes.get(
        "/",
        http -> {
          StringOutput html = new StringOutput();
          templates.render("home.jte", Map.<String, Object>of("title", "Rigwright"), html);
          http.html(html.toString());
        });
  }
}
