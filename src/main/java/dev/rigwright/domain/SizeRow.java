package dev.rigwright.domain;

/** The model that stands for a size, and whether it is tried where no model is named. */
public record SizeRow(double sizeB, String model, boolean tried, String source, String asOf) {}
