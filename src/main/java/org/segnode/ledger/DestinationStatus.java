package org.segnode.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * How a destination fares.
 *
 * @param suspended whether a person has stopped sending to it
 * @param failures how often in a row it could not be reached; 0: it answers
 * @param notBefore when it is tried again, after it could not be reached
 * @param reason why it is suspended, or could not be reached last; empty if neither
 */
public record DestinationStatus(
        String name, boolean suspended, int failures, Optional<Instant> notBefore, String reason, Instant changed) {}
