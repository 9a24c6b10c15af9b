package org.segnode.node.routes;

/**
 * Something the node has given up, so that a person has to look.
 *
 * @param what it is, with its number or UID
 * @param reason in plain words
 */
public record DeadLetter(String what, String reason) {}
