package org.segnode.ledger;

import java.time.Instant;

/**
 * A result on its way to one destination.
 *
 * @param destination its name in the settings
 * @param attempt attempts begun so far; the running one is the last
 * @param due not before this time
 * @param reason why the last attempt failed, for people; empty if none has
 */
public record Delivery(
        long id,
        long jobId,
        String destination,
        StoredResult result,
        DeliveryState state,
        int attempt,
        Instant due,
        Instant changed,
        String reason) {
    @Override
    public String toString() {
        return "delivery " + id + " of job " + jobId + " to " + destination;
    }
}
