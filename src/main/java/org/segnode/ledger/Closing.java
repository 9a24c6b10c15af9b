package org.segnode.ledger;

import java.util.OptionalInt;

/**
 * How a series was closed.
 *
 * @param proof in words, without patient data
 * @param instances objects that lie here
 * @param expected objects that there should be, as the rule or the archive says, if one of them does
 */
public record Closing(ClosingRule rule, String proof, int instances, OptionalInt expected) {
    public Closing {
        if (instances < 0) {
            throw new IllegalArgumentException("objects are counted from 0, are " + instances);
        }
    }

    /** Released and quiet; nothing is known of how many objects there should be. */
    public static Closing quiet(int instances) {
        return new Closing(
                ClosingRule.RELEASED_AND_QUIET, "the association was released", instances, OptionalInt.empty());
    }

    /** Whether objects are known to be missing. */
    public boolean isShort() {
        return expected.isPresent() && instances < expected.getAsInt();
    }
}
