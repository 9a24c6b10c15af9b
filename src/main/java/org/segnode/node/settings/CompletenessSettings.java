package org.segnode.node.settings;

import java.time.Duration;

/**
 * When a series, and a study, counts as complete.
 *
 * @param longestWait without a new object, after which a series is closed whatever may be missing
 * @param gapWait beyond the quiet time, for slices that seem to be missing between others
 * @param countInterval between two counts at an archive, at least
 * @param fetchMissing whether objects that an archive has and the node has not are fetched
 * @param inputWait for the other series that a rule needs, after the last series of the study was closed
 */
public record CompletenessSettings(
        Duration longestWait, Duration gapWait, Duration countInterval, boolean fetchMissing, Duration inputWait) {
    static CompletenessSettings read(Section in) {
        CompletenessSettings read = new CompletenessSettings(
                in.duration("longest-wait", Duration.ofMinutes(10), Duration.ofMillis(100)),
                in.duration("gap-wait", Duration.ofMinutes(1), Duration.ZERO),
                in.duration("count-interval", Duration.ofSeconds(30), Duration.ofMillis(100)),
                in.flag("fetch-missing", false),
                in.duration("input-wait", Duration.ofMinutes(30), Duration.ZERO));
        in.finish();
        return read;
    }
}
