package dev.rigwright.domain;

/** A model that the requirement names, resolved to a row of the catalogue and a format. */
public record WantedModel(String id, Role role, Quantization quantization) {}
