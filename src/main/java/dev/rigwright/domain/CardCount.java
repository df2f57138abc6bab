package dev.rigwright.domain;

/** A number of cards that is considered. */
public record CardCount(int count) {}
