package dev.rigwright.domain;

/**
 * The guide's system RAM for a model of a size.
 *
 * @param sizeB the size as the guide names it, 10^9 parameters
 * @param upToB how far models sold under that size reach
 */
public record RamRow(
    double sizeB,
    double upToB,
    int minGib,
    int recommendedGib,
    String claim,
    String source,
    String asOf) {}
