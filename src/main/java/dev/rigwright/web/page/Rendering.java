package dev.rigwright.web.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;
import java.util.Map;

/** Turns what was found into HTML. Templates escape whatever they are given. */
final class Rendering {

  private static final String VARY = "HX-Request, Accept-Language, Accept-Encoding";

  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(null, ContentType.Html, null, "dev.rigwright.web.templates");
  private final Assets assets = new Assets();

  Assets assets() {
    return assets;
  }

  Shell shell(String title, String current) {
    return new Shell(title, current, assets);
  }

  String html(String template, Map<String, Object> parameters) {
    StringOutput html = new StringOutput();
    templates.render("page/" + template + ".jte", parameters, html);
    return html.toString();
  }

  /** A whole page. It is asked for again each time: rules may have changed since. */
  void page(Context http, String template, Map<String, Object> parameters) {
    http.header("Cache-Control", "no-cache");
    http.header("Vary", VARY);
    http.html(html(template, parameters));
  }

  /** A part of a page; it must never be shown in the place of the page at the same address. */
  void part(Context http, String template, Map<String, Object> parameters) {
    http.header("Cache-Control", "no-store");
    http.header("Vary", VARY);
    http.html(html(template, parameters));
  }

  /** Whether a part of the page is asked for by a page that is open. */
  static boolean isPart(Context http) {
    return "true".equals(http.header("HX-Request"))
        && !"true".equals(http.header("HX-History-Restore-Request"));
  }

  /** The figures of whoever asks. */
  static Numbers numbers(Context http) {
    return Numbers.of(http.header("Accept-Language"));
  }
}
