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
        DeliverySettings read = new DeliverySettings(
                in.number("attempts", 20, 1, 10_000),
                in.duration("first-pause", Duration.ofSeconds(10), Duration.ofMillis(10)),
                in.duration("longest-pause", Duration.ofMinutes(30), Duration.ofMillis(10)),
                in.duration("poll", Duration.ofSeconds(1), Duration.ofMillis(50)));
        if (read.longestPause.compareTo(read.firstPause) < 0) {
            in.complain("has a longest-pause shorter than its first-pause");
        }
        in.finish();
        return read;
    }
}
