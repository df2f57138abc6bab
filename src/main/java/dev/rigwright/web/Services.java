package dev.rigwright.web;

/**
 * What all parts of the server share.
 *
 * @param installation rules, facts and log
 * @param decider the one way to a decision
 */
public record Services(Installation installation, Decider decider) {}
