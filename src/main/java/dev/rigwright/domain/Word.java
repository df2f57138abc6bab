package dev.rigwright.domain;

/** A kind or a state with the one word by which files and answers name it. */
public interface Word {

  /** The word, in lower case, as it stands in JSON. */
  String word();

  /**
   * The constant of a word.
   *
   * @throws IllegalArgumentException if no constant has that word; the message lists those there
   *     are
   */
  static <E extends Enum<E> & Word> E of(Class<E> type, String word) {
    StringBuilder known = new StringBuilder();
    for (E constant : type.getEnumConstants()) {
      if (constant.word().equals(word)) {
        return constant;
      }
      known.append(known.isEmpty() ? "" : ", ").append(constant.word());
    }
    throw new IllegalArgumentException(
        "The " + type.getSimpleName() + " (" + word + ") must be one of " + known + ".");
  }
}
