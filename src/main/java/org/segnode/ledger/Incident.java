package org.segnode.ledger;

import java.time.Instant;

/**
 * Another content under the SOP Instance UID of an object that was there already, which stays in use.
 *
 * @param difference tags of elements that differ, without values
 * @param fileName where the other content is kept, in the series' folder of the spool
 * @param times how often it came, from 1
 */
public record Incident(
        String seriesKey,
        String sopInstanceUid,
        String callingAet,
        String difference,
        String fileName,
        long times,
        Instant firstSeen,
        Instant lastSeen) {}
