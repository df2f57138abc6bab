package dev.rigwright.authoring;

import java.util.function.Consumer;

/** Looks for one kind of mistake in the parsed rules. */
interface Lint {

  /** Reports what it finds. */
  void look(Linted linted, Consumer<Finding> found);
}
