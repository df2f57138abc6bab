package dev.rigwright.domain;

/** The option of a tier that the guide names for just this need. */
public record GuidePreference(String option) {}
