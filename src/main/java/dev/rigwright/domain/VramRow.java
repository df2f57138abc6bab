package dev.rigwright.domain;

/**
 * The guide's largest model, at 4 bits, for an amount of VRAM.
 *
 * @param sizeB the size as the guide names it, 10^9 parameters
 * @param upToB how far models sold under that size reach
 */
public record VramRow(
    int vramGib, double sizeB, double upToB, String claim, String source, String asOf) {}
