package dev.rigwright.cli;

/** How a command prints what it found: for a person or for a program. */
enum TextOrJson {
  /** Lines to read. */
  TEXT,
  /** All that is known. */
  JSON
}
