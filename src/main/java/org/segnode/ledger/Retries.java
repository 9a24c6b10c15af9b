package org.segnode.ledger;

import java.time.Duration;

/**
 * How often something is tried and how long the pauses between are.
 *
 * @param attempts tries until a person has to look, at least 1
 * @param firstPause after the first failed attempt; each further pause is twice as long
 * @param longestPause no pause is longer
 */
public record Retries(int attempts, Duration firstPause, Duration longestPause) {
    public Retries {
        if (attempts < 1) {
            throw new IllegalArgumentException("there is at least 1 attempt, is " + attempts);
        }
        if (firstPause.isNegative() || longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException(
                    "pauses grow from 0 s or more, are " + firstPause + " to " + longestPause);
        }
    }

    /** @param failed attempts that failed so far, at least 1 */
    public Duration pauseAfter(int failed) {
        Duration pause = firstPause;
        for (int i = 1; i < failed && pause.compareTo(longestPause) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longestPause) < 0 ? pause : longestPause;
    }
}
