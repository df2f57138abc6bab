package dev.rigwright.domain;

/** What a surviving candidate must stand in: equal needs are one fact. */
public record PlatformNeed(int count, Cooling cooling) {}
