package dev.rigwright.report;

import java.util.List;

/** A heading and what stands below it. A section without entries is not shown. */
public record Section(String heading, List<Entry> entries) {

  public Section {
    entries = List.copyOf(entries);
  }
}
