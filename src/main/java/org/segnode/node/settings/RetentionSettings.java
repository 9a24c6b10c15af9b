package org.segnode.node.settings;

import java.time.Duration;

/**
 * How long files stay after the last change of their series; rows of the database stay.
 *
 * @param spool received objects of series that are done with
 * @param results result objects that every destination has accepted
 */
public record RetentionSettings(Duration spool, Duration results) {
    static RetentionSettings read(Section in) {
        RetentionSettings read = new RetentionSettings(
                in.duration("spool", Duration.ofDays(7), Duration.ofSeconds(1)),
                in.duration("results", Duration.ofDays(90), Duration.ofSeconds(1)));
        in.finish();
        return read;
    }
}
