package dev.rigwright.domain;

/**
 * What the guide itself says that something costs.
 *
 * @param claim the claim that says so
 */
public record GuidePrice(
    String itemId,
    Condition condition,
    long lowUsd,
    long highUsd,
    String claim,
    String asOf,
    String source) {}
