package org.segnode.node.settings;

import java.time.Duration;
import java.util.List;

/**
 * What is let in and when a series counts as complete.
 *
 * @param quietTime without a new object, after the association ended, before a series is closed
 * @param callers AE titles that may send; empty: everyone
 * @param associations open at the same time, at most
 * @param associationsPerHost open at the same time from one address, at most
 * @param idleTimeout an association without traffic is aborted after this
 * @param stallTimeout an association that stops in the middle of an object is aborted after this
 */
public record ReceptionSettings(
        Duration quietTime,
        List<String> callers,
        int associations,
        int associationsPerHost,
        Duration idleTimeout,
        Duration stallTimeout) {
    public ReceptionSettings {
        callers = List.copyOf(callers);
    }

    static ReceptionSettings read(Section in) {
        ReceptionSettings read = new ReceptionSettings(
                in.duration("quiet-time", Duration.ofSeconds(30), Duration.ofMillis(100)),
                in.values("callers", List.of(), Section::aeTitle),
                in.number("associations", 32, 1, 1000),
                in.number("associations-per-host", 16, 1, 1000),
                in.duration("idle-timeout", Duration.ofSeconds(60), Duration.ofSeconds(1)),
                in.duration("stall-timeout", Duration.ofSeconds(30), Duration.ofSeconds(1)));
        if (read.associationsPerHost > read.associations) {
            in.complain("allows one host " + read.associationsPerHost + " associations but only " + read.associations
                    + " in all");
        }
        in.finish();
        return read;
    }
}
