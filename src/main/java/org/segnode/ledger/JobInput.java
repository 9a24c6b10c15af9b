package org.segnode.ledger;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A series that a job computes beside its own.
 *
 * @param channel its name in the rule
 * @param revision of that series
 */
public record JobInput(String channel, String seriesKey, int revision) {
    public JobInput {
        if (channel.isBlank() || channel.length() > 200 || channel.contains("\n") || channel.contains("\t")) {
            throw new IllegalArgumentException(
                    "a channel's name is one line of 1 to 200 characters without tabs, is \"" + channel + "\"");
        }
        if (seriesKey.isBlank() || seriesKey.contains("\n") || seriesKey.contains("\t") || revision < 1) {
            throw new IllegalArgumentException(
                    "channel " + channel + " is series \"" + seriesKey + "\" revision " + revision);
        }
    }

    /** One line for each: channel, series, revision. */
    static String write(List<JobInput> inputs) {
        return inputs.stream()
                .map(one -> one.channel + "\t" + one.seriesKey + "\t" + one.revision)
                .collect(Collectors.joining("\n"));
    }

    static List<JobInput> read(String written) {
        return Stream.of(written.split("\n"))
                .map(line -> line.split("\t"))
                .map(parts -> new JobInput(parts[0], parts[1], Integer.parseInt(parts[2])))
                .toList();
    }
}
