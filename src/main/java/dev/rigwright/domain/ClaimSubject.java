package dev.rigwright.domain;

/**
 * One thing that a claim is about.
 *
 * @param kind {@code tier}, {@code gpu}, {@code gpus}, {@code cards}, {@code vendor}, {@code
 *     series}, {@code segment}, {@code vramGib}, {@code sizeB}, {@code buying}, {@code useCase},
 *     {@code scope} or {@code any}
 * @param key its value as text; two of a card are {@code 2x rtx-4090}
 */
public record ClaimSubject(String claimId, String kind, String key) {}
