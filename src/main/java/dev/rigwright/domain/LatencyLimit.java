package dev.rigwright.domain;

/** How long a use case may let a person wait for the first sign of an answer. */
public record LatencyLimit(UseCase useCase, double seconds, String source, String asOf) {}
