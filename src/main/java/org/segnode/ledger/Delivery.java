package org.segnode.ledger;

import java.time.Instant;
import java.util.Locale;

/**
 * An object on its way to one destination.
 *
 * @param seriesKey of the series it is about
 * @param jobId of the job whose result it is, or whose result it makes room for; 0 for a refusal
 * @param destination its name in the settings
 * @param attempt attempts to send it begun so far; the running one is the last
 * @param commitments how often the destination was asked to commit to it
 * @param due not before this time; of a requested commitment: how long its report is awaited
 * @param reason why the last attempt failed, for people; empty if none has
 */
public record Delivery(
        long id,
        DeliveryKind kind,
        String seriesKey,
        long jobId,
        String destination,
        StoredResult result,
        DeliveryState state,
        int attempt,
        int commitments,
        Instant due,
        Instant changed,
        String reason) {
    @Override
    public String toString() {
        String what = kind == DeliveryKind.RESULT ? "" : " (" + kind.name().toLowerCase(Locale.ROOT) + ")";
        return "delivery " + id + what + " of " + (jobId == 0 ? "series " + seriesKey : "job " + jobId) + " to "
                + destination;
    }
}
