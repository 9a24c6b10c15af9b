package org.segnode.node;

/**
 * How many objects a series must have.
 *
 * @param objects at least 1
 * @param source who says so, in words
 */
record Expectation(int objects, String source) {
    Expectation {
        if (objects < 1) {
            throw new IllegalArgumentException("a series has at least 1 object, is " + objects);
        }
    }
}
