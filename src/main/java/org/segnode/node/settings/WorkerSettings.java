package org.segnode.node.settings;

import java.time.Duration;
import org.segnode.ledger.Retries;
import org.segnode.network.ComputeDevice;

/**
 * How models compute. Each model has a child process of its own.
 *
 * @param threads processor threads of one child; 0: as many as the machine has
 * @param memory bytes of Java heap of one child; native memory of the network comes on top
 * @param loadedModels children kept loaded at the same time, at most
 * @param device where the networks compute
 * @param mirroring whether predictions are averaged over mirrored inputs, as nnU-Net does
 * @param startTimeout for a child to load its model
 * @param jobTimeout for one series
 * @param attempts of one job before it fails
 * @param firstPause after a failed attempt; each further pause is twice as long
 * @param lease a job whose worker was not heard of for this long is taken up again
 * @param poll pause between two looks at the queue
 */
public record WorkerSettings(
        int threads,
        long memory,
        int loadedModels,
        ComputeDevice device,
        boolean mirroring,
        Duration startTimeout,
        Duration jobTimeout,
        int attempts,
        Duration firstPause,
        Duration lease,
        Duration poll) {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    public WorkerSettings {
        if (attempts < 1) {
            throw new IllegalArgumentException("a job has at least 1 attempt, is " + attempts);
        }
    }

    /** Attempts and pauses of a job. */
    public Retries retries() {
        Duration longest = firstPause.compareTo(LONGEST_PAUSE) > 0 ? firstPause : LONGEST_PAUSE;
        return new Retries(attempts, firstPause, longest);
    }

    static WorkerSettings read(Section in) {
        WorkerSettings read = new WorkerSettings(
                in.number("threads", 0, 0, 1024),
                in.bytes("memory", 4_000_000_000L),
                in.number("loaded-models", 1, 1, 64),
                in.value("device", ComputeDevice.CPU, WorkerSettings::device),
                in.flag("mirroring", true),
                in.duration("start-timeout", Duration.ofMinutes(3), Duration.ofSeconds(1)),
                in.duration("job-timeout", Duration.ofHours(1), Duration.ofSeconds(1)),
                in.number("attempts", 3, 1, 100),
                in.duration("first-pause", Duration.ofSeconds(10), Duration.ofMillis(10)),
                in.duration("lease", Duration.ofMinutes(1), Duration.ofSeconds(1)),
                in.duration("poll", Duration.ofMillis(500), Duration.ofMillis(20)));
        in.finish();
        return read;
    }

    private static ComputeDevice device(String text) {
        try {
            return ComputeDevice.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be cpu, cuda or cuda:1, is \"" + text + "\"", e);
        }
    }
}
