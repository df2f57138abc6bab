package dev.rigwright.domain;

/**
 * A row of {@code facts/policy.json}: where one of the {@link PolicyFigures} comes from.
 *
 * @param name the component of {@link PolicyFigures}
 * @param value in the unit that is named
 */
public record FigureRow(
    String name,
    double value,
    String unit,
    String meaning,
    String confidence,
    String asOf,
    String source) {}
