package dev.rigwright.domain;

/** Cards of one kind that the buyer has, as a fact of its own. */
public record OwnedGpu(String gpuId, int count) {}
