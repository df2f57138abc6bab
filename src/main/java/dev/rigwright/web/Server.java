package dev.rigwright.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.Javalin;
import java.util.Map;

/** The page and the HTTP interface. */
public final class Server {

  private final Javalin javalin;

  /** A server that listens once it is started. */
  public Server() {
    TemplateEngine templates =
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, null, "dev.rigwright.web.templates");
    javalin =
        Javalin.create(
            config ->
                config.routes.get(
                    "/",
                    context -> {
                      StringOutput html = new StringOutput();
                      templates.render(
                          "home.jte", Map.<String, Object>of("title", "Rigwright"), html);
                      context.html(html.toString());
                    }));
  }

  /** Starts to listen on loopback. */
  public void start(int port) {
    javalin.start("127.0.0.1", port);
  }
}
