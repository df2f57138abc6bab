package dev.rigwright.report;

/**
 * Makes text that somebody else wrote safe to print: it can neither steer a terminal nor break a
 * line.
 */
final class Foreign {

  private static final int NEXT_LINE = 0x85;

  private Foreign() {}

  /**
   * The text on one line, without control characters, without characters that turn the direction of
   * writing, and without halves of surrogate pairs.
   */
  static String line(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints().forEach(character -> append(line, character));
    return line.toString().strip();
  }

  private static void append(StringBuilder line, int character) {
    switch (Character.getType(character)) {
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> blank(line);
      case Character.CONTROL -> {
        if (Character.isWhitespace(character) || character == NEXT_LINE) {
          blank(line);
        }
      }
      case Character.SURROGATE -> {}
      case Character.FORMAT -> {
        if (!turnsDirection(character)) {
          line.appendCodePoint(character);
        }
      }
      default -> {
        if (Character.isSpaceChar(character)) {
          blank(line);
        } else {
          line.appendCodePoint(character);
        }
      }
    }
  }

  private static void blank(StringBuilder line) {
    if (line.isEmpty() || line.charAt(line.length() - 1) != ' ') {
      line.append(' ');
    }
  }

  private static boolean turnsDirection(int character) {
    return character == 0x061C
        || character == 0xFEFF
        || character >= 0x200E && character <= 0x200F
        || character >= 0x202A && character <= 0x202E
        || character >= 0x2066 && character <= 0x2069;
  }
}
