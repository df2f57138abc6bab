package dev.rigwright.report;

/**
 * How the memory is filled.
 *
 * @param summary need and what there is
 * @param terms what the need is made of
 * @param room what else would fit, or what follows from what does not
 */
public record Memory(String summary, Bar bar, String terms, Entry room) {}
