package dev.rigwright.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text that somebody wrote, as text of an HTML or SVG document or of an attribute in quotes. */
public final class HtmlText {

  private static final Pattern PART = Pattern.compile(" +|[^ ]+");

  private HtmlText() {}

  /** The text on one line; empty for null. */
  public static String of(String text) {
    return text == null ? "" : escaped(Foreign.line(text));
  }

  /** A text of several lines, with its indentation and its columns. */
  public static String lines(String text) {
    return String.join("\n", text.lines().map(HtmlText::columns).toList());
  }

  private static String columns(String line) {
    StringBuilder columns = new StringBuilder();
    Matcher part = PART.matcher(line);
    while (part.find()) {
      columns.append(part.group().isBlank() ? part.group() : of(part.group()));
    }
    return columns.toString();
  }

  /** A line of source with its indentation. */
  static String code(String line) {
    int indent = line.length() - line.stripLeading().length();
    return " ".repeat(indent) + of(line);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
