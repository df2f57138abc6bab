package dev.rigwright.web;

import dev.rigwright.web.Problem.Kind;
import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.QuotedQualityCSV;

/** Media types: what is read, and in which form somebody wants an answer. */
public final class Media {

  /** JSON. */
  public static final String JSON = "application/json";

  /** A JSON document a line. */
  public static final String LINES = "application/x-ndjson";

  /** A page. */
  public static final String HTML = "text/html";

  /** A picture. */
  public static final String SVG = "image/svg+xml";

  private Media() {}

  /**
   * The form in which somebody wants an answer.
   *
   * @param offered media types, the usual one first
   * @throws Problem if they want none of them
   */
  public static String wanted(Context http, List<String> offered) {
    // One header may come as several lines.
    String accept = String.join(", ", Collections.list(http.req().getHeaders("Accept")));
    if (accept.isBlank()) {
      return offered.get(0);
    }
    QuotedQualityCSV ranges = new QuotedQualityCSV(QuotedQualityCSV.MOST_SPECIFIC_MIME_ORDERING);
    ranges.addValue(accept);
    for (String range : ranges.getValues()) {
      String plain = plain(range);
      for (String type : offered) {
        if (plain.equals("*/*")
            || plain.equals(type)
            || plain.endsWith("/*") && type.startsWith(plain.substring(0, plain.length() - 1))) {
          return type;
        }
      }
    }
    throw new Problem(
        Kind.NOT_ACCEPTABLE,
        "The answer can be had as %s; asked for was %s."
            .formatted(String.join(", ", offered), accept));
  }

  /**
   * The type of the body that was sent.
   *
   * @param known the types that are read, the usual one first
   * @throws Problem if it is none of them
   */
  public static String sent(Context http, List<String> known) {
    String type = http.header("Content-Type");
    String plain = type == null ? "" : plain(type);
    if (!known.contains(plain)) {
      throw new Problem(
          Kind.MEDIA_TYPE,
          "What is read here is %s; the body is said to be %s. Maybe set the header Content-Type."
              .formatted(String.join(" or ", known), type == null ? "nothing" : type));
    }
    return plain;
  }

  private static String plain(String type) {
    int parameters = type.indexOf(';');
    return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
  }
}
