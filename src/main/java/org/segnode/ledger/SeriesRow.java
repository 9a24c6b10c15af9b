package org.segnode.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * A series as the ledger knows it.
 *
 * @param revision 1, and one more each time a late object opened it again
 * @param instances objects in the spool when this was last written
 * @param outcome present exactly if the state is DECIDED
 * @param reason why this outcome, for people, without patient data
 * @param released whether the associations that brought it were released in order, when this was last written
 * @param closing how it was closed, unless it is open and was never closed
 */
public record SeriesRow(
        NewSeries series,
        int revision,
        int instances,
        SeriesState state,
        Optional<Outcome> outcome,
        String reason,
        boolean released,
        Optional<Closing> closing,
        Instant firstSeen,
        Instant lastSeen,
        Instant changed) {
    public SeriesRow {
        if ((state == SeriesState.DECIDED) != outcome.isPresent()) {
            throw new IllegalArgumentException(
                    "series " + series.seriesKey() + " is " + state + " with outcome " + outcome);
        }
    }

    public String seriesKey() {
        return series.seriesKey();
    }

    public String studyInstanceUid() {
        return series.studyInstanceUid();
    }
}
