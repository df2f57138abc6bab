package dev.rigwright.engine;

/** How a value follows a number of the requirement, as long as the same rules match. */
enum Trend {
  /** It does not. */
  CONSTANT,
  /** It never falls while the number rises. */
  RISING,
  /** It never rises while the number rises. */
  FALLING,
  /** It rises or falls, and never turns back; for one fact so, for another maybe otherwise. */
  ONE_WAY,
  /** Nothing is known of it. */
  UNKNOWN;

  /** The trend of a sum of two values. */
  Trend plus(Trend other) {
    if (this == CONSTANT || this == other && this != ONE_WAY) {
      return other;
    }
    return other == CONSTANT ? this : UNKNOWN;
  }

  /** The trend of the value with its sign changed. */
  Trend negated() {
    return this == RISING ? FALLING : this == FALLING ? RISING : this;
  }

  /** The trend of the value times something that does not change, of whatever sign. */
  Trend scaled() {
    return this == RISING || this == FALLING ? ONE_WAY : this;
  }

  /** What is known of a value that is the one or the other, and always the same of them. */
  Trend or(Trend other) {
    if (this == CONSTANT || this == other) {
      return other;
    }
    return other == CONSTANT ? this : this == UNKNOWN || other == UNKNOWN ? UNKNOWN : ONE_WAY;
  }

  /** Whether it never turns back: what is equal at two ends is then equal between them. */
  boolean known() {
    return this != UNKNOWN;
  }
}
