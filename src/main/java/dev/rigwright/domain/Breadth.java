package dev.rigwright.domain;

/**
 * Whether candidates that cannot matter are left out.
 *
 * @param everything true to make them all the same, to show that leaving them out changes nothing
 */
public record Breadth(boolean everything) {}
