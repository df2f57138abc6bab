package dev.rigwright.domain;

/** A least power supply for a set of cards, and where the figure comes from. */
public record PsuFloor(String cards, int watts, String from) {}
