package dev.rigwright.domain;

/** How many people the guide's own machine served, per card, by use case. */
public record CapacityRow(
    UseCase useCase,
    String gpu,
    int lowUsers,
    int highUsers,
    String claim,
    String source,
    String asOf) {}
