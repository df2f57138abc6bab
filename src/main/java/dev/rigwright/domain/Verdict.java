package dev.rigwright.domain;

/** How the decision ends. */
public record Verdict(Outcome outcome) {}
