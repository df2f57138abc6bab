package dev.rigwright.domain;

/**
 * The machine that nothing beats under a label.
 *
 * @param build id of the finalist or of the guide's machine
 */
public record Pick(Label label, String build, String gpuId, String cards, int count) {}
