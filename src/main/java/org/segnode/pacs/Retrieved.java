package org.segnode.pacs;

import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;

/**
 * How a retrieval ended, in the archive's own count.
 *
 * @param completed objects that arrived
 * @param failed objects that did not
 */
public record Retrieved(int completed, int failed) {
    public Retrieved {
        if (completed < 0 || failed < 0) {
            throw new IllegalArgumentException(
                    "objects are counted from 0, are " + completed + " completed and " + failed + " failed");
        }
    }

    /** From a last response, PS3.4 C.4.2.1.6: those that it took with a warning have arrived too. */
    static Retrieved of(Attributes response) {
        return new Retrieved(
                count(response, Tag.NumberOfCompletedSuboperations) + count(response, Tag.NumberOfWarningSuboperations),
                count(response, Tag.NumberOfFailedSuboperations));
    }

    private static int count(Attributes response, int tag) {
        return Math.max(0, response.getInt(tag, 0));
    }
}
