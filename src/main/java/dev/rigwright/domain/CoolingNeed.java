package dev.rigwright.domain;

/** How a machine with these cards has to be cooled. */
public record CoolingNeed(String cards, Cooling cooling) {}
