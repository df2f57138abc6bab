package dev.rigwright.domain;

/** A least amount of system RAM, and which of the guide's statements or rules asks for it. */
public record RamFloor(int gib, String from) {}
