package org.segnode.ledger;

import java.time.Instant;

/**
 * What one sender was refused at the door for one reason.
 *
 * @param times how often, from 1
 */
public record Refusal(String callingAet, String reason, long times, Instant firstSeen, Instant lastSeen) {}
