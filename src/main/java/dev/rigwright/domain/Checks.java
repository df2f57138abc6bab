package dev.rigwright.domain;

/** The checks that compact constructors share; each message gives the values and a next step. */
final class Checks {
  private Checks() {}

  static String text(String what, String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          "The " + what + " must not be blank. Maybe it was left out.");
    }
    return value;
  }

  static void range(String what, Number value, String of, double low, double high, String maybe) {
    if (value != null && !(value.doubleValue() >= low && value.doubleValue() <= high)) {
      throw new IllegalArgumentException(
          "The %s (%s) of %s must be between %s and %s. %s"
              .formatted(what, value, of, plain(low), plain(high), maybe));
    }
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
