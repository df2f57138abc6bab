package dev.rigwright.domain;

/** A least amount of storage, 10^9 bytes. */
public record StorageFloor(int gb) {}
