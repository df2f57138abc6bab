package dev.rigwright.report;

import java.util.List;

/** A heading and what stands below it. A section without entries is not shown. */
record Section(String heading, List<Entry> entries) {

  Section {
    entries = List.copyOf(entries);
  }
}
