package dev.rigwright.report;

import java.util.List;
import java.util.Locale;

/** A box of a picture: its size, where it lies, and the lines between two of them. */
class SvgBox {

  /** Width of a picture, and height of a line of text. */
  static final int WIDTH = 1480;

  static final int LINE = 15;

  private static final double LETTER = 6.9;

  private double x;
  private double y;
  private double width;
  private double height;

  double x() {
    return x;
  }

  double y() {
    return y;
  }

  double width() {
    return width;
  }

  double middle() {
    return x + width / 2;
  }

  /** Makes it as large as its text needs. */
  final void size(int lines, int letters, int padding) {
    width = Math.ceil(letters * LETTER) + padding;
    height = lines * LINE + 8;
  }

  /**
   * Puts rows of boxes below each other, each in the middle of the picture.
   *
   * @param gap between boxes of a row
   * @param rowGap between rows
   * @return where the last row ends
   */
  static double place(
      List<? extends List<? extends SvgBox>> rows, double top, int margin, int gap, int rowGap) {
    double room = WIDTH - 2.0 * margin;
    double below = top;
    for (List<? extends SvgBox> row : rows) {
      double taken = row.stream().mapToDouble(box -> box.width() + gap).sum() - gap;
      double at = margin + Math.max(0, (room - taken) / 2);
      double highest = 0;
      for (SvgBox box : row) {
        box.x = at;
        box.y = below;
        at += box.width + gap;
        highest = Math.max(highest, box.height);
      }
      below += highest + rowGap;
    }
    return below - rowGap;
  }

  /** A line from the bottom of a box down to the top of another. */
  static String line(String look, SvgBox from, SvgBox to, int leastBend) {
    double start = from.y + from.height;
    double bend = Math.max(leastBend, (to.y - start) / 2);
    return "<path class=\"%s\" d=\"M%s %sC%s %s %s %s %s %s\"/>"
        .formatted(
            look,
            number(from.middle()),
            number(start),
            number(from.middle()),
            number(start + bend),
            number(to.middle()),
            number(to.y - bend),
            number(to.middle()),
            number(to.y));
  }

  /** Its outline. */
  final String outline(String look, int radius) {
    return "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%d\"/>"
        .formatted(look, number(x), number(y), number(width), number(height), radius);
  }

  /** A whole number of pixels. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }
}
