package dev.rigwright.domain;

/** The guide's bandwidth and relative speed of a card; an RTX 3060 is 1.0. */
public record BandwidthRow(
    String gpu,
    double bandwidthGbPerSecond,
    double relativeSpeed,
    String claim,
    String source,
    String asOf) {}
