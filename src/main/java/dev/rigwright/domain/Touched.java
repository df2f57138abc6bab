package dev.rigwright.domain;

/** A claim of the guide matters to this decision, because of a subject that it is about. */
public record Touched(String claim) {}
