package dev.rigwright.domain;

/**
 * What a region's ordinary wall socket carries for hours.
 *
 * @param continuousWatts the load that may stay on
 */
public record Circuit(
    String region, int volts, int amperes, int continuousWatts, String source, String asOf) {}
