package dev.rigwright.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Lines of text of at most so many columns. Everything that is written is made safe first; colour
 * is put on last, so that it never counts as width. No line ends in a space.
 */
final class Page {

  /** How a piece of text looks where there is colour. */
  enum Look {
    PLAIN(""),
    BOLD("1"),
    DIM("2"),
    GOOD("1;32"),
    MIXED("1;33"),
    BAD("1;31");

    private final String code;

    Look(String code) {
      this.code = code;
    }
  }

  /** A figure and its unit stay on one line, a name and its number, a text and the dot after it. */
  private static final Pattern FIGURE =
      Pattern.compile(
          "(?<=\\d) (?=(?:USD|GiB|GB|W|%|s|kWh|mm|tok/s|hours|people|tokens)(?:\\W|$))"
              + "|(?<=\\bRTX) (?=\\d)| (?=·)");

  private static final char BOUND = '\u00a0';

  private final int width;
  private final boolean colour;
  private final StringBuilder text = new StringBuilder();

  Page(int width, boolean colour) {
    this.width = width;
    this.colour = colour;
  }

  void blank() {
    text.append('\n');
  }

  /** Text over as many lines as it takes. */
  void paragraph(String first, String hanging, String content, Look look) {
    List<String> lines = wrapped(content, width - first.length(), width - hanging.length());
    for (int i = 0; i < lines.size(); i++) {
      pieces(List.of(i == 0 ? first : hanging, piece(lines.get(i), look)));
    }
  }

  /**
   * Text with its grounds: at the right end of the last line where there is room, else on lines of
   * their own.
   */
  void grounded(
      String first, Look firstLook, String hanging, String content, List<String> grounds) {
    List<String> lines = wrapped(content, width - first.length(), width - hanging.length());
    String together = Foreign.line(String.join(" · ", grounds));
    for (int i = 0; i < lines.size(); i++) {
      String before = i == 0 ? first : hanging;
      boolean last = i == lines.size() - 1;
      int used = length(before) + length(lines.get(i));
      if (last && !together.isEmpty() && used + 2 + length(together) <= width) {
        String gap = " ".repeat(width - used - length(together));
        pieces(
            List.of(
                piece(before, i == 0 ? firstLook : Look.PLAIN),
                lines.get(i),
                gap,
                piece(together, Look.DIM)));
        return;
      }
      pieces(List.of(piece(before, i == 0 ? firstLook : Look.PLAIN), lines.get(i)));
    }
    if (!together.isEmpty()) {
      paragraph(hanging, hanging, together, Look.DIM);
    }
  }

  /** Two texts at either end of a line; over two lines where they do not fit. */
  void ends(String left, Look leftLook, String right, Look rightLook) {
    String before = Foreign.line(left);
    String after = Foreign.line(right);
    int gap = width - length(before) - length(after);
    if (gap >= 2) {
      pieces(List.of(piece(before, leftLook), " ".repeat(gap), piece(after, rightLook)));
    } else {
      paragraph("", "", before, leftLook);
      paragraph("", "", after, rightLook);
    }
  }

  /** A line of pieces that the caller has measured. */
  void pieces(List<String> pieces) {
    StringBuilder line = new StringBuilder();
    pieces.forEach(line::append);
    text.append(line.toString().stripTrailing()).append('\n');
  }

  /** A piece for {@link #pieces}. */
  String piece(String content, Look look) {
    return !colour || look == Look.PLAIN || content.isBlank()
        ? content
        : "\u001b[" + look.code + "m" + content + "\u001b[0m";
  }

  /** Words filled into lines; a word that is longer than a line stands alone on one. */
  static List<String> wrapped(String content, int first, int rest) {
    String bound = FIGURE.matcher(Foreign.line(content)).replaceAll(String.valueOf(BOUND));
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : bound.split(" ")) {
      int room = lines.isEmpty() ? first : rest;
      if (!line.isEmpty() && length(line) + 1 + length(word) > room) {
        lines.add(line.toString().replace(BOUND, ' '));
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString().replace(BOUND, ' '));
    return lines;
  }

  static int length(CharSequence content) {
    return Character.codePointCount(content, 0, content.length());
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
