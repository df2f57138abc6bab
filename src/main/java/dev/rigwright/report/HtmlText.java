package dev.rigwright.report;

/** Text that somebody wrote, as text of an HTML or SVG document or of an attribute in quotes. */
public final class HtmlText {

  private HtmlText() {}

  /** The text on one line; empty for null. */
  public static String of(String text) {
    return text == null ? "" : escaped(Foreign.line(text));
  }

  /** A text of several lines, each with its indentation. */
  public static String lines(String text) {
    return String.join("\n", text.lines().map(HtmlText::code).toList());
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
