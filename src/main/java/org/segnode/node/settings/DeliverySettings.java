package org.segnode.node.settings;

import java.time.Duration;
import org.segnode.ledger.Retries;

/**
 * How often a result is offered to a destination that does not take it.
 *
 * @param attempts before a person has to look
 * @param firstPause between the first two attempts; each further pause is twice as long
 * @param longestPause between two attempts
 * @param poll pause between two looks at what is due
 */
public record DeliverySettings(int attempts, Duration firstPause, Duration longestPause, Duration poll) {
    public DeliverySettings {
        if (attempts < 1) {
            throw new IllegalArgumentException("a delivery has at least 1 attempt, is " + attempts);
        }
    }

    public Retries retries() {
        return new Retries(attempts, firstPause, longestPause);
    }

    static DeliverySettings read(Section in) {
        DeliverySettings read = readRetries(in, in.duration("poll", Duration.ofSeconds(1), Duration.ofMillis(50)));
        in.finish();
        return read;
    }

    /** Attempts and pauses only. */
    static DeliverySettings readRetries(Section in, Duration poll) {
        DeliverySettings read = new DeliverySettings(
                in.number("attempts", 20, 1, 10_000),
                in.duration("first-pause", Duration.ofSeconds(10), Duration.ofMillis(10)),
                in.duration("longest-pause", Duration.ofMinutes(30), Duration.ofMillis(10)),
                poll);
        if (read.longestPause.compareTo(read.firstPause) < 0) {
            in.complain("has a longest-pause shorter than its first-pause");
        }
        return read;
    }
}
