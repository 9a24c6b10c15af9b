package org.segnode.pacs;

import java.time.Duration;

/**
 * How long a peer may keep the SCP waiting; whoever takes longer is disconnected.
 *
 * @param association from the connection to the complete A-ASSOCIATE-RQ
 * @param idle between two messages of an association
 * @param stall within a C-STORE, for the next 4 KiB or its end
 * @param stop how long stopping waits for running stores
 */
public record ScpTimeouts(Duration association, Duration idle, Duration stall, Duration stop) {
    public static final ScpTimeouts DEFAULT = new ScpTimeouts(
            Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(30));

    public ScpTimeouts {
        requirePositive("association", association);
        requirePositive("idle", idle);
        requirePositive("stall", stall);
        requirePositive("stop", stop);
    }

    private static void requirePositive(String name, Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("the " + name + " timeout must be positive, is " + timeout);
        }
    }
}
