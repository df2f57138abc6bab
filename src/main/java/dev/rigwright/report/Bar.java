package dev.rigwright.report;

import java.util.List;

/**
 * How full the memory is, as a bar of so many cells. What does not fit stands in cells of its own,
 * so that the bar always has its width.
 *
 * @param segments from left to right
 */
public record Bar(List<Segment> segments) {

  public Bar {
    segments = List.copyOf(segments);
  }

  /**
   * A stretch of the bar.
   *
   * @param plain one ASCII character
   * @param fine the same where the terminal has more
   */
  public record Segment(String name, double size, String plain, String fine) {}

  /** Weights, KV cache, overhead and what is left; or what is too much. All in the same unit. */
  static Bar of(double weights, double kvCache, double overhead, double need, double available) {
    if (need <= available) {
      return new Bar(
          List.of(
              new Segment("weights", weights, "#", "█"),
              new Segment("KV cache", kvCache, "=", "▓"),
              new Segment("overhead", overhead, "-", "▒"),
              new Segment("free", available - need, ".", "░")));
    }
    return new Bar(
        List.of(
            new Segment("available", available, "#", "█"),
            new Segment("too much", need - available, "!", "╳")));
  }

  /**
   * The bar in exactly so many cells: the largest remainders get the cells that rounding leaves.
   */
  String drawn(int width, boolean fine) {
    double sum = segments.stream().mapToDouble(Segment::size).sum();
    int[] cells = new int[segments.size()];
    double[] remainders = new double[segments.size()];
    int left = width;
    for (int i = 0; i < cells.length; i++) {
      double exact = sum <= 0 ? 0 : segments.get(i).size() / sum * width;
      cells[i] = (int) exact;
      remainders[i] = exact - cells[i];
      left -= cells[i];
    }
    for (; left > 0; left--) {
      int most = 0;
      for (int i = 1; i < cells.length; i++) {
        if (remainders[i] > remainders[most]) {
          most = i;
        }
      }
      cells[most]++;
      remainders[most] = -1;
    }
    StringBuilder bar = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      Segment segment = segments.get(i);
      bar.append((fine ? segment.fine() : segment.plain()).repeat(cells[i]));
    }
    return bar.toString();
  }
}
