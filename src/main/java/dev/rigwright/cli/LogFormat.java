package dev.rigwright.cli;

/** How records are printed. */
enum LogFormat {
  /** To read. */
  TEXT,
  /** For programs. */
  JSON
}
