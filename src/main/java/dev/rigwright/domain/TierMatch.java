package dev.rigwright.domain;

/** Which tier of the guide a budget belongs to; between two, the lower one. */
public record TierMatch(String tier, Bracket bracket) {}
