package org.segnode.node;

import java.util.List;
import org.segnode.ledger.NewJob;
import org.segnode.ledger.Outcome;

/**
 * What becomes of one series and why.
 *
 * @param seriesKey folder name in the spool
 * @param revision that was looked at
 * @param reason for people, without patient data
 * @param jobs not empty exactly if the outcome is QUEUED
 */
public record Decision(String seriesKey, int revision, Outcome outcome, String reason, List<NewJob> jobs) {
    public Decision {
        jobs = List.copyOf(jobs);
        if ((outcome == Outcome.QUEUED) == jobs.isEmpty()) {
            throw new IllegalArgumentException(
                    "series " + seriesKey + ": outcome " + outcome + " with " + jobs.size() + " jobs");
        }
    }

    static Decision without(ClosedSeries series, Outcome outcome, String reason) {
        return new Decision(series.key(), series.revision(), outcome, reason, List.of());
    }
}
