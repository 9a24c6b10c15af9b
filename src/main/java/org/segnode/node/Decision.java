package org.segnode.node;

import java.util.List;

/**
 * What becomes of one series and why.
 *
 * @param seriesKey folder name in the spool
 * @param reason for people, without patient data
 * @param assignments not empty exactly if the outcome is QUEUED
 */
public record Decision(String seriesKey, Outcome outcome, String reason, List<Assignment> assignments) {
    public Decision {
        assignments = List.copyOf(assignments);
        if ((outcome == Outcome.QUEUED) == assignments.isEmpty()) {
            throw new IllegalArgumentException(
                    "series " + seriesKey + ": outcome " + outcome + " with " + assignments.size() + " assignments");
        }
    }

    static Decision without(String seriesKey, Outcome outcome, String reason) {
        return new Decision(seriesKey, outcome, reason, List.of());
    }
}
