package org.segnode.pacs;

import java.time.Duration;

/**
 * How long the SCU waits for its peer.
 *
 * @param connect for the connection
 * @param association for the answer to A-ASSOCIATE-RQ and to A-RELEASE-RQ
 * @param stall while sending, until the peer takes the next 4 KiB
 * @param response for the response to a C-ECHO or C-STORE
 */
public record ScuTimeouts(Duration connect, Duration association, Duration stall, Duration response) {
    public static final ScuTimeouts DEFAULT = new ScuTimeouts(
            Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(120));

    public ScuTimeouts {
        requirePositive("connect", connect);
        requirePositive("association", association);
        requirePositive("stall", stall);
        requirePositive("response", response);
    }

    private static void requirePositive(String name, Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("the " + name + " timeout must be positive, is " + timeout);
        }
    }
}
