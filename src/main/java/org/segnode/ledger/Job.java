package org.segnode.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * A job as the ledger knows it.
 *
 * @param attempt attempts begun so far; the running one is the last
 * @param owner worker that has or had it last, empty before the first
 * @param due not before this time
 * @param reason why it failed or waits, for people; empty if there is nothing to say
 * @param result what was made, from SEGMENTED on
 */
public record Job(
        long id,
        NewJob order,
        JobState state,
        int attempt,
        String owner,
        Instant due,
        Instant created,
        Instant changed,
        String reason,
        Optional<StoredResult> result) {
    public String seriesKey() {
        return order.seriesKey();
    }

    public String model() {
        return order.model();
    }

    @Override
    public String toString() {
        return "job " + id + " (series " + seriesKey() + ", model " + model() + ")";
    }
}
