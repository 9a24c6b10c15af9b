package org.segnode.pacs;

import java.time.Duration;

/**
 * How long a DICOMweb client waits.
 *
 * @param connect for the connection
 * @param response from the request to the head of the answer
 * @param stall within an answer, until the next bytes come
 */
public record WebTimeouts(Duration connect, Duration response, Duration stall) {
    public static final WebTimeouts DEFAULT =
            new WebTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(120), Duration.ofSeconds(30));

    public WebTimeouts {
        if (java.util.stream.Stream.of(connect, response, stall).anyMatch(time -> time.isZero() || time.isNegative())) {
            throw new IllegalArgumentException(
                    "timeouts must be positive, are " + connect + ", " + response + ", " + stall);
        }
    }
}
