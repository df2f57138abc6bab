package dev.rigwright.domain;

/** The guide's power supply for a card, or for two. */
public record PsuRow(
    String gpu, int count, int tdpWatts, int psuWatts, String claim, String source, String asOf) {}
